"""O que uma visita muda no contrato quando acaba: o endereço da etiqueta e a taxa na fatura."""

from django.utils import timezone

from atendimento.models import Visita
from atendimento.models.solicitacao import TipoDeVisita
from atendimento.models.visita import SituacaoDaVisita
from contratos.dinheiro import em_reais
from contratos.dominio import endereco
from contratos.dominio.leituras import competencias_a_faturar
from contratos.enums import MotivoDoEventual, TipoDeEventual
from contratos.models import Contrato, Eventual


def ao_acabar(visita: Visita, por) -> list[tuple[str, str]]:
    """Faz o que há a fazer e devolve os eventos a registrar: o tipo e o texto de cada um."""
    eventos = []
    executada = visita.situacao == SituacaoDaVisita.EXECUTADA
    mudanca = endereco.pendente(visita.etiqueta) if visita.tipo == TipoDeVisita.MUDANCA else None
    if mudanca and executada:
        endereco.concluir(mudanca)
        eventos.append(("mudanca-de-endereco-concluida", f"endereço: {mudanca.de or '—'} → {mudanca.para}"))
    elif mudanca and visita.situacao == SituacaoDaVisita.CANCELADA:
        endereco.desfazer(mudanca)
    if executada and visita.taxa:
        eventos.append(("eventual-lancado", _cobrar_taxa(visita, por)))
    return eventos


def _cobrar_taxa(visita: Visita, por) -> str:
    contrato = Contrato.objects.get(pk=visita.etiqueta.contrato_id)
    [mes] = competencias_a_faturar(contrato, timezone.localdate(), 1)
    texto = f"Taxa da visita de {visita.data:%d/%m/%Y}: {em_reais(visita.taxa)} na fatura de {mes:%m/%Y}"
    Eventual.objects.create(
        contrato=contrato, tipo=TipoDeEventual.ACRESCIMO, motivo=MotivoDoEventual.TAXA, valor=visita.taxa,
        competencia=mes, descricao=texto, usuario=por, protocolo=visita.solicitacao.protocolo,
    )  # fmt: skip
    return texto
