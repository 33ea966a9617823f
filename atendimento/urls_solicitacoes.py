"""Endereços das solicitações, de seus anexos e da história de um cliente."""

from django.urls import path, re_path

from atendimento.views import anexos, historico, solicitacao

PROTOCOLO = r"^solicitacoes/(?P<protocolo>[0-9]{14})/"

urlpatterns = [
    re_path(PROTOCOLO + "$", solicitacao.resumo, name="resumo"),
    re_path(PROTOCOLO + "anexos/$", solicitacao.anexos, name="anexar"),
    path("anexos/<int:pk>/", anexos.anexo, name="anexo"),
    path("clientes/<int:pk>/solicitacoes/", historico.do_cliente, name="solicitacoes_do_cliente"),
]
