"""O que as ações de transição têm em comum; cada uma está no módulo de seu nome.

A regra é do domínio (`atendimento.dominio.solicitacoes`): aqui se pergunta o que o verbo pede e se diz
antes, na barra, o que ele recusaria.
"""

from abc import abstractmethod
from typing import ClassVar

from django import forms
from django.urls import reverse

from atendimento.acoes.base import Acao, Contexto, Passo, Resultado
from atendimento.acoes.campos import Texto
from atendimento.models import Motivo, Solicitacao
from atendimento.situacoes import TipoDeTransicao, destino
from perfis.capacidades import Capacidade

GRUPO = "Atendimento"


class Transicao(Acao):
    """Uma ação que leva a solicitação de uma situação a outra, num passo só.

    `so_do_dono` é o caso comum: o responsável, ou quem supervisiona. `volta_ao_painel` diz para onde a
    página segue: o cliente continua na linha, ou o atendimento saiu das mãos do agente.
    """

    transicao: ClassVar[TipoDeTransicao]
    grupo = GRUPO
    alvo = "solicitacao"
    confirmacao = False
    so_do_dono: ClassVar[bool] = True
    volta_ao_painel: ClassVar[bool] = True

    @property
    def solicitacao(self) -> Solicitacao:
        """O alvo."""
        return self.contexto.eixo.solicitacao

    def impedimento(self):
        """A situação ou o dono."""
        solicitacao, usuario = self.solicitacao, self.contexto.usuario
        if destino(self.transicao, solicitacao.situacao) is None:
            situacao = solicitacao.get_situacao_display().lower()
            return f"A solicitação {solicitacao.protocolo} está {situacao}{_com(solicitacao)}."
        supervisiona = usuario.permissoes.tem(Capacidade.SUPERVISIONAR)
        if not self.so_do_dono or supervisiona or solicitacao.responsavel_id == usuario.pk:
            return None
        if solicitacao.responsavel_id is None:
            return "Ninguém assumiu esta solicitação: assuma-a antes."
        return f"Esta solicitação está com {solicitacao.responsavel.nome_exibido}."

    def efetivar(self, dados):
        """Chama o verbo, que escreve transição, relato e auditoria."""
        contexto = self.contexto
        mudada = self.mudar(contexto.solicitacao, por=contexto.usuario, versao=contexto.versao, **dados)
        return Resultado(self.frase(mudada), destino=self._destino(mudada))

    @abstractmethod
    def mudar(self, solicitacao: Solicitacao, *, por, versao: int | None, **dados) -> Solicitacao:
        """O verbo do domínio com as respostas do passo."""

    def frase(self, mudada: Solicitacao) -> str:
        """O que se lê depois de feito."""
        return f"Solicitação {mudada.protocolo}: {mudada.get_situacao_display().lower()}."

    def _destino(self, mudada: Solicitacao) -> str:
        return painel_da(mudada) if self.volta_ao_painel else reverse("inicio")


class Abertura(Acao):
    """Uma ação que cria a solicitação; por isso corre sem protocolo."""

    grupo = GRUPO
    alvo = "etiqueta"
    confirmacao = False
    exige_protocolo = False
    avisa_abertas = True
    so_tranca_o_contrato = True

    def impedimento(self):
        """Uma etiqueta inativa não se atende."""
        etiqueta = self.contexto.eixo.etiqueta
        return None if etiqueta.ativa else f"A etiqueta {etiqueta.codigo} está inativa."


class PassoDeMotivo(Passo):
    """Um motivo do tipo da transição e a observação que ele pode exigir."""

    tipo_de_motivo: ClassVar[str]
    motivo = forms.ModelChoiceField(Motivo.objects.none(), label="Motivo", empty_label="Escolha…")
    observacao = Texto(label="Observação", required=False, linhas=2)

    def preparar(self):
        """Só os motivos ativos do tipo, com o que cada um exige."""
        self.fields["motivo"].queryset = Motivo.objects.de(self.tipo_de_motivo)
        self.fields["motivo"].label_from_instance = motivo_com_exigencias


def motivo_com_exigencias(motivo: Motivo) -> str:
    """O nome do motivo e o que ele exige, para que se saiba antes de enviar."""
    exigencias = [
        nome
        for nome, exige in (
            ("observação", motivo.exige_observacao),
            ("data de retorno", motivo.exige_retorno),
            ("protocolo da original", motivo.exige_protocolo),
        )
        if exige
    ]
    return f"{motivo.nome} (exige {' e '.join(exigencias)})" if exigencias else motivo.nome


def campo_de_descricao() -> Texto:
    """A descrição que pode ter ficado para depois; ver `sem_o_que_ja_ha`."""
    return Texto(label="O que o cliente pediu", max_length=4000, linhas=3)


def tirar(passo: Passo, *nomes: str) -> None:
    """Tira do passo as perguntas que esta solicitação dispensa."""
    for nome in nomes:
        del passo.fields[nome]


def dispensar_descricao(passo: Passo) -> None:
    """A descrição só se pede enquanto falta."""
    if passo.contexto.solicitacao.descricao:
        tirar(passo, "descricao")


def e_do_agente(contexto: Contexto) -> bool:
    """Se a solicitação já é de quem age; a de outro pede justificativa."""
    return contexto.solicitacao.responsavel_id == contexto.usuario.pk


def painel_da(solicitacao: Solicitacao) -> str:
    """O painel do cliente, na etiqueta da solicitação, se o contrato ainda é dele."""
    url = reverse("cliente", args=[solicitacao.cliente_id])
    if solicitacao.contrato.cliente_id != solicitacao.cliente_id:
        return url
    return f"{url}?etiqueta={solicitacao.etiqueta_id}"


def _com(solicitacao: Solicitacao) -> str:
    if solicitacao.responsavel_id is None:
        return ""
    return f" (com {solicitacao.responsavel.nome_exibido})"
