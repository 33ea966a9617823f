"""A entrega dos comandos da rede: reservar, falar com o equipamento, anotar o que ele respondeu.

Enquanto se fala, nenhuma linha fica trancada. Provisionar leva sempre o estado de agora; se ele mudou no
meio, a versão do comando subiu e ele continua na fila. O que deu errado fica escrito no comando e, quando
há protocolo, no atendimento.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from atendimento import auditoria
from atendimento.dominio.rede.disjuntor import conversar
from atendimento.dominio.rede.leituras import (
    JANELA,
    SEM_CONCENTRADOR,
    SEM_OLT,
    enfileirar,
    olt_de,
    onu_de,
    pedir_sessao,
    pedir_sinal,
)
from atendimento.integracoes.rede import (
    Acesso,
    FalhaDeRede,
    NaoSuportado,
    Recusado,
    RedeDeAcesso,
    Sessao,
    acesso_de,
    optica_de,
)
from atendimento.models import Relato, Solicitacao
from contratos.cifra import Segredo, SegredoIlegivel, decifrar
from contratos.enums import SituacaoDoContrato, StatusDaConexao, TipoDePlano
from contratos.enums_de_rede import SituacaoDoComando, VerboDeRede
from contratos.models import ComandoDeRede, Conexao, Olt, ServicoContratado

# Depois de cada falha, quanto se espera; acabadas, o comando falhou e se diz a quem pediu.
ESPERAS = (1, 5, 15, 60, 240)
RESERVA = timedelta(minutes=2)
LOTE = 100
SITUACOES_BLOQUEADAS = (
    SituacaoDoContrato.BLOQUEIO_FINANCEIRO,
    SituacaoDoContrato.BLOQUEIO_ADMINISTRATIVO,
    SituacaoDoContrato.SUSPENSO,
)
SITUACOES_SEM_ACESSO = (SituacaoDoContrato.CANCELADO, SituacaoDoContrato.ENCERRADO)
# A lista de endereços (address list) de cada status, como o concentrador a conhece.
LISTAS = {
    StatusDaConexao.BLOQUEADO: "bloqueado",
    StatusDaConexao.AVISO_DE_BLOQUEIO: "aviso-de-bloqueio",
    StatusDaConexao.AVISO_DE_MANUTENCAO: "aviso-de-manutencao",
}


# --- como se pede ---


def mandar(
    conexao: Conexao, verbo: VerboDeRede, *, por, protocolo: str, validade: timedelta, motivo: str = ""
) -> ComandoDeRede:
    """Põe na fila, na transação de quem chama, um comando que só vale até passar a validade.

    Se já há um igual à espera, é ele.
    """
    agora = timezone.now()
    existente = conexao.comandos.na_fila().filter(verbo=verbo).first()
    comando = existente or ComandoDeRede.objects.create(
        conexao=conexao, verbo=verbo, motivo=motivo, protocolo=protocolo, pedido_por=por,
        criado_em=agora, proxima_em=agora, valido_ate=agora + validade,
    )  # fmt: skip
    _acordar(comando.pk, conexao)
    return comando


def acordar(contrato_id: int) -> None:
    """Entrega já o que a transação deixou na fila para as conexões do contrato."""
    for comando in na_fila_de(contrato_id).select_related("conexao"):
        _acordar(comando.pk, comando.conexao)


def na_fila_de(contrato_id):
    """Os comandos por entregar às conexões do contrato."""
    return ComandoDeRede.objects.na_fila().filter(conexao__etiqueta__contrato=contrato_id)


def entregar_pendentes() -> None:
    """Enfileira a entrega dos que esperam e cuja vez chegou."""
    for comando in ComandoDeRede.objects.a_fazer(timezone.now()).select_related("conexao")[:LOTE]:
        _acordar(comando.pk, comando.conexao)


def _acordar(pk: int, conexao: Conexao) -> None:
    enfileirar(
        "entregar_comando", f"entregar_comando-{pk}", f"concentrador-{conexao.concentrador_id}", comando=pk
    )


# --- como se entrega ---


def entregar(pk: int, agora: datetime | None = None) -> ComandoDeRede | None:
    """Entrega o comando, se é a vez dele; `None` quando outro trabalhador o tem ou já está feito."""
    agora = agora or timezone.now()
    comando = _reservar(pk, agora)
    if comando is None:
        return None
    if comando.valido_ate and comando.valido_ate < agora:
        return _concluir(comando, SituacaoDoComando.FALHOU, "O equipamento não respondeu enquanto valia.")
    try:
        resposta, simulado = FAZER[VerboDeRede(comando.verbo)](comando)
    except (Recusado, NaoSuportado) as falha:
        return _concluir(comando, SituacaoDoComando.RECUSADO, str(falha))
    except FalhaDeRede as falha:
        return _adiar(comando, str(falha), agora)
    return _concluir(comando, SituacaoDoComando.FEITO, resposta, simulado)


def _reservar(pk: int, agora: datetime) -> ComandoDeRede | None:
    with transaction.atomic():
        da_vez = ComandoDeRede.objects.a_fazer(agora).select_for_update(of=("self",), skip_locked=True)
        comando = da_vez.filter(pk=pk).first()
        if comando is None:
            return None
        comando.tentativas += 1
        comando.proxima_em = agora + RESERVA
        comando.save(update_fields=["tentativas", "proxima_em"])
    comando.conexao = Conexao.objects.select_related(
        "concentrador", "splitter", "etiqueta__contrato", "servico__plano"
    ).get(pk=comando.conexao_id)
    return comando


def _provisionar(comando: ComandoDeRede) -> tuple[str, bool]:
    conexao = comando.conexao
    rede = _rede_de(conexao)
    acesso = estado_de(conexao, comando.login_anterior)
    resposta = conversar(conexao.concentrador, lambda: rede.aplicar(acesso))
    return f"{resposta} {_reconectar(conexao, rede)}".strip(), rede.simulada


def _reconectar(conexao: Conexao, rede: RedeDeAcesso) -> str:
    """O que mudou só vale numa sessão nova: derruba a de agora, e a recusa não desfaz o que se gravou."""
    try:
        sessao = _sessao_no_ar(conexao, rede)
        return rede.desconectar(sessao) if sessao else "Vale na próxima conexão."
    except FalhaDeRede as falha:
        return f"{falha} Vale na próxima conexão."


def _desconectar(comando: ComandoDeRede) -> tuple[str, bool]:
    conexao = comando.conexao
    rede = _rede_de(conexao)
    sessao = conversar(conexao.concentrador, lambda: _sessao_no_ar(conexao, rede))
    if sessao is None:
        raise Recusado("A conexão já está sem sessão: não há o que derrubar.")
    return conversar(conexao.concentrador, lambda: rede.desconectar(sessao)), rede.simulada


def _reiniciar(comando: ComandoDeRede) -> tuple[str, bool]:
    olt = Olt.objects.filter(pk=olt_de(comando.conexao)).first()
    if olt is None:
        raise NaoSuportado(SEM_OLT)
    rede = optica_de(olt)
    return conversar(olt, lambda: rede.reiniciar(onu_de(comando.conexao))), rede.simulada


FAZER = {
    VerboDeRede.PROVISIONAR: _provisionar,
    VerboDeRede.DESCONECTAR: _desconectar,
    VerboDeRede.REINICIAR: _reiniciar,
}


def _rede_de(conexao: Conexao) -> RedeDeAcesso:
    if conexao.concentrador is None:
        raise NaoSuportado(SEM_CONCENTRADOR)
    return acesso_de(conexao.concentrador)


def _sessao_no_ar(conexao: Conexao, rede: RedeDeAcesso) -> Sessao | None:
    sessoes = rede.sessoes(conexao.login, timezone.now() - JANELA)
    return next((sessao for sessao in sessoes if sessao.terminada_em is None), None)


def estado_de(conexao: Conexao, login_anterior: str = "") -> Acesso:
    """O que o RADIUS deve saber da conexão, pelo que está no banco agora."""
    contrato = conexao.etiqueta.contrato
    plano = _plano_de(conexao)
    status = StatusDaConexao.BLOQUEADO if contrato.situacao in SITUACOES_BLOQUEADAS else conexao.status
    return Acesso(
        login=conexao.login,
        ativo=conexao.ativa and contrato.situacao not in SITUACOES_SEM_ACESSO,
        senha=_senha_de(conexao),
        lista=LISTAS.get(StatusDaConexao(status), ""),
        mac=conexao.mac,
        ip=conexao.ip,
        download_mbps=plano and plano.download_mbps,
        upload_mbps=plano and plano.upload_mbps,
        login_anterior=login_anterior,
    )


def _senha_de(conexao: Conexao) -> Segredo | None:
    try:
        return decifrar(conexao.senha) if conexao.senha else None
    except SegredoIlegivel as erro:
        raise NaoSuportado("A senha guardada da conexão não se decifra: gere outra.") from erro


def _plano_de(conexao: Conexao):
    """O plano de internet que corre na etiqueta; senão o do serviço da conexão."""
    hoje = timezone.localdate()
    corrente = (
        ServicoContratado.objects.filter(
            etiqueta=conexao.etiqueta_id, plano__tipo=TipoDePlano.INTERNET, inicio__lte=hoje
        )
        .exclude(fim__lt=hoje)
        .select_related("plano")
        .order_by("-inicio", "-id")
        .first()
    )
    servico = corrente or conexao.servico
    return servico.plano if servico else None


# --- o que se anota ---


@transaction.atomic
def _concluir(
    comando: ComandoDeRede, situacao: SituacaoDoComando, resposta: str, simulado: bool = False
) -> ComandoDeRede | None:
    agora = timezone.now()
    linha = ComandoDeRede.objects.na_fila().filter(pk=comando.pk, versao=comando.versao)
    concluido = {
        "situacao": situacao, "resposta": resposta[:300], "simulado": simulado, "concluido_em": agora,
        "proxima_em": None,
    }  # fmt: skip
    if not linha.update(**concluido):
        # Mudou enquanto se falava: o estado novo ainda está por levar.
        ComandoDeRede.objects.na_fila().filter(pk=comando.pk).update(proxima_em=agora)
        return None
    for campo, valor in concluido.items():
        setattr(comando, campo, valor)
    _contar(comando, agora)
    _ler_de_novo(comando)
    return comando


def _adiar(comando: ComandoDeRede, falha: str, agora: datetime) -> ComandoDeRede | None:
    espera = timedelta(minutes=ESPERAS[min(comando.tentativas, len(ESPERAS)) - 1])
    if comando.valido_ate:
        # Um pedido de agora não se repete depois: o agente é quem decide tentar de novo.
        return _concluir(comando, SituacaoDoComando.FALHOU, falha)
    if comando.tentativas > len(ESPERAS):
        return _concluir(comando, SituacaoDoComando.FALHOU, falha)
    ComandoDeRede.objects.na_fila().filter(pk=comando.pk, versao=comando.versao).update(
        resposta=falha[:300], proxima_em=agora + espera
    )
    comando.resposta = falha[:300]
    return comando


def _ler_de_novo(comando: ComandoDeRede) -> None:
    """Depois do que se fez, a leitura velha já não diz nada."""
    if comando.situacao != SituacaoDoComando.FEITO:
        return
    (pedir_sinal if comando.verbo == VerboDeRede.REINICIAR else pedir_sessao)(comando.conexao)


def _contar(comando: ComandoDeRede, agora: datetime) -> None:
    """O resultado no atendimento que o pediu e na auditoria; sem protocolo, só na auditoria."""
    simulado = " (simulador)" if comando.simulado else ""
    texto = (
        f"{comando.get_verbo_display()} {comando.conexao.login}: "
        f"{comando.get_situacao_display().lower()}{simulado}. {comando.resposta}"
    )
    if comando.protocolo and (solicitacao := Solicitacao.objects.filter(protocolo=comando.protocolo).first()):
        Relato.objects.create(solicitacao=solicitacao, texto=texto, em=agora)
    auditoria.registrar(
        f"rede.{comando.verbo}",
        por=comando.pedido_por,
        alvo="conexao",
        alvo_id=comando.conexao_id,
        protocolo=comando.protocolo,
        dados={"comando": comando.pk, "situacao": comando.situacao, "motivo": comando.motivo},
    )
