"""O relógio do débito, contrato a contrato: avisar, suspender, bloquear de novo, religar, propor rescisão.

Como as demais rotinas: idempotentes, contam das datas guardadas e não da hora em que rodam. Paradas por dias,
ao voltar fazem cada coisa uma vez, e nenhuma antes de seu prazo.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from atendimento import auditoria
from atendimento.dominio import mensagens
from atendimento.models import Mensagem
from atendimento.models.mensagem import SituacaoDaMensagem
from atendimento.tipos_de_mensagem import TIPOS_DE_MENSAGEM, TipoDeMensagem
from clientes.enums import Gravidade, TipoDeContato
from clientes.models import Alerta, Contato
from contratos.dinheiro import em_reais
from contratos.dominio import debitos, eventos, informes, relogio
from contratos.enums import CanalDeNotificacao, SituacaoDoContrato
from contratos.models import Contrato, Fatura, InformeDePagamento, NotificacaoDeDebito, Parametros
from contratos.relogio_legal import suspender_em

LOTE = 200
# Ninguém recebe cobrança de madrugada (CDC, art. 42).
HORAS_DE_AVISO = range(8, 20)
AVISADOS = (SituacaoDoContrato.NORMAL, SituacaoDoContrato.BLOQUEIO_FINANCEIRO)

AVISO_DE_DEBITO = TIPOS_DE_MENSAGEM.registrar(
    TipoDeMensagem(
        codigo="aviso_de_debito",
        nome="Aviso de débito",
        assunto="Fatura {fatura} em aberto",
        texto=(
            "Olá, {cliente}.\n\n"
            "A fatura {fatura}, de {valor}, venceu em {vencimento} e está em aberto. Sem o pagamento, o "
            "serviço poderá ser suspenso a partir de {suspensao}, {dias} dias depois deste aviso. Passados "
            "mais {dias_da_rescisao} dias, o contrato poderá ser rescindido e o débito, inscrito em "
            "cadastro de proteção ao crédito. Pago o débito, o serviço volta em até {horas} horas. Se já "
            "pagou, ou não reconhece o valor, fale conosco.\n\n{provedor}"
        ),
        curto=(
            "{provedor}: a fatura {fatura}, de {valor}, venceu em {vencimento}. Sem pagamento, o serviço "
            "pode ser suspenso a partir de {suspensao} ({dias} dias deste aviso) e o contrato, rescindido "
            "{dias_da_rescisao} dias depois, com inscrição em cadastro de crédito. Pago, volta em {horas} h."
        ),
        variaveis={
            "fatura": "número da fatura",
            "valor": "valor da fatura",
            "vencimento": "vencimento da fatura",
            "suspensao": "dia a partir do qual o serviço pode ser suspenso",
            "dias": "dias do aviso à suspensão",
            "dias_da_rescisao": "dias da suspensão à rescisão",
            "horas": "horas para religar depois do pagamento",
            "aviso": "número deste aviso",
        },
        # RGC: o aviso diz o motivo, a data, o valor, a inscrição possível e o prazo para religar.
        obrigatorias=frozenset({"fatura", "valor", "vencimento", "suspensao", "dias_da_rescisao", "horas"}),
    )
)


def avisar_debitos(agora: datetime | None = None) -> int:
    """Avisa as faturas vencidas há tantos dias quantos o parâmetro diz. Devolve quantas.

    Sem contato confirmado, fica uma carta a postar, cuja entrega alguém anota: nada se suspende sem prova.
    """
    agora = agora or timezone.now()
    if timezone.localtime(agora).hour not in HORAS_DE_AVISO:
        return 0
    limite = timezone.localdate(agora) - timedelta(days=Parametros.atuais().dias_ate_notificar)
    vencidas = Fatura.objects.abertas().filter(
        contestada=False,
        vencimento__lte=limite,
        notificacoes__isnull=True,
        contrato__situacao__in=AVISADOS,
    )
    sem_informe = vencidas.exclude(
        pk__in=InformeDePagamento.objects.filter(encerrado_em__isnull=True).values("fatura")
    )
    return _um_a_um(sem_informe, lambda fatura: _avisar(fatura, agora))


def anotar_entregas(agora: datetime | None = None) -> int:
    """Leva da caixa de saída ao aviso a prova de que ele chegou. Devolve quantos.

    A mensagem só simulada não prova nada, a não ser a de um contrato fictício.
    """
    pendentes = NotificacaoDeDebito.objects.filter(entregue_em__isnull=True).exclude(
        canal=CanalDeNotificacao.CARTA
    )
    return _um_a_um(pendentes, _anotar_entrega)


def suspender_por_debito(agora: datetime | None = None) -> int:
    """Bloqueia quem foi avisado e deixou o prazo correr. Devolve quantos contratos."""
    agora = agora or timezone.now()
    return _por_contrato(relogio.a_suspender(agora), "suspender", lambda c: relogio.suspender(c, agora))


def rebloquear_vencidos(agora: datetime | None = None) -> int:
    """Encerra os desbloqueios temporários vencidos e bloqueia de novo quem ainda deve. Devolve quantos."""
    agora = agora or timezone.now()
    vencidos = relogio.desbloqueios_vencidos(agora)

    def rebloquear(contrato: Contrato) -> bool:
        aberto = vencidos.filter(contrato=contrato).first()
        return aberto is not None and relogio.rebloquear(contrato, aberto, agora)

    contratos = Contrato.objects.filter(pk__in=vencidos.values("contrato"))
    return _por_contrato(contratos, "rebloquear", rebloquear)


def religar_quem_pagou(agora: datetime | None = None) -> int:
    """Devolve o serviço de quem a baixa alcançou. Devolve quantos contratos."""
    agora = agora or timezone.now()
    return _por_contrato(relogio.a_religar(), "religar", lambda c: relogio.religar(c, agora))


def propor_rescisoes(agora: datetime | None = None) -> int:
    """Propõe a rescisão de quem está suspenso há tempo bastante, com um alerta no painel. Devolve quantas."""
    agora = agora or timezone.now()

    def propor(contrato: Contrato) -> bool:
        proposta = relogio.propor_rescisao(contrato, agora)
        if proposta:
            Alerta.objects.create(
                cliente_id=contrato.cliente_id,
                texto=f"Contrato {contrato.numero}: rescisão por débito proposta. Avise por escrito antes.",
                gravidade=Gravidade.ATENCAO,
            )
        return proposta

    return _por_contrato(relogio.a_rescindir(agora), "propor_rescisao", propor)


def encerrar_informes(agora: datetime | None = None) -> int:
    """Encerra os informes de pagamento cujo prazo passou. Devolve quantos."""
    agora = agora or timezone.now()
    vencidos = InformeDePagamento.objects.filter(encerrado_em__isnull=True, vale_ate__lte=agora)

    def encerrar(informe: InformeDePagamento) -> bool:
        informes.encerrar_vencido(informe)
        return True

    return _um_a_um(vencidos, encerrar)


def _avisar(fatura: Fatura, agora: datetime) -> bool:
    contrato = Contrato.objects.select_related("cliente").get(pk=fatura.contrato_id)
    parametros = Parametros.atuais()
    contato = _contato_do_aviso(contrato)
    suspensao = timezone.localdate(suspender_em(agora, debitos.prazos_de(parametros)))
    dados = {
        "fatura": fatura.numero,
        "valor": em_reais(fatura.valor),
        "vencimento": f"{fatura.vencimento:%d/%m/%Y}",
        "suspensao": f"{suspensao:%d/%m/%Y}",
        "dias": parametros.dias_do_aviso_a_suspensao,
        "dias_da_rescisao": parametros.dias_da_suspensao_a_rescisao,
        "horas": parametros.horas_para_religar,
    }
    canal = _canal(contato)
    aviso = NotificacaoDeDebito.objects.create(
        fatura=fatura, canal=canal, enviada_em=agora, conteudo=_conteudo(dados)
    )
    if contato:
        mensagens.enfileirar(
            contato=contato,
            modelo=AVISO_DE_DEBITO,
            dados=dados | {"aviso": aviso.pk},
            contrato=contrato,
        )
    como = "carta a postar: sem contato confirmado" if not contato else f"por {aviso.get_canal_display()}"
    eventos.registrar(
        contrato, "notificacao-de-debito", f"Fatura {fatura.numero}, {dados['valor']}: aviso {como}", em=agora
    )
    return True


def _contato_do_aviso(contrato: Contrato) -> Contato | None:
    """O e-mail confirmado, que guarda o texto inteiro; sem ele, o telefone."""
    confirmados = mensagens.contatos_confirmados(contrato.cliente)
    return min(
        confirmados, key=lambda c: (c.tipo != TipoDeContato.EMAIL, not c.principal, c.pk), default=None
    )


def _canal(contato: Contato | None) -> str:
    if contato is None:
        return CanalDeNotificacao.CARTA
    if contato.tipo == TipoDeContato.EMAIL:
        return CanalDeNotificacao.EMAIL
    return CanalDeNotificacao.WHATSAPP if contato.whatsapp else CanalDeNotificacao.SMS


def _conteudo(dados: dict) -> str:
    """O que o aviso disse, sem dado pessoal: é a prova que o contrato guarda."""
    return (
        f"Fatura {dados['fatura']}, de {dados['valor']}, vencida em {dados['vencimento']}. Suspensão "
        f"possível a partir de {dados['suspensao']} ({dados['dias']} dias deste aviso); rescisão e inscrição "
        f"em cadastro de crédito {dados['dias_da_rescisao']} dias depois. Pago o débito, o serviço volta em "
        f"até {dados['horas']} h."
    )


def _anotar_entrega(aviso: NotificacaoDeDebito) -> bool:
    provas = [SituacaoDaMensagem.ENVIADA]
    if aviso.fatura.contrato.demo:
        provas.append(SituacaoDaMensagem.SIMULADA)
    mensagem = (
        Mensagem.objects.filter(
            cliente=aviso.fatura.contrato.cliente_id,
            tipo=AVISO_DE_DEBITO.codigo,
            dados__aviso=str(aviso.pk),
            situacao__in=provas,
            entregue_em__isnull=False,
        )
        .order_by("entregue_em")
        .first()
    )
    if mensagem is None:
        return False
    aviso.entregue_em = max(mensagem.entregue_em, aviso.enviada_em)
    aviso.save(update_fields=["entregue_em"])
    return True


def _por_contrato(consulta: QuerySet[Contrato], verbo: str, fazer: Callable[[Contrato], bool]) -> int:
    def um(contrato: Contrato) -> bool:
        feito = fazer(contrato)
        if feito:
            auditoria.registrar(
                f"contrato.{verbo}", por=None, alvo="contrato", alvo_id=contrato.pk, protocolo="", dados={}
            )
        return feito

    return _um_a_um(consulta, um)


def _um_a_um(consulta: QuerySet, fazer: Callable) -> int:
    """Cada linha em sua transação, trancada e conferida de novo; a que outro tem fica para a próxima."""
    feitos, ultimo = 0, 0
    while ids := list(
        consulta.filter(pk__gt=ultimo).order_by("pk").values_list("pk", flat=True).distinct()[:LOTE]
    ):
        for pk in ids:
            with transaction.atomic():
                modelo = consulta.model.objects
                trancada = modelo.select_for_update(of=("self",), no_key=True, skip_locked=True)
                linha = trancada.filter(pk=pk).first()
                if linha and consulta.filter(pk=pk).exists():
                    feitos += bool(fazer(linha))
        ultimo = ids[-1]
    return feitos
