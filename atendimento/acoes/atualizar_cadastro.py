"""Atualizar os dados do titular: nome social, contatos e endereço de cobrança."""

import re

from django import forms
from django.utils.timezone import localtime

from atendimento.acoes.base import ACOES, Acao, Evento, Mudanca, Passo, Previa, Resultado
from atendimento.excecoes import DadoInvalido
from clientes import emails, telefones
from clientes.dominio import cadastro
from clientes.enums import TipoDeContato
from clientes.models import Contato, Endereco
from contratos.dominio import enderecos

UFS = (
    "AC", "AL", "AM", "AP", "BA", "CE", "DF", "ES", "GO", "MA", "MG", "MS", "MT", "PA", "PB", "PE", "PI",
    "PR", "RJ", "RN", "RO", "RR", "RS", "SC", "SE", "SP", "TO",
)  # fmt: skip
VAZIO = ""
COBRANCA = "Endereço de cobrança"


class EscolhaDeContatos(forms.ModelMultipleChoiceField):
    """Contatos do cliente, mascarados, um por caixa."""

    def __init__(self, **kwargs):
        super().__init__(
            Contato.objects.none(), required=False, widget=forms.CheckboxSelectMultiple, **kwargs
        )

    def label_from_instance(self, contato):
        """O tipo, o valor mascarado e o que distingue dois que a máscara iguala."""
        confirmado = contato.confirmado_em
        quando = f"confirmado em {localtime(confirmado):%d/%m/%Y}" if confirmado else "por confirmar"
        partes = [mascarado(contato), "principal" if contato.principal else "", contato.descricao, quando]
        return f"{contato.get_tipo_display()} {' · '.join(filter(None, partes))}"


class Pessoa(Passo):
    """Nome social e contatos."""

    titulo = "Nome e contatos"
    ajuda = "Preencha só o que muda. Um contato confirmado é o que o cliente provou ser seu."
    nome_social = forms.CharField(
        label="Nome social", max_length=150, required=False, help_text="Apague para voltar ao nome civil."
    )
    telefone = forms.CharField(label="Telefone novo", max_length=40, required=False)
    whatsapp = forms.BooleanField(label="O telefone novo tem WhatsApp", required=False)
    email = forms.EmailField(label="E-mail novo", max_length=254, required=False)
    confirmados = forms.BooleanField(
        label="O cliente provou que os contatos novos são seus", required=False,
        help_text="Ligou deste número, ou leu o código que recebeu.",
    )  # fmt: skip
    confirmar = EscolhaDeContatos(label="Confirmar contatos do cadastro")
    remover = EscolhaDeContatos(label="Remover contatos do cadastro")

    def preparar(self):
        """Os contatos do cliente; só os por confirmar se confirmam."""
        cliente = self.contexto.eixo.cliente
        todos = Contato.objects.filter(cliente=cliente)
        self.fields["confirmar"].queryset = todos.filter(confirmado_em=None)
        self.fields["remover"].queryset = todos
        self.initial.setdefault("nome_social", cliente.nome_social)

    def clean(self):
        """Os contatos novos valem, e nenhum se confirma e se remove ao mesmo tempo."""
        dados = super().clean()
        for tipo in TipoDeContato.values:
            if dados.get(tipo):
                self._conferir(tipo, dados)
        if set(dados.get("confirmar") or ()) & set(dados.get("remover") or ()):
            self.add_error("remover", "O mesmo contato está marcado para confirmar e para remover.")
        return dados

    def _conferir(self, tipo: str, dados: dict) -> None:
        try:
            dados[tipo] = cadastro.contato_novo(self.contexto.eixo.cliente, tipo, dados[tipo]).valor
        except cadastro.CadastroRecusado as recusa:
            self.add_error(tipo, recusa.frase)


class Cobranca(Passo):
    """Endereço de cobrança."""

    titulo = COBRANCA
    ajuda = "Deixe em branco para não mudar. O endereço de instalação só muda por Mudança de endereço."
    cep = forms.CharField(label="CEP", max_length=9, required=False)
    logradouro = forms.CharField(label="Rua ou avenida", max_length=150, required=False)
    numero = forms.CharField(label="Número", max_length=20, required=False)
    complemento = forms.CharField(label="Complemento", max_length=100, required=False)
    bairro = forms.CharField(label="Bairro", max_length=80, required=False)
    cidade = forms.CharField(label="Cidade", max_length=80, required=False)
    uf = forms.ChoiceField(label="UF", choices=[("", "—"), *((uf, uf) for uf in UFS)], required=False)

    def clean_cep(self):
        """Oito algarismos, com ou sem hífen."""
        cep = self.cleaned_data["cep"].strip()
        if cep and not re.fullmatch(r"[0-9]{5}-?[0-9]{3}", cep):
            raise forms.ValidationError("O CEP tem oito algarismos.")
        return cep.replace("-", "")

    def clean(self):
        """Inteiro ou nada; e alguma coisa, nos dois passos juntos, tem de mudar."""
        dados = super().clean()
        preenchidos = [nome for nome in enderecos.CAMPOS if dados.get(nome)]
        if preenchidos:
            for nome in ("cep", "logradouro", "cidade", "uf"):
                if not dados.get(nome) and nome not in self.errors:
                    self.add_error(nome, "Preencha o endereço inteiro, ou deixe tudo em branco.")
        elif not _muda(self.contexto.eixo.cliente, self.anteriores):
            raise forms.ValidationError("Nada muda: preencha um dado novo neste passo ou no anterior.")
        return dados


