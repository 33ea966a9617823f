"""A caixa de saída: enfileirar na transação de quem pede, enviar depois, e nunca a um contato por confirmar.

A linha e a tarefa que a envia nascem na mesma transação: desfeita uma, a outra não existiu. O envio reserva
a linha por um tempo antes de falar com o destino; se o trabalhador morre no meio, tenta-se de novo com a
mesma chave, pela qual o destino reconhece a repetição.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from atendimento import auditoria, transacao
from atendimento.dominio import calendarios
from atendimento.excecoes import Impedida
from atendimento.integracoes.mensagens import (
    Envelope,
    FalhaDeEnvio,
    FalhaDefinitiva,
    Recibo,
    transporte_para,
)
from atendimento.models import Mensagem, ModeloDeMensagem, Relato, Solicitacao
from atendimento.models.mensagem import CanalDeMensagem, SituacaoDaMensagem
from atendimento.tipos_de_mensagem import PROTOCOLO, TIPOS_DE_MENSAGEM, TipoDeMensagem
from atendimento.variaveis import preencher, recusa_do_texto
from clientes import emails, telefones
from clientes.enums import TipoDeContato
from clientes.models import Cliente, Contato
from contratos.models import Contrato

# Depois de cada falha, quanto se espera; acabadas, a mensagem falhou. Somam menos que as 24 h do protocolo.
ESPERAS = (1, 5, 15, 60, 240, 480)
RESERVA = timedelta(minutes=5)
LOTE = 100
# Res. Anatel 632/2014, art. 7º, § 3º: o protocolo se envia em até 24 h; o alerta vem antes.
ALERTA_DO_PROTOCOLO = timedelta(hours=20)
NAO_CONFIRMADO = "Este contato não foi confirmado pelo cliente: nada se envia a ele."


@transacao.verbo
def enfileirar(
    *,
    contato: Contato,
    modelo: str | TipoDeMensagem,
    dados: Mapping[str, object] | None = None,
    solicitacao: Solicitacao | None = None,
    contrato: Contrato | None = None,
    por=None,
    canal: str | None = None,
) -> Mensagem:
    """Põe na fila, na transação de quem chama, a mensagem ao contato; sem `canal`, o que o contato tem.

    `dados` são as variáveis do tipo, menos as comuns; de uma secreta, o id da linha que a guarda. Sem
    `solicitacao`, `contrato` diz quem pode ver que ela saiu: sem nenhum dos dois, ninguém. Levanta
    `Impedida` para um contato que não foi confirmado, e `KeyError` ou `ValueError` para dados que não
    são os do tipo (erro de quem chama).
    """
    tipo = modelo if isinstance(modelo, TipoDeMensagem) else _tipo(modelo)
    if contato.confirmado_em is None:
        raise Impedida(NAO_CONFIRMADO)
    canal = canal or canal_de(contato)
    if (canal == CanalDeMensagem.EMAIL) != (contato.tipo == TipoDeContato.EMAIL):
        raise ValueError(f"O contato {contato.pk} não recebe {canal}.")
    cliente, palavras = contato.cliente, _palavras(tipo, canal)
    return _criar(tipo, palavras, canal, contato.valor, cliente, dados or {}, solicitacao, por, contrato)


def canal_de(contato: Contato) -> str:
    """Por onde se fala com o contato."""
    if contato.tipo == TipoDeContato.EMAIL:
        return CanalDeMensagem.EMAIL
    return CanalDeMensagem.WHATSAPP if contato.whatsapp else CanalDeMensagem.SMS


def nome_do_destino(contato: Contato) -> str:
    """O canal e o contato mascarado, para escolher sem mostrar o dado."""
    canal = CanalDeMensagem(canal_de(contato))
    mascarar = emails.mascarar if canal == CanalDeMensagem.EMAIL else telefones.mascarar
    principal = " (principal)" if contato.principal else ""
    return f"{canal.label} para {mascarar(contato.valor)}{principal}"


def contatos_confirmados(cliente: Cliente):
    """Os contatos a que se pode enviar, o principal antes."""
    return Contato.objects.filter(cliente=cliente, confirmado_em__isnull=False)


def enviar_protocolo(solicitacao: Solicitacao, *, por) -> Mensagem:
    """Manda o protocolo ao contato confirmado; sem nenhum, deixa devida a leitura em voz alta.

    Ao abrir, dentro do prazo da norma (Res. Anatel 632/2014, art. 7º, § 3º).
    """
    preferido = TipoDeContato.EMAIL if solicitacao.canal == "email" else TipoDeContato.TELEFONE
    with connection.cursor() as cursor:
        cursor.execute(_DESTINO_E_PALAVRAS, [solicitacao.cliente_id, preferido.value, PROTOCOLO.codigo])
        canal, destino, assunto, texto = cursor.fetchone()
    palavras = _padrao(PROTOCOLO, canal or CanalDeMensagem.SMS)
    if texto is not None:
        palavras.assunto, palavras.texto = assunto, texto
    canal = CanalDeMensagem(canal or CanalDeMensagem.VOZ)
    return _criar(PROTOCOLO, palavras, canal, destino or "", solicitacao.cliente, {}, solicitacao, por)


# O contato de preferência entre os confirmados, se há algum, por onde se fala com ele (`canal_de`) e as
# palavras do banco para esse canal, que em voz alta são as do SMS. Escrito à mão porque toda solicitação o
# pede, e o ORM levaria mais para montá-lo que o banco para respondê-lo.
_DESTINO_E_PALAVRAS = """
SELECT c.canal, c.valor, m.assunto, m.texto
  FROM (VALUES (1)) uma LEFT JOIN (
    SELECT valor, CASE WHEN tipo = 'email' THEN 'email' WHEN whatsapp THEN 'whatsapp' ELSE 'sms' END AS canal
      FROM clientes_contato WHERE cliente_id = %s AND confirmado_em IS NOT NULL
     ORDER BY tipo = %s DESC, principal DESC, id LIMIT 1) c ON true
  LEFT JOIN atendimento_modelodemensagem m ON m.codigo = %s AND m.canal = coalesce(c.canal, 'sms')
