"""Widgets e usuários. As páginas do perfil e da ação, que juntam aplicativos, estão em `atendimento`."""

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse

from perfis.dominio.recusas import pode_administrar
from perfis.dominio.usuarios import (
    atribuir_perfis,
    definir_perfis,
    desativar_usuario,
    reativar_usuario,
    retirar_perfis,
)
from perfis.models import Perfil, Usuario, Widget


class SoDoAdministrador:
    """Perfis, catálogo e usuários são de quem tem a capacidade; permissão de modelo não basta."""

    def has_module_permission(self, request):
        """Se aparece no índice."""
        return pode_administrar(request.user)

    def has_view_permission(self, request, obj=None):
        """Ver."""
        return pode_administrar(request.user)

    def has_add_permission(self, request, *args):
        """Incluir."""
        return pode_administrar(request.user)

    def has_change_permission(self, request, obj=None):
        """Alterar."""
        return pode_administrar(request.user)

    def has_delete_permission(self, request, obj=None):
        """Perfis, itens do catálogo e usuários não se apagam: desativam-se, e a história fica."""
        return False


class DoCatalogo(SoDoAdministrador, admin.ModelAdmin):
    """As linhas espelham o código: aqui só se muda como se leem e em que ordem."""

    operacoes = ("view", "change")
    secao = "parametros"
    list_filter = ["ativo", "alvo", "no_codigo"]
    search_fields = ["nome__icontains", "slug__icontains"]
    ordering = ["ordem", "nome"]
    readonly_fields = ["slug", "alvo", "no_codigo"]


@admin.register(Widget)
class WidgetAdmin(DoCatalogo):
    """Widgets."""

    posicao = 3
    list_display = ["nome", "slug", "regiao", "alvo", "ordem", "ativo", "no_codigo"]
    readonly_fields = ["slug", "alvo", "regiao", "no_codigo"]
    fields = ["nome", "icone", "ajuda", "ordem", "ativo", "slug", "alvo", "regiao", "no_codigo"]


