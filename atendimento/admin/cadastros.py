"""Os cadastros do atendimento: equipes, motivos, tipos, prazos, calendários e soluções.

Nada aqui se apaga, porque a história das solicitações aponta para tudo: desativa-se.
"""

from django.contrib import admin

from atendimento.models import (
    Artigo,
    Calendario,
    Equipe,
    ExcecaoDoCalendario,
    ItemDeCatalogo,
    Massiva,
    MembroDaEquipe,
    Motivo,
    Prazo,
    Solucao,
    TipoDeSolicitacao,
    Turno,
    TurnoDeCampo,
)


class Cadastro(admin.ModelAdmin):
    """O que estas páginas têm em comum."""

    operacoes = ("view", "add", "change")
    secao = "parametros"
    search_fields = ["nome"]
    search_help_text = "Parte do nome."


class MembrosDaEquipe(admin.TabularInline):
    """Quem está na equipe."""

    model = MembroDaEquipe
    extra = 0
    autocomplete_fields = ["usuario"]


class TurnosDeCampo(admin.TabularInline):
    """Quantas visitas a equipe faz por período."""

    model = TurnoDeCampo
    extra = 0
    can_delete = False


@admin.register(Equipe)
class EquipeAdmin(Cadastro):
    """Equipes, seus membros e a quem cada uma encaminha."""

    posicao = 30
    list_display = ["nome", "calendario", "ativa"]
    list_filter = ["ativa"]
    list_select_related = ["calendario"]
    prepopulated_fields = {"slug": ["nome"]}
    filter_horizontal = ["encaminha_para"]
    readonly_fields = ["demo"]
    inlines = [MembrosDaEquipe, TurnosDeCampo]


@admin.register(Motivo)
class MotivoAdmin(Cadastro):
    """Motivos de cada operação e o que cada um exige."""

    posicao = 32
    list_display = ["nome", "tipo", "congela_prazo", "minutos_maximos", "ordem", "ativo"]
    list_filter = ["tipo", "ativo"]


class CatalogoDoTipo(admin.TabularInline):
    """Os itens de catálogo do tipo."""

    model = ItemDeCatalogo
    extra = 0

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """O item pai é um do mesmo tipo."""
        if db_field.name == "pai":
            kwargs["queryset"] = ItemDeCatalogo.objects.filter(
                tipo=request.resolver_match.kwargs.get("object_id")
            )
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(TipoDeSolicitacao)
class TipoDeSolicitacaoAdmin(Cadastro):
    """Tipos e o que regem: contrato bloqueado, espécie, prazos, equipe, catálogo."""

    posicao = 31
    list_display = ["nome", "especie", "permite_contrato_bloqueado", "prazo_padrao", "equipe_padrao", "ativo"]
    list_filter = ["especie", "permite_contrato_bloqueado", "ativo"]
    list_select_related = ["prazo_padrao", "equipe_padrao"]
    prepopulated_fields = {"codigo": ["nome"]}
    inlines = [CatalogoDoTipo]


@admin.register(Prazo)
class PrazoAdmin(Cadastro):
    """Prazos de atendimento (SLA)."""

    posicao = 33
    list_display = ["nome", "horas", "calendario", "manual", "padrao", "ativo"]
    list_filter = ["ativo"]
    list_select_related = ["calendario"]


class TurnosDoCalendario(admin.TabularInline):
    """O expediente de cada dia da semana."""

    model = Turno
    extra = 0


class ExcecoesDoCalendario(admin.TabularInline):
    """Dias fora da regra."""

    model = ExcecaoDoCalendario
    extra = 0


@admin.register(Calendario)
class CalendarioAdmin(Cadastro):
    """Calendários: expediente partido, feriados e exceções."""

    posicao = 34
    list_display = ["nome", "sempre", "uf", "ativo"]
    list_filter = ["ativo"]
    inlines = [TurnosDoCalendario, ExcecoesDoCalendario]


@admin.register(Solucao)
class SolucaoAdmin(Cadastro):
    """Soluções com que se encerra."""

    posicao = 35
    list_display = ["nome", "ordem", "ativo"]
    list_filter = ["ativo"]


@admin.register(Artigo)
class ArtigoAdmin(Cadastro):
    """Artigos da base de conhecimento e roteiros da conversa."""

    posicao = 36
    list_display = ["titulo", "uso", "tipo", "ordem", "ativo"]
    list_filter = ["uso", "ativo", "tipo"]
    list_select_related = ["tipo"]
    search_fields = ["titulo"]
    search_help_text = "Parte do título."


@admin.register(Massiva)
class MassivaAdmin(Cadastro):
    """Massivas, só para ler: abrem-se, decidem-se e encerram-se na supervisão."""

    operacoes = ("view",)
    secao = "registros"
    posicao = 3
    list_display = ["titulo", "escopo", "onde", "situacao", "inicio", "previsao", "fim"]
    list_filter = ["situacao", "escopo"]
    list_select_related = ["ponto_de_acesso", "olt", "splitter"]
    search_fields = ["titulo"]
    search_help_text = "Parte do título."
