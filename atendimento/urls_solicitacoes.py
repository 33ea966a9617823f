"""Endereços das solicitações, de seus anexos, da história de um cliente e dos contatos receptivos."""

from django.urls import path, re_path

from atendimento.views import anexos, contatos, exportar, historico, menu, solicitacao

PROTOCOLO = r"(?P<protocolo>[0-9]{14})/"

urlpatterns = [
    re_path(f"^solicitacoes/{PROTOCOLO}$", solicitacao.resumo, name="resumo"),
    re_path(f"^solicitacoes/{PROTOCOLO}anexos/$", solicitacao.anexos, name="anexar"),
    path("anexos/<int:pk>/", anexos.anexo, name="anexo"),
    path("clientes/<int:pk>/solicitacoes/", historico.do_cliente, name="solicitacoes_do_cliente"),
    path("clientes/<int:pk>/historico.<slug:formato>", exportar.historico, name="historico_exportado"),
    path("clientes/<int:pk>/acoes/", menu.acoes_do_cliente, name="acoes_do_cliente"),
    path("contatos/", contatos.contatos, name="contatos"),
    re_path(f"^contatos/{PROTOCOLO}$", contatos.contato, name="contato"),
    re_path(f"^contatos/{PROTOCOLO}converter/$", contatos.converter, name="contato_converter"),
]