class EscolhaDePerfis(forms.ModelMultipleChoiceField):
    """Perfis, um por caixa."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        super().__init__(Perfil.objects.order_by("name"), **kwargs)

    def label_from_instance(self, perfil):
        """O nome, e se está inativo."""
        return str(perfil) if perfil.ativo else f"{perfil} (inativo)"


class FormularioDoUsuario(UserChangeForm):
    """O usuário e seus perfis. A senha só se vê que existe: troca-se em página própria."""

    perfis = EscolhaDePerfis(required=False, label="perfis")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk and "perfis" in self.fields:
            self.fields["perfis"].initial = Perfil.objects.filter(user=self.instance)


class FormularioDeVarios(forms.Form):
    """Que perfis dar aos selecionados, ou tirar deles."""

    perfis = EscolhaDePerfis(label="perfis")


@admin.register(Usuario)
class UsuarioAdmin(SoDoAdministrador, UserAdmin):
    """Usuários. O que podem vem dos perfis; não há permissão individual nem superusuário por aqui."""

    secao = "usuarios"
    operacoes = ("view", "add", "change")
    form = FormularioDoUsuario
    list_display = ["username", "nome_completo", "is_active", "is_staff", "last_login"]
    list_filter = ["is_active", "is_staff", "groups"]
    search_fields = ["username__startswith", "first_name__istartswith", "last_name__istartswith"]
    search_help_text = "Começo do usuário, do nome ou do sobrenome."
    filter_horizontal = ()
    ordering = ["username"]
    actions = ["dar_perfis", "tirar_perfis", "desativar", "reativar"]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        ("Pessoa", {"fields": ["first_name", "last_name", "email"]}),
        ("Acesso", {"fields": ["is_active", "is_staff", "perfis"]}),
        ("Datas", {"fields": ["last_login", "date_joined"]}),
    ]
    readonly_fields = ["last_login", "date_joined"]

    @admin.display(description="nome")
    def nome_completo(self, usuario):
        """Nome e sobrenome."""
        return usuario.get_full_name()

    def get_fieldsets(self, request, obj=None):
        """Da própria conta, o acesso só se vê."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or obj.pk != request.user.pk:
            return fieldsets
        return [
            (nome, {"fields": ["is_active", "is_staff", "perfis_do_usuario"]} if nome == "Acesso" else opcoes)
            for nome, opcoes in fieldsets
        ]

    def get_readonly_fields(self, request, obj=None):
        """Ninguém muda o próprio acesso."""
        if obj is not None and obj.pk == request.user.pk:
            return [*self.readonly_fields, "is_active", "is_staff", "perfis_do_usuario"]
        return self.readonly_fields

    @admin.display(description="perfis")
    def perfis_do_usuario(self, usuario):
        """Os nomes."""
        return ", ".join(usuario.groups.order_by("name").values_list("name", flat=True)) or "–"

    def has_change_permission(self, request, obj=None):
        """Trocar a senha de um superusuário seria tornar-se um."""
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def get_form(self, request, obj=None, change=False, **kwargs):
        """Na própria conta não há o campo dos perfis, nem para um POST forjado."""
        form = super().get_form(request, obj, change=change, **kwargs)
        if obj is not None and obj.pk == request.user.pk:
            return type(form.__name__, (form,), {"perfis": None})
        return form

    def save_related(self, request, form, formsets, change):
        """Os perfis se gravam pelo domínio, que os registra e recusa os próprios."""
        super().save_related(request, form, formsets, change)
        if "perfis" in form.cleaned_data:
            definir_perfis(form.instance, form.cleaned_data["perfis"], por=request.user)

    @admin.action(description="Dar perfis aos selecionados")
    def dar_perfis(self, request, queryset):
        """Vários de uma vez."""
        return self._mudar_varios(request, queryset, "dar_perfis", "Dar perfis", atribuir_perfis)

    @admin.action(description="Tirar perfis dos selecionados")
    def tirar_perfis(self, request, queryset):
        """Vários de uma vez."""
        return self._mudar_varios(request, queryset, "tirar_perfis", "Tirar perfis", retirar_perfis)

    @admin.action(description="Desativar as contas selecionadas")
    def desativar(self, request, queryset):
        """As sessões abertas caem no pedido seguinte."""
        self._ligar_varios(request, queryset, desativar_usuario, "desativada")

    @admin.action(description="Reativar as contas selecionadas")
    def reativar(self, request, queryset):
        """Com os perfis que tinham."""
        self._ligar_varios(request, queryset, reativar_usuario, "reativada")

    def _ligar_varios(self, request, queryset, mudar, feito: str):
        try:
            with transaction.atomic():
                total = sum(mudar(usuario, por=request.user) for usuario in queryset)
        except PermissionDenied as recusa:
            self.message_user(request, str(recusa), messages.ERROR)
        else:
            plural = "" if total == 1 else "s"
            self.message_user(request, f"{total} conta{plural} {feito}{plural}.")

    def _mudar_varios(self, request, queryset, acao, titulo, mudar):
        form = FormularioDeVarios(request.POST if "confirmar" in request.POST else None)
        if form.is_valid():
            try:
                total = mudar(queryset, form.cleaned_data["perfis"], por=request.user)
            except PermissionDenied as recusa:
                self.message_user(request, str(recusa), messages.ERROR)
            else:
                self.message_user(request, f"{titulo}: {total} mudança{'' if total == 1 else 's'}.")
            return HttpResponseRedirect(request.get_full_path())
        contexto = self.admin_site.each_context(request) | {
            "title": titulo, "form": form, "acao": acao, "usuarios": queryset, "opts": self.opts,
        }  # fmt: skip
        return TemplateResponse(request, "admin/perfis/usuario/varios.html", contexto)
