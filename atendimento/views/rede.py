"""A leitura da rede de uma conexão: mostrar a que está guardada e pedir outra, sem esperar por ela."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from atendimento import rede_na_tela
from atendimento.acesso import exige
from atendimento.dominio.rede import leituras
from atendimento.widgets.base import WIDGETS
from contratos.models import Conexao, Etiqueta
from perfis.capacidades import Capacidade

# O widget que mostra cada leitura: como se pede outra e como se apresenta a que há.
LEITURAS = {
    "conexao": (leituras.pedir_sessao, rede_na_tela.agora, "componentes/_agora.html"),
    "sinal": (leituras.pedir_sinal, rede_na_tela.sinal, "componentes/_sinal.html"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@exige(Capacidade.ATENDER)
def leitura(request, slug: str, pk: int):
    """GET mostra o que está guardado; POST pede ao trabalhador que leia, e mostra que se espera."""
    if slug not in LEITURAS:
        raise Http404
    conexao = _conexao(request.user, pk)
    if request.user.permissoes.widget(slug) is None:
        raise PermissionDenied(f"Seu perfil não permite ver {WIDGETS[slug].nome}.")
    pedir, apresentar, template = LEITURAS[slug]
    if request.method == "POST":
        pedir(conexao)
        conexao = _conexao(request.user, pk)
    if not request.htmx:
        return redirect(_pagina(slug, conexao))
    return render(request, template, {"lido": apresentar(conexao)})


def _conexao(usuario, pk: int) -> Conexao:
    visiveis = Etiqueta.objects.visiveis_para(usuario).order_by().values("pk")
    consulta = Conexao.objects.filter(etiqueta__in=visiveis).select_related("etiqueta")
    conexao = rede_na_tela.com_leituras(consulta).filter(pk=pk).first()
    if conexao is None:
        raise Http404
    return conexao


def _pagina(slug: str, conexao: Conexao) -> str:
    if slug == "conexao":
        aba = reverse("contrato", args=[conexao.etiqueta.contrato_id, "conexao"])
        return f"{aba}?etiqueta={conexao.etiqueta_id}"
    return reverse("widget", args=[slug, "etiqueta", conexao.etiqueta_id])
