"""Endereços das ações, das execuções e das aprovações."""

from django.urls import path

from atendimento.views import acoes, aprovacoes

urlpatterns = [
    path("acoes/<slug:slug>/<slug:alvo>/<int:pk>/", acoes.acao, name="acao"),
    path("execucoes/<uuid:chave>/", acoes.execucao, name="execucao"),
    path("execucoes/<uuid:chave>/passos/<int:numero>/", acoes.passo, name="execucao_passo"),
    path("execucoes/<uuid:chave>/previa/", acoes.previa, name="execucao_previa"),
    path("execucoes/<uuid:chave>/concluir/", acoes.concluir, name="execucao_concluir"),
    path("execucoes/<uuid:chave>/cancelar/", acoes.cancelar, name="execucao_cancelar"),
    path("execucoes/<uuid:chave>/retomar/", acoes.retomar, name="execucao_retomar"),
    path("aprovacoes/", aprovacoes.aprovacoes, name="aprovacoes"),
    path("aprovacoes/<int:pk>/decidir/", aprovacoes.decidir, name="aprovacao_decidir"),
]
