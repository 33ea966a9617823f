"""As palavras das mensagens, que se mudam, e a caixa de saída, que só se vê."""

from django.contrib import admin
from django.utils.html import format_html_join

from atendimento.admin.cadastros import Cadastro
from atendimento.integracoes.mensagens import simulado
from atendimento.models import Mensagem, ModeloDeMensagem
from atendimento.tipos_de_mensagem import TIPOS_DE_MENSAGEM


@admin.register(ModeloDeMensagem)
class ModeloDeMensagemAdmin(Cadastro):
    """As palavras de cada mensagem em cada canal."""

    operacoes = ("view", "change")
    posicao = 36
    list_display = ["__str__", "codigo", "canal"]
    list_filter = ["canal"]
    search_fields = ["codigo__startswith"]
    search_help_text = "Começo do código."
    readonly_fields = ["codigo", "canal", "variaveis"]
    fields = ["codigo", "canal", "assunto", "texto", "variaveis"]

    @admin.display(description="variáveis que se podem usar")
    def variaveis(self, modelo):
        """Cada uma com o que diz, e as que não podem faltar."""
        tipo = TIPOS_DE_MENSAGEM.get(modelo.codigo)
        linhas = [
            (f"{{{nome}}}", explicacao, " (obrigatória)" if nome in tipo.obrigatorias else "")
            for nome, explicacao in (tipo.permitidas if tipo else {}).items()
        ]
        return format_html_join("\n", "<p><code>{}</code> {}{}</p>", linhas)


@admin.register(Mensagem)
class MensagemAdmin(admin.ModelAdmin):
    """O que saiu, para quem (mascarado) e com que resultado."""

    operacoes = ("view",)
    secao = "registros"
    posicao = 3
    list_display = ["criada_em", "tipo", "canal", "destino_mascarado", "situacao_exibida", "solicitacao"]
    list_filter = ["situacao", "canal"]
    list_select_related = ["solicitacao"]
    fields = [
        "criada_em", "criada_por", "cliente", "solicitacao", "contrato", "tipo", "canal", "destino_mascarado",
        "situacao_exibida", "entregue_em", "tentativas", "proxima_em", "falha",
    ]  # fmt: skip

    @admin.display(description="destino")
    def destino_mascarado(self, mensagem):
        """O contato, sem mostrar o dado."""
        return mensagem.destino_mascarado or "–"

    @admin.display(description="situação")
    def situacao_exibida(self, mensagem):
        """A situação; na fila de um canal simulado, que ela será fingida."""
        fingida = mensagem.situacao == "na_fila" and simulado(mensagem.canal)
        return f"{mensagem.get_situacao_display()}{' (canal simulado)' if fingida else ''}"
