"""A história do cliente: ver na tela, ou levar em CSV ou PDF."""

from urllib.parse import urlencode

from django import forms
from django.db import models
from django.urls import reverse

from atendimento.acoes.base import ACOES, Acao, Passo, Resultado
from atendimento.acoes.campos import Data
from perfis.capacidades import Capacidade


class Formato(models.TextChoices):
    """Como."""

    TELA = "tela", "Na tela"
    CSV = "csv", "Planilha (CSV)"
    PDF = "pdf", "PDF para o cliente"


class Periodo(Passo):
    """De quando a quando, e como."""

    titulo = "Histórico"
    de = Data(label="De", required=False)
    ate = Data(label="Até", required=False)
    formato = forms.ChoiceField(label="Formato", choices=Formato)

    def preparar(self):
        """Levar dados para fora pede a capacidade de exportar."""
        if not self.contexto.usuario.permissoes.tem(Capacidade.EXPORTAR):
            self.fields["formato"].choices = [(Formato.TELA.value, Formato.TELA.label)]
            self.fields[
                "formato"
            ].help_text = "Seu perfil vê na tela; exportar é de quem pode exportar dados."

    def clean(self):
        """O período em ordem."""
        dados = super().clean()
        if dados.get("de") and dados.get("ate") and dados["de"] > dados["ate"]:
            self.add_error("ate", "O fim do período vem antes do começo.")
        return dados


@ACOES.registrar
class Historico(Acao):
    """Leva à lista, ou ao arquivo, e anota que se pediu."""

    slug = "historico"
    nome = "Histórico do cliente"
    grupo = "Geral"
    alvo = "cliente"
    icone = "history"
    ordem = 25
    confirmar = "Ver histórico"
    confirmacao = False
    ajuda = (
        "Use quando o cliente pede a história de seus atendimentos, que a lei lhe garante em até 5 dias "
        "(Decreto 11.034/2022, art. 12), ou para se situar antes de responder.\n\n"
        "Pergunta o período e o formato. CSV e PDF só aparecem a quem pode exportar dados.\n\n"
        "Faz: abre a lista, ou baixa o arquivo com protocolos, datas, pedidos, soluções e os relatos que o "
        "cliente pode ler; os internos não saem. A exportação fica registrada.\n\n"
        "Diga ao cliente: que o arquivo traz todos os protocolos do período, e como vai recebê-lo."
    )
    passos = (Periodo,)

    def efetivar(self, dados):
        """O endereço do que se pediu; a página confere tudo outra vez."""
        cliente, formato = self.contexto.eixo.cliente, Formato(dados["formato"])
        periodo = {nome: dados[nome].isoformat() for nome in ("de", "ate") if dados[nome]}
        if formato == Formato.TELA:
            destino = reverse("solicitacoes_do_cliente", args=[cliente.pk])
        else:
            destino = reverse("historico_exportado", args=[cliente.pk, formato.value])
        return Resultado(
            f"Histórico do cliente: {formato.label.lower()}.",
            relato=f"Histórico do cliente consultado ({formato.label.lower()}).",
            destino=f"{destino}?{urlencode(periodo)}" if periodo else destino,
        )
