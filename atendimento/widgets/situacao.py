"""Cartão *Situação e bloqueio*: em que pé o contrato está e onde o relógio legal do débito vai."""

from datetime import timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.utils import timezone

from atendimento.linha_legal import desenhar, que_manda
from atendimento.widgets.base import WIDGETS, Widget
from contratos.dominio.debitos import com_relogio, debito_de, prazos_de
from contratos.enums import OrigemDoDesbloqueio, SituacaoDaFatura, SituacaoDoContrato
from contratos.models import DesbloqueioTemporario, Parametros
from contratos.relogio_legal import suspender_em

CONFIANCAS = 20
BLOQUEIO = SituacaoDoContrato.BLOQUEIO_FINANCEIRO
SELOS = {
    SituacaoDoContrato.NORMAL: "normal",
    BLOQUEIO: "bloqueio-financeiro",
    SituacaoDoContrato.BLOQUEIO_ADMINISTRATIVO: "bloqueio-administrativo",
    SituacaoDoContrato.SUSPENSO: "suspenso",
    SituacaoDoContrato.CANCELADO: "cancelado",
}


@WIDGETS.registrar
class Situacao(Widget):
    """Situação, desde quando, o relógio do aviso à rescisão, e as vezes que se liberou em confiança."""

    slug = "situacao"
    nome = "Situação e bloqueio"
    alvo = "contrato"
    icone = "gauge"
    ordem = 6
    ajuda = (
        "Em que situação o contrato está e desde quando. Com fatura vencida, desenha o relógio legal: "
        "vencimento, aviso entregue, suspensão (15 dias depois do aviso) e rescisão (60 dias depois da "
        "suspensão), e diz o que falta para o próximo passo. Bloqueado, oferece os desbloqueios concedidos."
    )

    @classmethod
    def enriquecer(cls, consulta):
        """As datas dos últimos desbloqueios em confiança: o período em que contam é um parâmetro."""
        em_confianca = DesbloqueioTemporario.objects.filter(
            contrato=OuterRef("pk"), origem=OrigemDoDesbloqueio.CONFIANCA
        )
        return consulta.annotate(
            confiancas=ArraySubquery(em_confianca.order_by("-criado_em").values("criado_em")[:CONFIANCAS])
        )

    def contexto(self) -> dict:
        """O contrato, a linha legal do débito que manda e o desbloqueio em confiança já usado."""
        contrato, agora = self.objeto, timezone.now()
        prazos = prazos_de(parametros := Parametros.atuais())
        abertas = contrato.faturas.filter(
            situacao=SituacaoDaFatura.ABERTA, vencimento__lt=timezone.localdate(agora)
        )
        debitos = [debito_de(f) for f in com_relogio(abertas).order_by("vencimento", "id")]
        debito = que_manda(debitos, timezone.localdate(agora))
        bloqueado = contrato.situacao == BLOQUEIO
        desde = contrato.situacao_desde if bloqueado else None
        cedo = debito and debito.avisado_em and desde and desde < suspender_em(debito.avisado_em, prazos)
        usos = self._usos_da_confianca(parametros, agora)
        return {
            "contrato": contrato,
            "selo": SELOS.get(SituacaoDoContrato(contrato.situacao), "neutro"),
            "linha": desenhar(debito, desde, agora, prazos) if debito else None,
            "contestadas": sum(d.contestado for d in debitos),
            "cedo": cedo,
            "bloqueado": bloqueado,
            "usos": usos,
            "permitidos": self._vezes(),
            "periodo": parametros.confianca_periodo_dias,
            "atalhos": self._atalhos(usos) if bloqueado else [],
        }

    def _vezes(self) -> int | None:
        concedido = self.permissoes.acao("desbloqueio_confianca")
        return concedido.limites.get("vezes") if concedido else None

    def _usos_da_confianca(self, parametros, agora) -> int:
        desde = agora - timedelta(days=parametros.confianca_periodo_dias)
        return sum(em > desde for em in self.objeto.confiancas)

    def _atalhos(self, usos: int) -> list[dict]:
        vezes = self._vezes()
        slugs = ["desbloqueio_confianca"] if vezes is None or usos < vezes else []
        return self.atalhos(*slugs, "desbloqueio_pagamento", "informar_pagamento")
