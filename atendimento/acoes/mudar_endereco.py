"""Mudar o serviço de endereço ou de cômodo: as duas pedem uma visita."""

import re

from django import forms

from atendimento.acoes.base import ACOES, Acao, Evento, Mudanca, Passo, Previa, Resultado
from atendimento.acoes.campos import Texto
from atendimento.acoes.de_contrato import AcaoDeContrato, evento_de
from atendimento.acoes.de_visita import (
    PassoDeVisita,
    frase_da_visita,
    impedimento_de_agenda,
    marcar_visita,
    mudancas_da_visita,
)
from atendimento.models.solicitacao import TipoDeVisita
from clientes.models import Endereco
from contratos.dinheiro import em_reais
from contratos.dominio import endereco as verbos
from contratos.enums import TipoDePlano
from contratos.models import Plano

UFS = [
    "AC",
    "AL",
    "AP",
    "AM",
    "BA",
    "CE",
    "DF",
    "ES",
    "GO",
    "MA",
    "MT",
    "MS",
    "MG",
    "PA",
    "PB",
    "PR",
    "PE",
    "PI",
    "RJ",
    "RN",
    "RS",
    "RO",
    "RR",
    "SC",
    "SP",
    "SE",
    "TO",
]


class CampoDeTaxa(forms.ModelChoiceField):
    """Uma taxa da tabela, ou nenhuma; só se cobra quando a visita se executa."""

    def __init__(self):
        taxas = Plano.objects.filter(tipo=TipoDePlano.TAXA, ativo=True)
        super().__init__(taxas, label="Taxa", required=False, empty_label="Sem taxa")

    def label_from_instance(self, plano: Plano) -> str:
        """O nome e o preço."""
        return f"{plano.nome} – {em_reais(plano.valor)}"


class EnderecoNovo(Passo):
    """Para onde o serviço vai."""

    titulo = "Endereço novo"
    cep = forms.CharField(label="CEP", max_length=10)
    logradouro = forms.CharField(label="Rua", max_length=150, min_length=3)
    numero = forms.CharField(label="Número", max_length=20)
    complemento = forms.CharField(label="Complemento", max_length=100, required=False)
    bairro = forms.CharField(label="Bairro", max_length=80, required=False)
    cidade = forms.CharField(label="Cidade", max_length=80)
    uf = forms.ChoiceField(label="UF", choices=[(uf, uf) for uf in UFS])
    referencia = forms.CharField(label="Ponto de referência", max_length=150, required=False)
    cobertura = forms.BooleanField(label="Há cobertura no endereço novo")

    def preparar(self):
        """A mesma cidade é o caso comum."""
        atual = self.contexto.eixo.etiqueta.endereco
        if atual:
            self.fields["cidade"].initial, self.fields["uf"].initial = atual.cidade, atual.uf

    def clean_cep(self):
        """Oito algarismos."""
        cep = re.sub(r"[\s.-]", "", self.cleaned_data["cep"])
        if not re.fullmatch(r"[0-9]{8}", cep):
            raise forms.ValidationError("O CEP tem oito algarismos.")
        return cep


class VisitaDeMudanca(PassoDeVisita):
    """Quando se reinstala, e a taxa."""

    taxa = CampoDeTaxa()


LUGAR = ("cep", "logradouro", "numero", "complemento", "bairro", "cidade", "uf", "referencia")


