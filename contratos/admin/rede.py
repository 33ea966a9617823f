"""Conexões e a rede até a casa do cliente."""

from django import forms
from django.contrib import admin

from contratos.admin.contrato import DoContrato
from contratos.cifra import cifrar
from contratos.models import Concentrador, Condominio, Conexao, Olt, PontoDeAcesso, Splitter


def campo_de_segredo(rotulo: str, minimo: int, maximo: int) -> forms.CharField:
    """Um campo que só recebe: nada do que está gravado chega à página."""
    return forms.CharField(
        label=rotulo,
        required=False,
        strip=False,
        min_length=minimo,
        max_length=maximo,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Fica cifrado. Em branco, continua o que está gravado.",
    )


class FormularioComSegredos(forms.ModelForm):
    """Cifra em `segredos` (campo do formulário → campo do modelo) o que foi digitado."""

    segredos: dict[str, str] = {}

    def save(self, commit=True):
        """Grava; um campo em branco não toca no segredo."""
        for campo, do_modelo in self.segredos.items():
            if self.cleaned_data.get(campo):
                setattr(self.instance, do_modelo, cifrar(self.cleaned_data[campo]))
        return super().save(commit)


class FormularioDaConexao(FormularioComSegredos):
    """A conexão e suas duas senhas."""

    segredos = {"nova_senha": "senha", "nova_senha_do_equipamento": "senha_equipamento"}
    nova_senha = campo_de_segredo("nova senha da conexão", 8, 32)
    nova_senha_do_equipamento = campo_de_segredo("nova senha do equipamento", 1, 64)

    def clean_ip(self):
        """Sem IP é nulo: o texto vazio violaria a regra do tipo Fixo."""
        return self.cleaned_data["ip"] or None


class FormularioDoConcentrador(FormularioComSegredos):
    """O concentrador e seu segredo RADIUS."""

    segredos = {"novo_segredo": "segredo"}
    novo_segredo = campo_de_segredo("novo segredo RADIUS", 8, 64)


@admin.register(Conexao)
class ConexaoAdmin(DoContrato):
    """Conexões. Não se apagam: desativam-se."""

    form = FormularioDaConexao
    ate_o_contrato = "etiqueta"
    operacoes = ("view", "add", "change")
    posicao = 25
    list_display = ["login", "etiqueta", "tipo_ip", "ip", "mac_formatado", "ativa", "status"]
    list_filter = ["ativa", "tipo_ip", "status"]
    list_select_related = ["etiqueta"]
    search_help_text = "Começo do login."
    readonly_fields = ["codigo_externo"]

    def get_search_fields(self, request):
        """Pelo login."""
        return ["login__startswith"]

    def get_autocomplete_fields(self, request):
        """A rede também cresce."""
        return [*super().get_autocomplete_fields(request), "splitter", "condominio"]

    @admin.display(description="MAC")
    def mac_formatado(self, conexao):
        """Com dois-pontos."""
        return conexao.mac_formatado


class DaRede(admin.ModelAdmin):
    """Cadastros da rede: comuns a todas as empresas."""

    operacoes = ("view", "add", "change")


@admin.register(Concentrador)
class ConcentradorAdmin(DaRede):
    """Concentradores."""

    form = FormularioDoConcentrador
    posicao = 40
    list_display = ["nome", "ip", "fabricante", "modelo", "ativo"]
    list_filter = ["ativo", "fabricante"]
    search_fields = ["nome__icontains"]


@admin.register(PontoDeAcesso)
class PontoDeAcessoAdmin(DaRede):
    """Pontos de acesso."""

    posicao = 41
    list_display = ["codigo", "titulo", "concentrador", "fora_do_ar"]
    list_filter = ["fora_do_ar"]
    list_select_related = ["concentrador"]
    search_fields = ["codigo__startswith", "titulo__icontains"]


@admin.register(Olt)
class OltAdmin(DaRede):
    """OLTs."""

    posicao = 42
    list_display = ["nome", "fabricante", "modelo", "ponto_de_acesso", "slots", "portas_por_slot"]
    list_filter = ["fabricante"]
    list_select_related = ["ponto_de_acesso"]
    search_fields = ["nome__icontains"]


@admin.register(Splitter)
class SplitterAdmin(DaRede):
    """Splitters."""

    posicao = 43
    list_display = ["nome", "razao", "olt", "slot", "porta", "endereco"]
    list_select_related = ["olt"]
    search_fields = ["nome__startswith"]
    search_help_text = "Começo do nome, como se escreve."
    autocomplete_fields = ["olt"]


@admin.register(Condominio)
class CondominioAdmin(DaRede):
    """Condomínios."""

    posicao = 44
    list_display = ["nome", "endereco"]
    search_fields = ["nome__icontains"]
