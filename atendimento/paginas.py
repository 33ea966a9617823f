"""Paginação por chave: a página seguinte começa depois da última linha vista."""

from datetime import datetime

from django.core.exceptions import BadRequest, ValidationError
from django.db.models import Q, QuerySet
from django.utils.timezone import is_naive


def depois_de(cursor: str, consulta: QuerySet, campo: str) -> Q:
    """A condição do cursor `<valor ISO>_<id>` numa lista em ordem decrescente de `campo` e id.

    Levanta `BadRequest` para um cursor que não escrevemos.
    """
    texto, _, pk = cursor.rpartition("_")
    try:
        valor, numero = consulta.model._meta.get_field(campo).to_python(texto), int(pk)
    except (ValueError, ValidationError) as erro:
        raise BadRequest("Cursor desconhecido.") from erro
    if not texto or (isinstance(valor, datetime) and is_naive(valor)):
        raise BadRequest("Cursor desconhecido.")
    return Q(**{f"{campo}__lt": valor}) | Q(**{campo: valor, "pk__lt": numero})


def fatiar(consulta: QuerySet, cursor: str, campo: str, tamanho: int) -> tuple[list[dict], str]:
    """Até `tamanho` linhas (de `values()`) depois de `cursor`, e o cursor da página seguinte.

    O cursor volta vazio na última página. A ordem de `consulta` é `-campo`, `-id`.
    """
    if cursor:
        consulta = consulta.filter(depois_de(cursor, consulta, campo))
    linhas = list(consulta[: tamanho + 1])
    if len(linhas) <= tamanho:
        return linhas, ""
    ultima = linhas[tamanho - 1]
    return linhas[:tamanho], f"{ultima[campo].isoformat()}_{ultima['id']}"


def seguinte(request, proxima: str) -> str:
    """O endereço desta mesma lista a partir do cursor `proxima`; vazio na última página."""
    if not proxima:
        return ""
    parametros = request.GET.copy()
    parametros["depois"] = proxima
    return f"{request.path}?{parametros.urlencode()}"