@ACOES.registrar
class MudarEndereco(AcaoDeContrato):
    """Pede a mudança e marca a visita; a etiqueta só muda quando a equipe reinstala."""

    slug = "mudar_endereco"
    nome = "Mudança de endereço"
    alvo = "etiqueta"
    icone = "truck"
    ordem = 330
    confirmar = "Pedir a mudança"
    ajuda = (
        "Use quando o cliente se muda e quer levar o serviço.\n\n"
        "Pergunta o endereço novo, se há cobertura nele, um horário com vaga, quem recebe e a taxa.\n\n"
        "Faz: guarda o pedido e marca a visita. A etiqueta e a conexão só passam ao endereço novo quando a "
        "visita "
        "se registra como executada, e então se cobra a taxa; cancelada a visita, o pedido se desfaz. Fica "
        "um "
        "evento no pedido e outro na conclusão.\n\n"
        "Diga ao cliente: o dia e a janela da visita, a taxa, e que o serviço segue no endereço de agora "
        "até lá."
    )
    passos = (EnderecoNovo, VisitaDeMudanca)

    def impedimento(self):
        """O contrato normal, sem outra mudança nem visita pendente."""
        return verbos.impedimento_de_mudar(self.contexto.eixo.etiqueta) or impedimento_de_agenda(self)

    def previa(self, dados):
        """De onde para onde, quando e por quanto."""
        atual = self.contexto.eixo.etiqueta.endereco
        return Previa(
            mudancas=(
                Mudanca("Endereço, depois da visita", str(atual or ""), str(_endereco(dados))),
                *mudancas_da_visita(dados),
            ),
            custo=_custo(dados),
            dizer=self._dizer(dados),
        )

    def fazer(self, dados):
        """Guarda o pedido, marca a visita; o relato é o da agenda."""
        dizer = self._dizer(dados)
        mudanca = verbos.pedir(
            self.contexto.eixo.etiqueta, {nome: dados[nome] for nome in LUGAR},
            por=self.contexto.usuario, protocolo=self.protocolo,
        )  # fmt: skip
        visita = marcar_visita(self, dados, TipoDeVisita.MUDANCA, endereco=mudanca.para, taxa=_taxa(dados))
        texto = f"endereço: {mudanca.de or '—'} → {mudanca.para}, na visita de {visita.data:%d/%m/%Y}"
        return Resultado(
            "Mudança de endereço pedida e visita marcada.",
            relato=f"Mudança de endereço pedida. {texto}. {_custo(dados)}.",
            evento=Evento("mudanca-de-endereco-solicitada", evento_de(texto, "", self.protocolo)),
            dizer=dizer,
        )

    def _dizer(self, dados) -> str:
        return f"{frase_da_visita(dados)} {_custo(dados)}. O protocolo é {self.protocolo}."


class Ponto(PassoDeVisita):
    """Para onde, dentro do imóvel, e quando."""

    titulo = "Novo ponto"
    local = Texto(label="Para onde vai o ponto", min_length=3, max_length=200, linhas=2)
    taxa = CampoDeTaxa()
    field_order = ("local", "horario", "tecnico", "contato_no_local", "taxa", "orientacao")


@ACOES.registrar
class MudarPonto(Acao):
    """Marca a visita que leva o ponto a outro cômodo; o contrato não muda."""

    slug = "mudar_ponto"
    nome = "Mudança de cômodo ou ponto"
    grupo = "Contrato"
    alvo = "etiqueta"
    icone = "move"
    ordem = 335
    confirmar = "Marcar a visita"
    ajuda = (
        "Use quando o cliente quer o ponto em outro cômodo do mesmo imóvel.\n\n"
        "Pergunta para onde vai, um horário com vaga, quem recebe e a taxa.\n\n"
        "Faz: marca a visita com a orientação; a taxa vai à próxima fatura só se a visita se executa. O "
        "contrato "
        "não muda.\n\n"
        "Diga ao cliente: o dia e a janela da visita, e a taxa."
    )
    passos = (Ponto,)

    def impedimento(self):
        """Etiqueta ativa, sem visita marcada."""
        return impedimento_de_agenda(self)

    def previa(self, dados):
        """Quando e por quanto."""
        return Previa(
            mudancas=(Mudanca("Ponto, depois da visita", "", dados["local"]), *mudancas_da_visita(dados)),
            custo=_custo(dados),
            dizer=self._dizer(dados),
        )

    def efetivar(self, dados):
        """Marca a visita; o relato diz para onde vai o ponto."""
        dizer = self._dizer(dados)
        visita = marcar_visita(self, dados, TipoDeVisita.MANUTENCAO, taxa=_taxa(dados))
        return Resultado(
            f"{visita}: marcada.",
            relato=f"Mudança de ponto para: {dados['local']}. {_custo(dados)}.",
            dizer=dizer,
        )

    def _dizer(self, dados) -> str:
        protocolo = self.contexto.solicitacao.protocolo
        return f"{frase_da_visita(dados)} {_custo(dados)}. O protocolo é {protocolo}."


def _endereco(dados) -> Endereco:
    return Endereco(**{nome: dados[nome] for nome in LUGAR})


def _taxa(dados):
    return dados["taxa"].valor if dados["taxa"] else 0


def _custo(dados) -> str:
    if not dados["taxa"]:
        return "Sem taxa"
    return f"{dados['taxa'].nome}: {em_reais(dados['taxa'].valor)}, na fatura depois da visita"
