"""Os eventos que as rotinas e os verbos escrevem; o de cada ação, quem escreve é o executor."""

from datetime import datetime

from django.utils import timezone

from contratos.models import Contrato, EventoDeContrato, TipoDeEvento


def registrar(
    contrato: Contrato,
    tipo: str,
    descricao: str,
    *,
    em: datetime | None = None,
    por=None,
    protocolo: str = "",
) -> EventoDeContrato:
    """Um fato do contrato; sem autor nem protocolo, foi o trabalhador."""
    return EventoDeContrato.objects.create(
        contrato=contrato,
        tipo=TipoDeEvento.objects.get(codigo=tipo),
        descricao=descricao[:1000],
        ocorrido_em=em or timezone.now(),
        usuario=por,
        protocolo=protocolo,
    )
