"""Cartão *Avisos e massivas*: a falha que atinge esta etiqueta, a previsão e o que dizer."""

from django.utils import timezone

from atendimento.filas.tempos import distancia
from atendimento.massivas import ler_da_etiqueta
from atendimento.models import Solicitacao
from atendimento.widgets.base import WIDGETS, Widget


@WIDGETS.registrar
class Avisos(Widget):
    """As massivas abertas que atingem a etiqueta, e se o atendimento já está vinculado."""

    slug = "avisos"
    nome = "Avisos e massivas"
    alvo = "etiqueta"
    icone = "megaphone"
    ordem = 4
    ajuda = (
        "As massivas que atingem a etiqueta selecionada, pelo ponto de acesso, OLT, slot, porta, CTO, cidade "
        "ou bairro: desde quando, a previsão e o que dizer ao cliente. Vincule o atendimento: quando a "
        "massiva acabar, ele se encerra com os outros, com o seu relato."
    )

    @classmethod
    def urgente(cls, painel) -> bool:
        """Com massiva, não se recolhe."""
        return bool(painel.massivas)

    def contexto(self) -> dict:
        """As que atingem, e a solicitação aberta desta etiqueta que é do agente."""
        agora = timezone.now()
        massivas = [
            {
                "massiva": m,
                "ha": distancia(m.inicio, agora),
                "atrasada": bool(m.previsao and m.previsao < agora),
            }
            for m in ler_da_etiqueta(self.objeto.pk)
        ]
        em_maos = self._em_maos() if massivas else None
        return {
            "massivas": massivas,
            "solicitacao": em_maos,
            "atalhos": self.atalhos("vincular_massiva", objeto=em_maos)
            if em_maos and em_maos.massiva_id is None
            else [],
        }

    def _em_maos(self) -> Solicitacao | None:
        minhas = Solicitacao.objects.minhas(self.request.user).filter(etiqueta=self.objeto)
        return minhas.order_by("-situacao_desde").first()
