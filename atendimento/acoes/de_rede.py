"""O que as ações sobre a rede de uma conexão têm em comum.

Nenhuma fala com o equipamento: põem o comando na fila, na mesma transação, e o trabalhador o entrega. O que
ele responder fica na aba Conexão e no relato do atendimento.
"""

from datetime import timedelta
from typing import ClassVar

from django import forms

from atendimento.acoes.base import Passo
from atendimento.acoes.campos import Texto
from atendimento.acoes.de_contrato import AcaoDeContrato
from atendimento.dominio.rede import comandos
from contratos.enums_de_rede import VerboDeRede
from contratos.models import Conexao

# Um comando que o agente pediu agora não se faz daqui a pouco, sem ele.
VALIDADE = timedelta(minutes=2)
ONDE_VER = "O que o equipamento responder aparece na aba Conexão e no relato, em segundos."


class DeUmaConexao(Passo):
    """Qual conexão."""

    titulo = "Conexão"
    conexao = forms.ModelChoiceField(Conexao.objects.none(), label="Conexão", empty_label=None)

    def preparar(self):
        """As ativas da etiqueta."""
        self.fields["conexao"].queryset = conexoes_ativas(self.contexto.eixo.etiqueta)
        self.fields["conexao"].label_from_instance = lambda conexao: conexao.login


class DeUmaConexaoComMotivo(DeUmaConexao):
    """Qual conexão, e por quê."""

    motivo = Texto(label="Motivo", min_length=3, max_length=300, linhas=2)


def conexoes_ativas(etiqueta):
    """As ativas da etiqueta, com o que as ações da rede leem delas."""
    return Conexao.objects.filter(etiqueta=etiqueta, ativa=True).select_related(
        "concentrador", "splitter__olt", "olt", "leitura_de_sessao"
    )


class AcaoDeRede(AcaoDeContrato):
    """Uma ação que manda `verbo` à rede de uma conexão da etiqueta."""

    grupo = "Técnico"
    alvo = "etiqueta"
    verbo: ClassVar[VerboDeRede]

    @property
    def conexoes(self) -> list[Conexao]:
        """As ativas da etiqueta."""
        return list(conexoes_ativas(self.contexto.eixo.etiqueta))

    def mandar(self, dados) -> None:
        """Põe o comando na fila."""
        comandos.mandar(
            dados["conexao"], self.verbo, por=self.contexto.usuario, protocolo=self.protocolo,
            validade=VALIDADE,
        )  # fmt: skip

    def sem_conexao(self) -> str:
        """A frase de quem não tem conexão."""
        return f"A etiqueta {self.contexto.eixo.etiqueta.codigo} não tem conexão ativa."
