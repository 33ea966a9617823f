"""A página de um perfil: a matriz, revisar e salvar, clonar, ver como, e por que não."""

from copy import copy

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.timezone import localtime

from atendimento.admin.explicacoes import por_que_nao, ver_como
from atendimento.admin.matriz import FormularioDoPerfil, assinatura
from perfis.admin import SoDoAdministrador
from perfis.dominio.matriz import ler_matriz
from perfis.dominio.perfis import NomeRepetido, clonar_perfil, diferencas, salvar_matriz
from perfis.dominio.recusas import ItemInexistente, PerfilDesatualizado, PerfilProprio, exigir_perfil_alheio
from perfis.dominio.registro import ultima_mudanca
from perfis.models import Perfil

MODELO = "admin/perfis/perfil/matriz.html"


class FormularioDeClone(forms.ModelForm):
    """O nome da cópia."""

    class Meta:
        model = Perfil
        fields = ["name"]


@admin.register(Perfil)
class PerfilAdmin(SoDoAdministrador, admin.ModelAdmin):
    """Perfis. A gravação é toda do domínio: esta classe só lê o formulário e mostra."""

    operacoes = ("view", "add", "change")
    secao = "parametros"
    posicao = 1
    list_display = ["name", "descricao", "ativo", "pessoas"]
    list_filter = ["ativo"]
    search_fields = ["name__icontains", "descricao__icontains"]
    ordering = ["name"]
    change_list_template = "admin/perfis/perfil/lista.html"

    def get_queryset(self, request):
        """Com quantas pessoas cada um tem."""
        return super().get_queryset(request).annotate(pessoas=Count("user"))

    @admin.display(description="pessoas")
    def pessoas(self, perfil):
        """Quantos usuários estão no perfil."""
        return perfil.pessoas

    def get_urls(self):
        """As páginas que o admin não traz."""
        pagina = self.admin_site.admin_view
        return [
            path("ver-como/", pagina(self.ver_como_view), name="perfis_perfil_ver_como"),
            path("por-que-nao/", pagina(self.por_que_nao_view), name="perfis_perfil_por_que_nao"),
            path("<int:pk>/clonar/", pagina(self.clonar_view), name="perfis_perfil_clonar"),
            *super().get_urls(),
        ]

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """A matriz. `Revisar` mostra o que mudaria; `Salvar` só grava o que foi revisado."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        perfil = self._perfil(object_id)
        atual = ler_matriz(perfil)
        if request.method != "POST":
            return self._mostrar(request, perfil, FormularioDoPerfil(instance=perfil, atual=atual))
        if perfil.pk:
            exigir_perfil_alheio(perfil, request.user)
        return self._receber(request, perfil, atual)

    def _perfil(self, object_id) -> Perfil:
        if object_id is None:
            return Perfil()
        if not object_id.isdecimal() or len(object_id) > 9:
            raise Http404
        perfil = Perfil.objects.filter(pk=object_id).first()
        if perfil is None:
            raise Http404
        return perfil

    def _receber(self, request, perfil: Perfil, atual):
        # O formulário escreve em `perfil`; o título e a diferença precisam do que está gravado.
        gravado = copy(perfil)
        form = FormularioDoPerfil(request.POST, instance=perfil, atual=atual)
        form.recusar_campos_a_mais()
        versao = perfil.versao
        if "_marcar" in request.POST:
            return self._mostrar(request, gravado, self._com_grupo_marcado(request, form, gravado, atual))
        if not form.is_valid():
            return self._mostrar(request, gravado, form, status=422)
        perfil.versao = form.cleaned_data["versao"]
        matriz = form.matriz()
        try:
            if perfil.pk and perfil.versao != versao:
                raise PerfilDesatualizado(versao, ultima_mudanca(perfil))
            frases = diferencas(perfil, matriz)
            revisado = assinatura(frases, perfil.versao)
            if "_salvar" in request.POST and request.POST.get("revisado") == revisado:
                return self._salvo(request, perfil, salvar_matriz(perfil, matriz, por=request.user))
        except PerfilDesatualizado as recusa:
            return self._atrasado(request, gravado, recusa)
        except ItemInexistente as recusa:
            form.add_error(None, f"{recusa} Recarregue a página.")
            return self._mostrar(request, gravado, form, status=409)
        except NomeRepetido as recusa:
            form.add_error("name", str(recusa))
            return self._mostrar(request, gravado, form, status=422)
        return self._mostrar(request, gravado, form, revisao={"frases": frases, "assinatura": revisado})

    def _com_grupo_marcado(self, request, form, perfil: Perfil, atual) -> FormularioDoPerfil:
        dados = request.POST.copy()
        for grupo in form.grupos():
            if grupo.codigo == dados["_marcar"]:
                dados.update({linha.caixa: "on" for linha in grupo.linhas if linha.caixa not in dados})
        return FormularioDoPerfil(dados, instance=copy(perfil), atual=atual)

    def _atrasado(self, request, perfil: Perfil, recusa: PerfilDesatualizado):
        """As marcas ficam; a pessoa revê a diferença contra o que vale agora e decide."""
        dados = request.POST.copy()
        dados["versao"] = str(recusa.versao)
        form = FormularioDoPerfil(dados, instance=copy(perfil), atual=ler_matriz(perfil))
        return self._mostrar(request, perfil, form, status=409, recusa=recusa)

    def _salvo(self, request, perfil: Perfil, frases: list[str]):
        feito = "; ".join(frases) if frases else "nada mudou"
        self.message_user(request, f"Perfil {perfil} gravado: {feito}.", messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:perfis_perfil_change", args=[perfil.pk]))

    def _mostrar(self, request, perfil: Perfil, form, *, status=200, revisao=None, recusa=None):
        contexto = self.admin_site.each_context(request) | {
            "title": f"Perfil {perfil}" if perfil.pk else "Novo perfil",
            "opts": self.opts,
            "original": perfil if perfil.pk else None,
            "form": form,
            "campos_do_perfil": [form[nome] for nome in form.Meta.fields],
            "revisao": revisao,
            "atraso": recusa and _frase_do_atraso(recusa),
            "proprio": _proprio(perfil, request.user),
            "pessoas": perfil.user_set.count() if perfil.pk else 0,
        }
        return TemplateResponse(request, MODELO, contexto, status=status)

    def clonar_view(self, request, pk: int):
        """Um perfil igual, com outro nome e sem usuários."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        original = self._perfil(str(pk))
        form = FormularioDeClone(request.POST or None)
        if form.is_valid():
            try:
                copia = clonar_perfil(original, form.cleaned_data["name"], por=request.user)
            except NomeRepetido as recusa:
                form.add_error("name", str(recusa))
            else:
                self.message_user(request, f"Perfil {copia} criado com o que {original} concede.")
                return HttpResponseRedirect(reverse("admin:perfis_perfil_change", args=[copia.pk]))
        contexto = self.admin_site.each_context(request) | {
            "title": f"Clonar {original}", "opts": self.opts, "original": original, "form": form,
        }  # fmt: skip
        status = 422 if form.is_bound else 200
        return TemplateResponse(request, "admin/perfis/perfil/clonar.html", contexto, status=status)

    def ver_como_view(self, request):
        """O que um perfil, ou a soma de vários, mostra e permite."""
        return self._explicar(request, ver_como, "Ver como perfil")

    def por_que_nao_view(self, request):
        """A regra exata que recusa um usuário."""
        return self._explicar(request, por_que_nao, "Por que não?")

    def _explicar(self, request, pagina, titulo: str):
        if not self.has_view_permission(request):
            raise PermissionDenied
        contexto = self.admin_site.each_context(request) | {"title": titulo, "opts": self.opts}
        return pagina(request, contexto)


def _proprio(perfil: Perfil, usuario) -> str:
    if not perfil.pk:
        return ""
    try:
        exigir_perfil_alheio(perfil, usuario)
    except PerfilProprio as recusa:
        return str(recusa)
    return ""


def _frase_do_atraso(recusa: PerfilDesatualizado) -> str:
    if recusa.ultima is None:
        return "Este perfil foi alterado enquanto você o editava."
    quando = f"{localtime(recusa.ultima.action_time):%d/%m/%Y às %H:%M}"
    return f"{recusa.ultima.user} alterou este perfil em {quando}: {recusa.ultima.change_message}."
