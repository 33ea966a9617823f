"""Quem viu e quem mudou o quê: só leitura."""

from django.contrib import admin
from django.contrib.admin.models import LogEntry

from atendimento.models import AcessoADado
from clientes.models import Cliente
from clientes.nomes import por_nome


@admin.register(AcessoADado)
class AcessoAdmin(admin.ModelAdmin):
    """Acessos a dados pessoais."""

    operacoes = ("view",)
    secao = "registros"
    posicao = 1
    list_display = ["ocorrido_em", "usuario", "tipo", "cliente", "campo", "protocolo"]
    list_filter = ["tipo"]
    list_select_related = ["usuario", "cliente"]
    search_fields = ["cliente__nome_busca"]
    search_help_text = "Nome do cliente."

    def no_escopo(self, queryset, usuario):
        """Os de clientes que o usuário vê."""
        return queryset.filter(cliente__in=Cliente.objects.visiveis_para(usuario).order_by().values("pk"))

    def get_search_results(self, request, queryset, search_term):
        """Pelo nome do cliente."""
        return (por_nome(queryset, search_term, "cliente__nome_busca") if search_term else queryset), False


@admin.register(LogEntry)
class MudancaAdmin(admin.ModelAdmin):
    """O que se mudou neste admin. De um cadastro só se diz a linha: o nome pode ser alheio."""

    operacoes = ("view",)
    secao = "registros"
    posicao = 2
    list_display = ["action_time", "user", "content_type", "objeto", "o_que_mudou"]
    list_filter = ["action_flag"]
    list_select_related = ["user", "content_type"]
    fields = ["action_time", "user", "content_type", "objeto", "o_que_mudou"]
    ordering = ["-action_time", "-pk"]

    def get_object(self, request, object_id, from_field=None):
        """O registro sem o nome do cadastro, que o título da página diria."""
        registro = super().get_object(request, object_id, from_field)
        if registro is not None and not _de_perfis(registro):
            registro.object_repr = registro.object_id
        return registro

    @admin.display(description="objeto")
    def objeto(self, registro):
        """O nome de um perfil ou usuário; de outro cadastro, o número da linha."""
        return registro.object_repr if _de_perfis(registro) else registro.object_id

    @admin.display(description="o que mudou")
    def o_que_mudou(self, registro):
        """A frase do registro; de um cadastro, só a espécie de mudança."""
        return registro.get_change_message() if _de_perfis(registro) else registro.get_action_flag_display()


def _de_perfis(registro: LogEntry) -> bool:
    return registro.content_type is not None and registro.content_type.app_label == "perfis"
