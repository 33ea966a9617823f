"""Um anexo: só se baixa, nunca se abre dentro do console."""

from django.http import FileResponse, Http404
from django.utils.csp import CSP
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from atendimento.acesso import exige
from atendimento.dominio.acessos import registrar_painel
from atendimento.models import Anexo, Solicitacao
from perfis.capacidades import Capacidade


@require_safe
@exige(Capacidade.ATENDER)
@csp_override({"default-src": [CSP.NONE], "sandbox": True})
def anexo(request, pk: int):
    """O arquivo, com o tipo que o seu conteúdo mostrou; o acesso fica registrado.

    Mesmo que o navegador o abrisse, a política não deixa que nada nele corra.
    """
    visiveis = Solicitacao.objects.visiveis_para(request.user)
    achado = Anexo.objects.filter(solicitacao__in=visiveis.order_by(), pk=pk).select_related("solicitacao")
    um = achado.first()
    if um is None:
        raise Http404
    try:
        conteudo = um.arquivo.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    registrar_painel(
        por=request.user,
        cliente_id=um.solicitacao.cliente_id,
        aba=f"anexo {um.pk}",
        ip=request.META.get("REMOTE_ADDR"),
    )
    resposta = FileResponse(conteudo, as_attachment=True, filename=um.nome, content_type=um.formato)
    resposta["X-Content-Type-Options"] = "nosniff"
    return resposta
