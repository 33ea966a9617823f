"""Endereços do console; os nomes e caminhos são um contrato com quem integra."""

from django.contrib import admin
from django.urls import include, path

from atendimento.views import (
    ajuda,
    arranjo,
    busca,
    cliente,
    faturas,
    filas,
    inicio,
    massivas,
    presenca,
    rascunhos,
    rede,
    redistribuir,
    revelar,
    saude,
    supervisao,
    widgets,
)

urlpatterns = [
    path("", inicio.inicio, name="inicio"),
    path("busca/", busca.busca, name="busca"),
    path("filas/", filas.filas, name="filas"),
    path("filas/<slug:equipe>/", filas.filas, name="fila"),
    path("supervisao/", supervisao.supervisao, name="supervisao"),
    path("supervisao/redistribuir/", redistribuir.redistribuir, name="redistribuir"),
    path("supervisao/massivas/", massivas.massivas, name="massivas"),
    path("supervisao/massivas/<int:pk>/", massivas.massiva, name="massiva"),
    path("presenca/", presenca.no_console, name="presenca"),
    path("presenca/<int:pk>/", presenca.na_solicitacao, name="presenca_na_solicitacao"),
    path("rascunhos/<slug:chave>/", rascunhos.salvar, name="rascunho"),
    path("rascunhos/<slug:chave>/apagar/", rascunhos.apagar, name="rascunho_apagar"),
    path("painel/arranjo/", arranjo.arranjo, name="arranjo"),
    path("clientes/<int:pk>/", cliente.cliente, name="cliente"),
    path("contratos/<int:pk>/<slug:aba>/", cliente.contrato, name="contrato"),
    path("faturas/<int:pk>/boleto.pdf", faturas.boleto, name="fatura_boleto"),
    path("faturas/<int:pk>/pix.svg", faturas.pix_svg, name="fatura_pix"),
    path("widgets/<slug:slug>/<slug:alvo>/<int:pk>/", widgets.widget, name="widget"),
    path("leituras/<slug:slug>/<int:pk>/", rede.leitura, name="leitura"),
    path("revelar/<slug:alvo>/<int:pk>/<slug:campo>/", revelar.revelar, name="revelar"),
    path("ajuda/", ajuda.indice, name="ajuda"),
    path("ajuda/widgets/<slug:slug>/", ajuda.widget, name="ajuda_widget"),
    path("ajuda/acoes/<slug:slug>/", ajuda.acao, name="ajuda_acao"),
    path("ajuda/<slug:slug>/", ajuda.pagina, name="ajuda_pagina"),
    path("", include("atendimento.urls_acoes")),
    path("", include("atendimento.urls_solicitacoes")),
    path("saude/", saude.saude, name="saude"),
    path("", include("atendimento.urls_conta")),
    path("admin/", admin.site.urls),
]

handler400 = "atendimento.views.erros.pedido_invalido"
handler403 = "atendimento.views.erros.permissao_negada"
handler404 = "atendimento.views.erros.nao_encontrado"
handler500 = "atendimento.views.erros.falha_interna"
