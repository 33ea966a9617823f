"""Cadastro de clientes, contatos, endereços e alertas."""

from django.contrib import admin

from clientes import documentos, emails, telefones
from clientes.enums import TipoDeContato
from clientes.models import Alerta, Cliente, Contato, Endereco
from clientes.nomes import por_nome


def valor_mascarado(contato: Contato) -> str:
    """O telefone ou o e-mail sem o que identifica."""
    mascarar = telefones.mascarar if contato.tipo == TipoDeContato.TELEFONE else emails.mascarar
    return mascarar(contato.valor)


def ve_valor(tipo: str, usuario) -> bool:
    """Se o perfil de `usuario` vê sem máscara contatos do tipo."""
    return usuario.permissoes.tem("ver_telefone" if tipo == TipoDeContato.TELEFONE else "ver_email")


class DoCliente(admin.ModelAdmin):
    """O que pende de um cliente: vê-se e busca-se por ele."""

    autocomplete_fields = ["cliente"]
    list_select_related = ["cliente"]
    search_fields = ["cliente__nome_busca"]
    search_help_text = "Nome do cliente."
    ordering = ["-id"]

    def no_escopo(self, queryset, usuario):
        """Só o que é de clientes visíveis."""
        return queryset.filter(cliente__in=Cliente.objects.visiveis_para(usuario).order_by().values("pk"))

    def get_search_results(self, request, queryset, search_term):
        """Pelo nome do cliente."""
        return (por_nome(queryset, search_term, "cliente__nome_busca") if search_term else queryset), False

    def cliente_de(self, objeto):
        """De quem é o dado."""
        return objeto.cliente_id


class ContatosDoCliente(admin.TabularInline):
    """Os contatos que já existem, mascarados."""

    model = Contato
    fields = readonly_fields = [
        "tipo",
        "valor_mascarado",
        "descricao",
        "principal",
        "whatsapp",
        "confirmado_em",
    ]
    verbose_name_plural = "contatos"
    extra = 0
    can_delete = False
    show_change_link = True

    def has_add_permission(self, request, obj=None):
        """Incluir é na parte de baixo."""
        return False

    def has_change_permission(self, request, obj=None):
        """Alterar é na página do contato."""
        return False

    @admin.display(description="valor")
    def valor_mascarado(self, contato):
        """Telefone ou e-mail; inteiro, só na página do contato e a quem o perfil deixa."""
        return valor_mascarado(contato)


class NovosContatos(admin.TabularInline):
    """Contatos a incluir."""

    model = Contato
    fields = ["tipo", "valor", "descricao", "principal", "whatsapp"]
    verbose_name_plural = "novos contatos"
    extra = 1
    can_delete = False

    def get_queryset(self, request):
        """Nenhum dos que existem."""
        return super().get_queryset(request).none()


class EnderecosDoCliente(admin.StackedInline):
    """Endereços do cliente."""

    model = Endereco
    extra = 0
    can_delete = False
    exclude = ["codigo_externo"]


@admin.register(Cliente)
class ClienteAdmin(admin.ModelAdmin):
    """Clientes. Não se apagam: a retenção é por lei."""

    operacoes = ("view", "add", "change")
    posicao = 10
    list_display = ["nome_exibido", "tipo", "documento_mascarado", "criado_em"]
    list_filter = ["tipo"]
    search_fields = ["nome_busca"]
    search_help_text = (
        "Nome, sem acentos e com as palavras em qualquer ordem. Documento, só na busca do console."
    )
    ordering = ["nome_ordem", "id"]
    readonly_fields = ["documento_mascarado", "codigo_externo", "criado_em", "atualizado_em"]
    inlines = [ContatosDoCliente, NovosContatos, EnderecosDoCliente]

    def get_fields(self, request, obj=None):
        """O documento só se altera por quem o vê sem máscara."""
        campos = [
            "tipo",
            "nome",
            "nome_social",
            "nome_fantasia",
            "documento",
            "nascimento",
            "segmento",
            "observacao",
        ]
        if obj is None:
            return campos
        if not request.user.permissoes.tem("ver_documento"):
            campos[campos.index("documento")] = "documento_mascarado"
        return [*campos, "codigo_externo", "criado_em", "atualizado_em"]

    def get_readonly_fields(self, request, obj=None):
        """Trocar o tipo sem ver o documento deixaria um documento de outro tipo."""
        fixos = super().get_readonly_fields(request, obj)
        return fixos if obj is None or request.user.permissoes.tem("ver_documento") else ["tipo", *fixos]

    def get_inlines(self, request, obj):
        """Um cliente novo ainda não tem contatos a mostrar."""
        return self.inlines if obj else self.inlines[1:]

    def get_search_results(self, request, queryset, search_term):
        """Pelo nome. Um algarismo não é nome de ninguém, e pode ser um documento."""
        if any(c.isdigit() for c in search_term):
            return queryset.none(), False
        return (por_nome(queryset, search_term) if search_term else queryset), False

    def cliente_de(self, objeto):
        """De quem é o dado."""
        return objeto.pk

    @admin.display(description="nome", ordering="nome_ordem")
    def nome_exibido(self, cliente):
        """O nome social quando há."""
        return cliente.nome_exibido

    @admin.display(description="documento")
    def documento_mascarado(self, cliente):
        """Sempre mascarado: quem precisa do número inteiro o revela no console, com registro."""
        return documentos.mascarar(cliente.documento) if cliente.documento else "–"


@admin.register(Contato)
class ContatoAdmin(DoCliente):
    """Telefones e e-mails."""

    posicao = 11
    list_display = ["cliente", "tipo", "descricao", "principal", "confirmado_em"]
    list_filter = ["tipo", "principal"]

    def get_fields(self, request, obj=None):
        """O valor só aparece a quem o vê sem máscara no console; a outro, mascarado e fixo."""
        valor = "valor" if obj is None or ve_valor(obj.tipo, request.user) else "valor_mascarado"
        return ["cliente", "tipo", valor, "descricao", "principal", "whatsapp", "confirmado_em"]

    def get_readonly_fields(self, request, obj=None):
        """Trocar o tipo sem ver o valor deixaria um valor de outro tipo."""
        return ["cliente", "tipo", "valor_mascarado"] if obj else []

    @admin.display(description="valor")
    def valor_mascarado(self, contato):
        """Sem o que identifica."""
        return valor_mascarado(contato)


@admin.register(Endereco)
class EnderecoAdmin(DoCliente):
    """Endereços."""

    operacoes = ("view", "add", "change")
    posicao = 12
    list_display = ["cliente", "logradouro", "numero", "bairro", "cidade", "uf", "principal"]
    list_filter = ["principal"]
    readonly_fields = ["codigo_externo"]


@admin.register(Alerta)
class AlertaAdmin(DoCliente):
    """Avisos fixados no painel."""

    posicao = 13
    list_display = ["cliente", "texto", "gravidade", "valido_ate", "criado_por"]
    list_select_related = ["cliente", "criado_por"]
    list_filter = ["gravidade"]
    fields = ["cliente", "texto", "gravidade", "valido_ate", "criado_em", "criado_por"]
    readonly_fields = ["criado_em", "criado_por"]

    def save_model(self, request, obj, form, change):
        """Anota quem fixou o aviso."""
        if not change:
            obj.criado_por = request.user
        super().save_model(request, obj, form, change)
