"""O trabalhador começa e acaba as suspensões a pedido no dia marcado, sem que ninguém se lembre delas."""

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from atendimento import auditoria
from contratos.dominio import suspensao as verbos
from contratos.enums import SituacaoDoContrato
from contratos.models import Contrato, EventoDeContrato, Suspensao, TipoDeEvento


def cumprir(hoje: date | None = None) -> int:
    """Começa as que chegaram ao dia e devolve o serviço das que acabaram. Diz em quantas mexeu.

    Conta das datas guardadas: parado três dias, ao voltar registra o dia marcado, e uma vez só.
    """
    hoje = hoje or timezone.localdate()
    vencidas = Suspensao.objects.abertas().filter(
        Q(iniciada=False, inicio__lte=hoje) | Q(iniciada=True, volta_em__lte=hoje)
    )
    ids = list(vencidas.order_by("inicio", "pk").values_list("pk", "contrato_id"))
    return sum(_cumprir_uma(pk, contrato, hoje) for pk, contrato in ids)


@transaction.atomic
def _cumprir_uma(pk: int, contrato_id: int, hoje: date) -> bool:
    # O contrato antes, como manda a casa; a suspensão se lê de novo, porque alguém pode tê-la acabado.
    contrato = Contrato.objects.select_for_update(of=("self",), no_key=True).get(pk=contrato_id)
    suspensao = Suspensao.objects.abertas().filter(pk=pk).first()
    if suspensao is None:
        return False
    mexeu = False
    if not suspensao.iniciada and suspensao.inicio <= hoje:
        _comecar(contrato, suspensao, hoje)
        mexeu = True
    if suspensao.iniciada and suspensao.volta_em <= hoje:
        verbos.voltar(contrato, suspensao, suspensao.volta_em)
        _registrar(contrato, suspensao, "suspensao-fim", f"Fim da suspensão a pedido de {suspensao}")
        mexeu = True
    return mexeu


def _comecar(contrato: Contrato, suspensao: Suspensao, hoje: date) -> None:
    if contrato.situacao != SituacaoDoContrato.NORMAL:
        situacao = contrato.get_situacao_display()
        verbos.voltar(contrato, suspensao, suspensao.inicio)
        _registrar(
            contrato, suspensao, "suspensao-fim", f"A suspensão marcada não começou: contrato em {situacao}"
        )
        return
    verbos.comecar(contrato, suspensao, hoje)
    _registrar(contrato, suspensao, "suspensao-inicio", f"Detalhes da suspensão: de {suspensao}")


def _registrar(contrato: Contrato, suspensao: Suspensao, tipo: str, descricao: str) -> None:
    EventoDeContrato.objects.create(
        contrato=contrato,
        tipo=TipoDeEvento.objects.get(codigo=tipo),
        descricao=f"{descricao} · Protocolo: {suspensao.protocolo or '—'}",
        protocolo=suspensao.protocolo,
    )
    auditoria.registrar(
        "contrato.suspensao",
        por=None,
        alvo="contrato",
        alvo_id=contrato.pk,
        protocolo=suspensao.protocolo,
        dados={"evento": tipo, "suspensao": suspensao.pk},
    )