"""


def _deixar_a_ler(solicitacao: Solicitacao, por) -> Mensagem:
    """O protocolo que se lê em voz alta."""
    palavras = _palavras(PROTOCOLO, CanalDeMensagem.VOZ)
    return _criar(PROTOCOLO, palavras, CanalDeMensagem.VOZ, "", solicitacao.cliente, {}, solicitacao, por)


def leitura_devida(solicitacao: Solicitacao) -> Mensagem | None:
    """O protocolo que o agente ainda tem de ler em voz alta, ou `None`."""
    return solicitacao.mensagens.filter(tipo=PROTOCOLO.codigo, situacao=SituacaoDaMensagem.A_LER).first()


@transacao.verbo
def registrar_leitura(solicitacao: Solicitacao, *, por) -> Mensagem:
    """Anota que `por` leu o protocolo ao cliente; a leitura devida fica feita."""
    lida = leitura_devida(solicitacao)
    if lida is None:
        lida = _deixar_a_ler(solicitacao, por)
    return _marcar(lida, SituacaoDaMensagem.LIDA)


def enviar(pk: int, *, agora: datetime | None = None) -> Mensagem | None:
    """Tenta uma vez a mensagem da fila; `None` se não é a vez dela ou se outro a envia agora."""
    agora = agora or timezone.now()
    mensagem = _reservar(pk, agora)
    if mensagem is None:
        return None
    try:
        recibo = _entregar(mensagem)
    except FalhaDeEnvio as falha:
        return _anotar_falha(mensagem, falha, agora)
    return _anotar_entrega(mensagem, recibo)


def enviar_pendentes(agora: datetime | None = None) -> int:
    """Tenta as da fila cuja vez chegou. Devolve quantas tentou."""
    agora = agora or timezone.now()
    vez = Mensagem.objects.a_enviar(agora).order_by("proxima_em").values_list("pk", flat=True)[:LOTE]
    return sum(enviar(pk, agora=agora) is not None for pk in list(vez))


def alertar_protocolos(agora: datetime | None = None) -> int:
    """Relata nas solicitações o protocolo que não chegou ao cliente perto do fim do prazo. Diz quantas."""
    agora = agora or timezone.now()
    devidas = Mensagem.objects.filter(
        tipo=PROTOCOLO.codigo,
        alertada_em__isnull=True,
        situacao__in=[SituacaoDaMensagem.NA_FILA, SituacaoDaMensagem.A_LER, SituacaoDaMensagem.FALHOU],
        criada_em__lte=agora - ALERTA_DO_PROTOCOLO,
    )
    alertadas = 0
    for pk in list(devidas.order_by("criada_em").values_list("pk", flat=True)[:LOTE]):
        with transaction.atomic():
            mensagem = devidas.select_for_update(of=("self",), skip_locked=True).filter(pk=pk).first()
            if mensagem and mensagem.solicitacao:
                mensagem.alertada_em = agora
                mensagem.save(update_fields=["alertada_em"])
                _alertar(mensagem, agora)
                alertadas += 1
    return alertadas


def _alertar(mensagem: Mensagem, agora: datetime) -> None:
    entregue = mensagem.solicitacao.mensagens.filter(tipo=PROTOCOLO.codigo, entregue_em__isnull=False)
    if not entregue.exists():
        _relatar(
            mensagem,
            "O protocolo ainda não chegou ao cliente, e a norma pede que chegue em 24 horas: "
            "envie-o a um contato confirmado, ou leia-o e registre a leitura.",
            agora,
        )


def espelhar_modelos(**kwargs) -> None:
    """Receptor de `post_migrate`: as palavras padrão dos tipos que ainda não as têm no banco."""
    existentes = set(ModeloDeMensagem.objects.values_list("codigo", "canal"))
    for tipo in TIPOS_DE_MENSAGEM:
        for canal in (CanalDeMensagem.EMAIL, CanalDeMensagem.SMS, CanalDeMensagem.WHATSAPP):
            if (tipo.codigo, canal.value) not in existentes:
                _padrao(tipo, canal).save()


# --- como se cria ---


def _tipo(codigo: str) -> TipoDeMensagem:
    tipo = TIPOS_DE_MENSAGEM.get(codigo)
    if tipo is None:
        raise KeyError(f"Nenhum tipo de mensagem tem o código {codigo!r}.")
    return tipo


def _criar(tipo, modelo, canal, destino, cliente, dados, solicitacao, por, contrato=None) -> Mensagem:
    agora = timezone.now()
    valores = _valores(tipo, modelo, dados, cliente, solicitacao, agora)
    na_fila = canal != CanalDeMensagem.VOZ
    mensagem = Mensagem.objects.create(
        cliente=cliente,
        solicitacao=solicitacao,
        contrato=contrato,
        tipo=tipo.codigo,
        canal=canal,
        destino=destino,
        dados=valores,
        assunto=preencher(modelo.assunto, valores)[:150],
        texto=modelo.texto,
        situacao=SituacaoDaMensagem.NA_FILA if na_fila else SituacaoDaMensagem.A_LER,
        proxima_em=agora if na_fila else None,
        criada_por=por,
        criada_em=agora,
    )
    if na_fila:
        app.configure_task("atendimento.tarefas.enviar_mensagem").defer(mensagem=mensagem.pk)
    return mensagem


def _palavras(tipo: TipoDeMensagem, canal: str) -> ModeloDeMensagem:
    """As do banco; em voz alta lê-se o mesmo do SMS."""
    escrito = CanalDeMensagem.SMS if canal == CanalDeMensagem.VOZ else canal
    gravado = ModeloDeMensagem.objects.filter(codigo=tipo.codigo, canal=escrito).first()
    return gravado or _padrao(tipo, escrito)


def _padrao(tipo: TipoDeMensagem, canal: str) -> ModeloDeMensagem:
    email = canal == CanalDeMensagem.EMAIL
    return ModeloDeMensagem(
        codigo=tipo.codigo,
        canal=canal,
        assunto=tipo.assunto if email else "",
        texto=tipo.texto if email else tipo.curto,
    )


def _valores(tipo, modelo, dados, cliente, solicitacao, agora) -> dict:
    """Os valores das variáveis, como se guardam. Levanta `ValueError` se não são os do tipo."""
    if dados.keys() != tipo.variaveis.keys():
        raise ValueError(f"{tipo.codigo} pede {sorted(tipo.variaveis)}, e veio {sorted(dados)}.")
    local = agora.astimezone(calendarios.fuso())
    comuns = {
        "cliente": cliente.nome_exibido,
        "provedor": settings.NOME_DO_PROVEDOR,
        "protocolo": solicitacao.protocolo if solicitacao else "",
        "data": f"{local:%d/%m/%Y}",
        "hora": f"{local:%H:%M}",
    }
    proprios = {nome: valor if nome in tipo.segredos else str(valor) for nome, valor in dados.items()}
    if recusa := recusa_do_texto(modelo.texto, tipo.permitidas):
        raise ValueError(f"{modelo}: {recusa}")
    return comuns | proprios


# --- como se envia ---


def _reservar(pk: int, agora: datetime) -> Mensagem | None:
    """Conta a tentativa e afasta os outros trabalhadores enquanto se fala com o destino."""
    with transaction.atomic():
        da_vez = Mensagem.objects.a_enviar(agora).select_for_update(of=("self",), skip_locked=True)
        mensagem = da_vez.filter(pk=pk).first()
        if mensagem is None:
            return None
        mensagem.tentativas += 1
        mensagem.proxima_em = agora + RESERVA
        mensagem.save(update_fields=["tentativas", "proxima_em"])
        return mensagem


def _entregar(mensagem: Mensagem) -> Recibo:
    tipo = TIPOS_DE_MENSAGEM.get(mensagem.tipo)
    if tipo is None:
        raise FalhaDefinitiva("Este tipo de mensagem não existe mais no sistema.")
    ainda_confirmado = contatos_confirmados(mensagem.cliente).filter(valor=mensagem.destino)
    if not ainda_confirmado.exists():
        raise FalhaDefinitiva("O contato deixou de ser confirmado ou saiu do cadastro.")
    try:
        claros = {nome: revelar(mensagem.dados[nome]) for nome, revelar in tipo.segredos.items()}
    except ObjectDoesNotExist as erro:
        raise FalhaDefinitiva("O dado que a mensagem levaria não existe mais.") from erro
    texto = preencher(mensagem.texto, mensagem.dados | claros)
    return transporte_para(mensagem.canal).enviar(
        Envelope(mensagem.canal, mensagem.destino, mensagem.assunto, texto, mensagem.chave)
    )


def _anotar_entrega(mensagem: Mensagem, recibo: Recibo) -> Mensagem:
    mensagem.id_externo = recibo.id_externo[:120]
    situacao = SituacaoDaMensagem.SIMULADA if recibo.simulado else SituacaoDaMensagem.ENVIADA
    return _marcar(mensagem, situacao, "id_externo")


def _marcar(mensagem: Mensagem, situacao: SituacaoDaMensagem, *campos: str) -> Mensagem:
    mensagem.situacao = situacao
    mensagem.entregue_em = timezone.now()
    mensagem.proxima_em = None
    mensagem.save(update_fields=[*campos, "situacao", "entregue_em", "proxima_em"])
    return mensagem


@transaction.atomic
def _anotar_falha(mensagem: Mensagem, falha: FalhaDeEnvio, agora: datetime) -> Mensagem:
    mensagem.falha = str(falha)[:300]
    if isinstance(falha, FalhaDefinitiva) or mensagem.tentativas > len(ESPERAS):
        mensagem.situacao, mensagem.proxima_em = SituacaoDaMensagem.FALHOU, None
        if mensagem.solicitacao:
            _relatar(mensagem, f"{mensagem.nome}: não chegou ao cliente. {mensagem.falha}", agora)
    else:
        mensagem.proxima_em = agora + timedelta(minutes=ESPERAS[mensagem.tentativas - 1])
    mensagem.save(update_fields=["falha", "situacao", "proxima_em"])
    return mensagem


def _relatar(mensagem: Mensagem, texto: str, agora: datetime) -> None:
    Relato.objects.create(solicitacao=mensagem.solicitacao, texto=texto, em=agora)
    auditoria.registrar(
        "mensagem.alertar",
        por=None,
        alvo="solicitacao",
        alvo_id=mensagem.solicitacao_id,
        protocolo=mensagem.solicitacao.protocolo,
        dados={"mensagem": mensagem.pk, "situacao": mensagem.situacao},
    )