@ACOES.registrar
class AtualizarCadastro(Acao):
    """Grava o que mudou; o relato traz tudo mascarado. O contrato é o da conta que muda de endereço."""

    slug = "atualizar_cadastro"
    nome = "Atualizar dados cadastrais"
    grupo = "Cadastro"
    alvo = "contrato"
    trava = ("cliente",)
    icone = "user-pen"
    ordem = 12
    confirmar = "Atualizar cadastro"
    verificacao_de_identidade = True
    ajuda = (
        "Use quando o titular muda de telefone ou e-mail, pede o nome social, ou quer as contas em outro "
        "endereço. Confira antes quem fala: sem isso a ação não abre.\n\n"
        "Pergunta o que muda: nome social, telefone e e-mail novos, contatos a confirmar ou a remover e, no "
        "segundo passo, o endereço de cobrança. Documento e nome civil só mudam no cadastro, com prova.\n\n"
        "Faz: grava o que mudou e deixa no relato cada dado de antes e de depois, mascarado. Um contato novo "
        "só recebe mensagens se o cliente provou que é seu.\n\n"
        "Diga ao cliente: o cadastro já está atualizado, e por qual contato ele passa a receber avisos."
    )
    passos = (Pessoa, Cobranca)

    def previa(self, dados):
        """Cada dado, de quê para quê, mascarado."""
        avisos = ()
        if (dados["telefone"] or dados["email"]) and not dados["confirmados"]:
            avisos = ("Os contatos novos ficam por confirmar: não recebem mensagens até que se confirmem.",)
        return Previa(mudancas=tuple(self._mudancas(dados)), dizer=DIZER, avisos=avisos)

    def _mudancas(self, dados) -> list[Mudanca]:
        cliente = self.contexto.eixo.cliente
        mudancas = []
        if dados["nome_social"] != cliente.nome_social:
            mudancas.append(Mudanca("Nome social", cliente.nome_social, dados["nome_social"]))
        if dados["telefone"]:
            mudancas.append(Mudanca("Telefone novo", VAZIO, telefones.mascarar(dados["telefone"])))
        if dados["email"]:
            mudancas.append(Mudanca("E-mail novo", VAZIO, emails.mascarar(dados["email"])))
        for contato in dados["confirmar"]:
            mudancas.append(Mudanca(f"Contato {mascarado(contato)}", "por confirmar", "confirmado"))
        for contato in dados["remover"]:
            mudancas.append(Mudanca(f"Contato removido {mascarado(contato)}", mascarado(contato), VAZIO))
        if dados["cep"]:
            novo = Endereco(**_endereco(dados))
            mudancas.append(Mudanca(COBRANCA, resumido(self.contexto.eixo.contrato.endereco), resumido(novo)))
        return mudancas

    def efetivar(self, dados):
        """Grava na ordem da prévia."""
        mudancas = self._mudancas(dados)
        cliente = self.contexto.eixo.cliente
        if dados["nome_social"] != cliente.nome_social:
            cadastro.chamar_de(cliente, dados["nome_social"])
        for tipo, campos in (("telefone", {"whatsapp": dados["whatsapp"]}), ("email", {})):
            if dados[tipo]:
                self._acrescentar(tipo, dados[tipo], confirmado=dados["confirmados"], **campos)
        for contato in dados["confirmar"]:
            cadastro.confirmar(contato)
        for contato in dados["remover"]:
            cadastro.remover(contato)
        if dados["cep"]:
            enderecos.mudar_endereco_de_cobranca(self.contexto.eixo.contrato, **_endereco(dados))
        return Resultado(
            "Cadastro atualizado.", relato=_relato(mudancas), dizer=DIZER, evento=self._evento(mudancas)
        )

    def _evento(self, mudancas: list[Mudanca]) -> Evento | None:
        """Só o endereço de cobrança é do contrato; o resto é da pessoa."""
        protocolo = self.contexto.solicitacao.protocolo
        for mudanca in mudancas:
            if mudanca.rotulo == COBRANCA:
                de, para = mudanca.de or "—", mudanca.para
                return Evento(
                    "alteracao-de-cobranca", f"endereço de cobrança: {de} → {para} · Protocolo: {protocolo}"
                )
        return None

    def _acrescentar(self, tipo: str, valor: str, *, confirmado: bool, **campos) -> None:
        try:
            contato = cadastro.acrescentar(self.contexto.eixo.cliente, tipo, valor, **campos)
        except cadastro.CadastroRecusado as recusa:
            raise DadoInvalido(recusa.frase, campo=recusa.campo) from recusa
        if confirmado:
            cadastro.confirmar(contato)


DIZER = "Seu cadastro já está atualizado. Os avisos vão para os contatos confirmados."


def mascarado(contato: Contato) -> str:
    """O valor como se escreve num relato."""
    mascarar = emails.mascarar if contato.tipo == TipoDeContato.EMAIL else telefones.mascarar
    return mascarar(contato.valor)


def resumido(endereco: Endereco | None) -> str:
    """O endereço sem o número: o bastante para saber qual é."""
    return f"{endereco.logradouro}, *** – {endereco.cidade}/{endereco.uf}" if endereco else VAZIO


def _endereco(dados) -> dict[str, str]:
    return {nome: dados[nome] for nome in enderecos.CAMPOS}


def _muda(cliente, anteriores) -> bool:
    escritos = any(anteriores.get(nome) for nome in ("telefone", "email", "confirmar", "remover"))
    return escritos or anteriores.get("nome_social", cliente.nome_social) != cliente.nome_social


def _relato(mudancas: list[Mudanca]) -> str:
    linhas = [f"{m.rotulo}: {m.de or '—'} → {m.para or '—'}" for m in mudancas]
    return "Cadastro atualizado.\n" + "\n".join(linhas)
