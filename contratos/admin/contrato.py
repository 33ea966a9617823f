"""Empresas, planos, contratos, etiquetas, serviços, equipamentos e eventos."""

from django.contrib import admin

from clientes.nomes import por_nome
from contratos.models import (
    Contrato,
    Empresa,
    Equipamento,
    Etiqueta,
    EventoDeContrato,
    Plano,
    ServicoContratado,
    TipoDeEvento,
)


class DoContrato(admin.ModelAdmin):
    """O que pende de um contrato: vê-se pelo escopo dele e busca-se por seu número."""

    ate_o_contrato = "contrato"
    ordering = ["-id"]
    search_help_text = "Começo do número do contrato."

    def get_autocomplete_fields(self, request):
        """Contratos, etiquetas e endereços são milhões: escolhem-se digitando."""
        grandes = {"cliente", "contrato", "etiqueta", "servico", "endereco"}
        return [campo.name for campo in self.model._meta.fields if campo.name in grandes]

    def no_escopo(self, queryset, usuario):
        """Só o que é de contratos das empresas do usuário."""
        empresas = usuario.objetos_permitidos("contratos.atender_empresa")
        return queryset.filter(**{f"{self.ate_o_contrato}__empresa_id__in": empresas})

    def get_search_fields(self, request):
        """Pelo número do contrato."""
        return [f"{self.ate_o_contrato}__numero__startswith"]


@admin.register(Empresa)
class EmpresaAdmin(admin.ModelAdmin):
    """Empresas do provedor. Quem as atende é o perfil que diz."""

    operacoes = ("view", "add", "change")
    posicao = 20
    list_display = ["nome", "razao_social", "ativa"]
    list_filter = ["ativa"]
    search_fields = ["nome__icontains"]
    fields = [
        "nome", "razao_social", "cnpj", "ativa", "pix_chave", "pix_nome", "pix_cidade", "codigo_externo",
    ]  # fmt: skip
    readonly_fields = ["codigo_externo"]

    def no_escopo(self, queryset, usuario):
        """Todas: o nome de uma filial não é segredo, e quem a cria precisa vê-la."""
        return queryset


@admin.register(Plano)
class PlanoAdmin(admin.ModelAdmin):
    """O que o provedor vende."""

    operacoes = ("view", "add", "change")
    posicao = 21
    list_display = ["codigo", "nome", "tipo", "download_mbps", "valor", "ativo"]
    list_filter = ["tipo", "ativo"]
    search_fields = ["codigo__startswith", "nome__icontains"]


class EtiquetasDoContrato(admin.TabularInline):
    """As etiquetas: um contrato ativo precisa de ao menos uma ativa."""

    model = Etiqueta
    fields = ["codigo", "descricao", "ativa", "endereco"]
    autocomplete_fields = ["endereco"]
    extra = 0
    can_delete = False
    show_change_link = True

    def get_extra(self, request, obj=None, **kwargs):
        """O contrato novo nasce com a sua."""
        return 0 if obj else 1


@admin.register(Contrato)
class ContratoAdmin(admin.ModelAdmin):
    """Contratos. A situação só muda pelas ações, que deixam evento e protocolo."""

    operacoes = ("view", "add", "change")
    posicao = 22
    list_display = ["numero", "cliente", "empresa", "situacao", "estagio", "valor", "dia_vencimento"]
    list_filter = ["situacao", "estagio", "empresa"]
    list_select_related = ["cliente", "empresa"]
    search_fields = ["numero__startswith"]
    search_help_text = "Começo do número do contrato ou nome do cliente."
    ordering = ["-id"]
    autocomplete_fields = ["cliente", "endereco"]
    inlines = [EtiquetasDoContrato]
    exclude = ["demo", "versao"]
    readonly_fields = ["codigo_externo", "criado_em", "atualizado_em"]

    def get_readonly_fields(self, request, obj=None):
        """Depois de criado, o contrato não troca de cliente, de empresa nem de situação por aqui."""
        fixos = [*self.readonly_fields]
        return (
            [*fixos, "numero", "cliente", "empresa", "situacao", "estagio", "cancelado_em"] if obj else fixos
        )

    def get_search_results(self, request, queryset, search_term):
        """Um termo com algarismo é número de contrato; sem, é nome de cliente."""
        if not search_term or any(c.isdigit() for c in search_term):
            return super().get_search_results(request, queryset, search_term)
        return por_nome(queryset, search_term, "cliente__nome_busca"), False


@admin.register(Etiqueta)
class EtiquetaAdmin(admin.ModelAdmin):
    """Etiquetas de serviço."""

    operacoes = ("view", "add", "change")
    posicao = 23
    list_display = ["codigo", "descricao", "contrato", "ativa"]
    list_filter = ["ativa", "empresa"]
    list_select_related = ["contrato"]
    search_fields = ["codigo__startswith"]
    search_help_text = "Começo do código, em maiúsculas."
    ordering = ["-id"]
    autocomplete_fields = ["contrato", "endereco"]
    readonly_fields = ["codigo_externo"]

    def get_readonly_fields(self, request, obj=None):
        """A etiqueta não troca de contrato por aqui."""
        return [*self.readonly_fields, "contrato"] if obj else self.readonly_fields


@admin.register(ServicoContratado)
class ServicoAdmin(DoContrato):
    """Itens dos contratos."""

    operacoes = ("view", "add", "change")
    posicao = 24
    list_display = ["codigo", "descricao", "contrato", "quantidade", "valor", "inicio", "fim"]
    list_select_related = ["contrato"]
    readonly_fields = ["codigo_externo"]


@admin.register(Equipamento)
class EquipamentoAdmin(DoContrato):
    """Comodatos."""

    ate_o_contrato = "etiqueta"
    operacoes = ("view", "add", "change")
    posicao = 26
    list_display = ["modelo", "tipo", "patrimonio", "serial", "etiqueta", "entregue_em", "devolvido_em"]
    list_filter = ["tipo"]
    list_select_related = ["etiqueta"]
    search_help_text = "Código da etiqueta."
    readonly_fields = ["codigo_externo"]

    def get_search_fields(self, request):
        """Pelo código da etiqueta."""
        return ["etiqueta__codigo__startswith"]


@admin.register(TipoDeEvento)
class TipoDeEventoAdmin(admin.ModelAdmin):
    """Nomes dos tipos de evento; as regras usam o objetivo."""

    operacoes = ("view", "add", "change")
    posicao = 27
    list_display = ["nome", "objetivo"]
    list_filter = ["objetivo"]
    search_fields = ["nome__icontains"]

    def get_readonly_fields(self, request, obj=None):
        """As regras citam o código e o objetivo dos que já existem."""
        return ["codigo", "objetivo"] if obj else []


@admin.register(EventoDeContrato)
class EventoAdmin(DoContrato):
    """Só leitura: um evento não se altera nem se apaga."""

    operacoes = ("view",)
    secao = "registros"
    posicao = 10
    list_display = ["ocorrido_em", "contrato", "tipo", "descricao", "usuario", "protocolo"]
    list_select_related = ["contrato", "tipo", "usuario"]
