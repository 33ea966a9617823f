"""Entrar, sair e cuidar da própria conta: só as páginas do allauth que o console usa.

`include("allauth.urls")` abriria também cadastro, e-mails e recuperação de senha. Os nomes de rota são
os que o allauth procura.
"""

from functools import wraps

from allauth.account import views as conta_do_allauth
from allauth.mfa.base import views as dois_fatores
from allauth.mfa.recovery_codes import views as codigos
from allauth.mfa.totp import views as totp
from django.urls import path
from django.views.generic import RedirectView

from atendimento.acesso import autenticado, publico
from atendimento.views import conta


def _formulario(view):
    """422 quando o formulário volta com erros: o allauth responde 200, que diria que deu certo."""

    @wraps(view)
    def conferir(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        if request.method == "POST" and response.status_code == 200:
            response.status_code = 422
        return response

    return conferir


urlpatterns = [
    path("entrar/", publico(_formulario(conta_do_allauth.login)), name="account_login"),
    path("entrar/codigo/", publico(_formulario(dois_fatores.authenticate)), name="mfa_authenticate"),
    path("entrar/desativado/", publico(conta_do_allauth.account_inactive), name="account_inactive"),
    path("sair/", publico(conta_do_allauth.logout), name="account_logout"),
    path("conta/", conta.conta, name="conta"),
    path("conta/tema/", conta.tema, name="tema"),
    path(
        "conta/senha/",
        autenticado(_formulario(conta_do_allauth.password_change)),
        name="account_change_password",
    ),
    path(
        "conta/confirmar/",
        autenticado(_formulario(conta_do_allauth.reauthenticate)),
        name="account_reauthenticate",
    ),
    path(
        "conta/confirmar/codigo/",
        autenticado(_formulario(dois_fatores.reauthenticate)),
        name="mfa_reauthenticate",
    ),
    path("conta/dois-fatores/", autenticado(dois_fatores.index), name="mfa_index"),
    path(
        "conta/dois-fatores/ligar/",
        autenticado(_formulario(totp.activate_totp)),
        name="mfa_activate_totp",
    ),
    path(
        "conta/dois-fatores/desligar/",
        autenticado(_formulario(totp.deactivate_totp)),
        name="mfa_deactivate_totp",
    ),
    path(
        "conta/dois-fatores/codigos/",
        autenticado(codigos.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "conta/dois-fatores/codigos/gerar/",
        autenticado(_formulario(codigos.generate_recovery_codes)),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "conta/dois-fatores/codigos/baixar/",
        autenticado(codigos.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    # As portas próprias do admin dão para as do console. Vêm antes de `admin.site.urls`.
    path("admin/login/", conta.entrar_no_admin, name="entrar_no_admin"),
    path(
        "admin/password_change/",
        autenticado(RedirectView.as_view(pattern_name="account_change_password")),
        name="trocar_senha_no_admin",
    ),
]
