"""Conexões e a rede até a casa do cliente."""

from django import forms
from django.contrib import admin

from contratos.admin.contrato import DoContrato
from contratos.cifra import cifrar
from contratos.dominio import provisionamento
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
    """O concentrador, seu segredo RADIUS e a senha do banco do RADIUS."""

    segredos = {"novo_segredo": "segredo", "nova_senha_do_banco": "banco_senha"}
    novo_segredo = campo_de_segredo("novo segredo RADIUS", 8, 64)
    nova_senha_do_banco = campo_de_segredo("nova senha do banco", 8, 128)


class FormularioDaOlt(FormularioComSegredos):
    """A OLT e sua comunidade SNMP."""

    segredos = {"nova_comunidade": "comunidade"}
    nova_comunidade = campo_de_segredo("nova comunidade SNMP", 3, 64)

    def clean_ip(self):
        """Sem IP é nulo: o texto vazio passaria por um IP dado."""
        return self.cleaned_data["ip"] or None


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

    def save_model(self, request, obj, form, change):
        """A conexão nova vai à rede; a que muda, o gatilho leva."""
        super().save_model(request, obj, form, change)
        if not change:
            provisionamento.da_conexao(obj.pk, "conexão nova")

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


# O que o trabalhador anota de cada equipamento com que fala.
RESPONDE = ["respondeu_em", "falhas_seguidas", "ultima_falha", "repousa_ate"]


@admin.register(Concentrador)
class ConcentradorAdmin(DaRede):
    """Concentradores."""

    form = FormularioDoConcentrador
    posicao = 40
    list_display = ["nome", "ip", "fabricante", "modelo", "integracao", "ativo"]
    list_filter = ["ativo", "integracao", "fabricante"]
    search_fields = ["nome__icontains"]
    readonly_fields = [*RESPONDE, "lido_ate"]
    fieldsets = [
        (None, {"fields": ["nome", "ip", "fabricante", "modelo", "ativo"]}),
        (
            "Integração",
            {
                "fields": ["integracao", "porta_coa", "novo_segredo"],
                "description": "Quem fala com o equipamento é o trabalhador. O simulador não fala com"
                " ninguém, e as telas dizem que é ele.",
            },
        ),
        (
            "Banco do FreeRADIUS",
            {
                "fields": [
                    "banco_host", "banco_porta", "banco_nome", "banco_usuario", "nova_senha_do_banco",
                ],
                "description": "O PostgreSQL com radcheck, radreply e radacct. Dê ao usuário só essas"
                " tabelas.",
            },
        ),
        ("Simulador", {"fields": ["roteiro"]}),
        ("Como tem respondido", {"fields": [*RESPONDE, "lido_ate"]}),
    ]  # fmt: skip


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

    form = FormularioDaOlt
    posicao = 42
    list_display = [
        "nome", "fabricante", "modelo", "ponto_de_acesso", "slots", "portas_por_slot", "integracao",
    ]  # fmt: skip
    list_filter = ["integracao", "fabricante"]
    readonly_fields = RESPONDE
    fieldsets = [
        (
            None,
            {"fields": ["nome", "fabricante", "modelo", "ponto_de_acesso", "slots", "portas_por_slot"]},
        ),
        (
            "Integração",
            {
                "fields": ["integracao", "ip", "porta_snmp", "nova_comunidade"],
                "description": "Por SNMP v2c, de leitura. Lê-se o sinal de OLTs Huawei e ZTE.",
            },
        ),
        ("Simulador", {"fields": ["roteiro"]}),
        ("Como tem respondido", {"fields": RESPONDE}),
    ]
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
