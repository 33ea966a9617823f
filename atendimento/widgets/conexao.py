"""Aba *Conexão*: as conexões vinculadas à etiqueta selecionada."""

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from atendimento import rede_na_tela
from atendimento.consultas import ID, Consulta
from atendimento.widgets.base import WIDGETS, Widget
from contratos.models import Conexao
from perfis.capacidades import Capacidade

ATALHOS = ("diagnostico", "desconectar", "cpe", "limpar_mac", "alterar_senha")


@WIDGETS.registrar
class AbaConexao(Widget):
    """Os dezenove campos da conexão; as senhas nunca vêm na página."""

    slug = "conexao"
    nome = "Conexão"
    alvo = "contrato"
    regiao = "aba"
    icone = "router"
    ordem = 40
    ajuda = (
        "As conexões da etiqueta selecionada: se estão no ar e desde quando, com que MAC e IP, as últimas"
        " quedas e o que se mandou à rede, com a idade da leitura; e os dados do cadastro. O Slot OLT é o do"
        " splitter quando a conexão tem um splitter; senão, o da própria conexão. As senhas só"
        " aparecem ao revelar, com registro."
    )

    def contexto(self) -> dict:
        """As conexões da etiqueta, sem os segredos: só se existem."""
        achadas = CONEXOES(None, self.etiqueta_id, self.objeto.pk) if self.etiqueta_id else []
        for conexao in achadas:
            conexao.lido = rede_na_tela.agora(conexao) if conexao.ativa else None
        ativas = [conexao for conexao in achadas if conexao.ativa]
        return {
            "conexoes": achadas,
            "atalhos": self.atalhos(*ATALHOS, objeto=ativas[0].etiqueta) if ativas else [],
            "revela_senha": self.permissoes.tem(Capacidade.REVELAR_SENHA_DA_CONEXAO),
            "revela_senha_equipamento": self.permissoes.tem(Capacidade.REVELAR_SENHA_DO_EQUIPAMENTO),
        }


def _sem_segredos(_, etiqueta, contrato) -> QuerySet[Conexao]:
    return (
        rede_na_tela.com_leituras(Conexao.objects.filter(etiqueta_id=etiqueta, etiqueta__contrato=contrato))
        .select_related("etiqueta", "servico", "ponto_de_acesso", "condominio", "endereco")
        .defer("senha", "senha_equipamento")
        .annotate(tem_senha=_preenchido("senha"), tem_senha_equipamento=_preenchido("senha_equipamento"))
    )


CONEXOES = Consulta(_sem_segredos, ID, ID)


def _preenchido(campo: str) -> ExpressionWrapper:
    return ExpressionWrapper(Q(**{f"{campo}__isnull": False}), output_field=BooleanField())
