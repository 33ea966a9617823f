"""Alterar a etiqueta de serviço de uma solicitação."""

from django import forms

from atendimento.acoes.base import ACOES, Passo
from atendimento.acoes.campos import Texto
from atendimento.acoes.transicao import Transicao, motivo_com_exigencias
from atendimento.dominio import solicitacoes
from atendimento.models import Motivo, TipoDeMotivo
from atendimento.situacoes import TipoDeTransicao
from contratos.models import Etiqueta


class Nova(Passo):
    """A etiqueta certa e por que se troca."""

    titulo = "Nova etiqueta"
    etiqueta = forms.ModelChoiceField(Etiqueta.objects.none(), label="Nova etiqueta", empty_label="Escolha…")
    motivo = forms.ModelChoiceField(
        Motivo.objects.none(), label="Motivo", required=False, empty_label="Sem motivo do cadastro"
    )
    justificativa = Texto(label="Justificativa", min_length=10, max_length=500, linhas=3)

    def preparar(self):
        """As outras etiquetas ativas do mesmo cliente que o agente vê."""
        solicitacao = self.contexto.solicitacao
        do_cliente = Etiqueta.objects.visiveis_para(self.contexto.usuario).filter(
            contrato__cliente=solicitacao.cliente_id, ativa=True
        )
        self.fields["etiqueta"].queryset = do_cliente.exclude(pk=solicitacao.etiqueta_id).select_related(
            "contrato"
        )
        self.fields["etiqueta"].label_from_instance = lambda e: f"{e} · contrato {e.contrato.numero}"
        self.fields["motivo"].queryset = Motivo.objects.de(TipoDeMotivo.ALTERACAO_DE_ETIQUETA)
        self.fields["motivo"].label_from_instance = motivo_com_exigencias


@ACOES.registrar
class AlterarEtiqueta(Transicao):
    """Aponta a solicitação para outra etiqueta do cliente."""

    slug = "alterar_etiqueta"
    nome = "Alterar etiqueta de serviço"
    icone = "tag"
    ordem = 60
    confirmar = "Alterar etiqueta"
    ajuda = (
        "Use quando o atendimento foi iniciado no contrato ou no endereço errado. Só valem as etiquetas "
        "ativas do mesmo cliente; fica um evento em cada contrato."
    )
    transicao = TipoDeTransicao.ALTERAR_ETIQUETA
    passos = (Nova,)
    # O verbo tranca os contratos, e um contrato se tranca antes da solicitação.
    trava = ("contrato",)
    so_tranca_o_contrato = True

    def mudar(self, solicitacao, *, por, versao, **dados):
        """Fica um evento em cada contrato."""
        return solicitacoes.alterar_etiqueta(solicitacao, por=por, versao=versao, **dados)

    def frase(self, mudada):
        """A etiqueta de agora."""
        return f"Solicitação {mudada.protocolo}: etiqueta {mudada.etiqueta.codigo}."
