"""O histórico de um cliente em arquivo, com o acesso registrado."""

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_safe

from atendimento import exportacao
from atendimento.acesso import exige
from atendimento.dominio.acessos import registrar_exportacao
from atendimento.models import Solicitacao
from clientes.models import Cliente
from perfis.capacidades import Capacidade

TIPOS = {"csv": "text/csv; charset=utf-8", "pdf": "application/pdf"}


@require_safe
@exige(Capacidade.EXPORTAR)
def historico(request, pk: int, formato: str):
    """As solicitações do cliente no período, no escopo da lista; só para quem tem a ação *Histórico*."""
    if formato not in TIPOS:
        raise Http404
    if request.user.permissoes.acao("historico") is None:
        raise PermissionDenied("Seu perfil não permite a ação Histórico do cliente.")
    cliente = Cliente.objects.visiveis_para(request.user).filter(pk=pk).first()
    if cliente is None:
        raise Http404
    de, ate = _periodo(request)
    linhas = exportacao.linhas_de(_solicitacoes(request.user, cliente, de, ate))
    registrar_exportacao(
        por=request.user, cliente_id=pk, campo=f"historico.{formato}", ip=request.META.get("REMOTE_ADDR")
    )
    nome = f"historico-{pk}-{timezone.localdate():%Y%m%d}.{formato}"
    comum = {
        "content_type": TIPOS[formato],
        "headers": {"Content-Disposition": f'attachment; filename="{nome}"', "Cache-Control": "no-store"},
    }
    if formato == "csv":
        return StreamingHttpResponse(exportacao.em_csv(linhas), **comum)
    return HttpResponse(exportacao.em_pdf(linhas, cliente, de, ate), **comum)


def _solicitacoes(usuario, cliente: Cliente, de, ate):
    consulta = Solicitacao.objects.visiveis_para(usuario).filter(cliente=cliente)
    if de:
        consulta = consulta.filter(aberta_em__date__gte=de)
    if ate:
        consulta = consulta.filter(aberta_em__date__lte=ate)
    return consulta.select_related("tipo", "contrato", "solucao")


def _periodo(request):
    if not request.GET.keys() <= {"de", "ate"}:
        raise BadRequest("Filtro desconhecido.")
    return [_dia(request.GET.get(nome, "")) for nome in ("de", "ate")]


def _dia(texto: str):
    try:
        dia = parse_date(texto) if texto else None
    except ValueError:
        dia = None
    if texto and dia is None:
        raise BadRequest("O período não é uma data.")
    return dia
