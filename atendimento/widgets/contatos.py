"""Cartão *Contatos e identidade*: por onde falar com o cliente e se já se conferiu quem fala."""

from atendimento import mascaras
from atendimento.models import VerificacaoDeIdentidade
from atendimento.models.identidade import Fator
from atendimento.situacoes import COM_DONO
from atendimento.widgets.base import WIDGETS, Widget
from perfis.capacidades import Capacidade


@WIDGETS.registrar
class Contatos(Widget):
    """Telefones e e-mails, mascarados conforme o perfil, e a última conferência de identidade."""

    slug = "contatos"
    nome = "Contatos e identidade"
    alvo = "cliente"
    icone = "phone"
    ordem = 20
    ajuda = (
        "Telefones e e-mails do cliente e quando cada um foi confirmado; revelar fica registrado. Diz também "
        "se neste atendimento já se conferiu quem fala e que dados se conferiram, nunca as respostas; e "
        "começa a conferência."
    )

    def contexto(self) -> dict:
        """Os contatos, já mascarados, e se o perfil pode revelar."""
        contatos = self.objeto.contatos.order_by("-principal", "tipo", "id").values(
            "id", "tipo", "valor", "descricao", "principal", "whatsapp", "confirmado_em"
        )
        linhas = []
        for contato in contatos:
            inteiro = self.permissoes.tem(mascaras.VER_CONTATO[contato["tipo"]])
            exibido = mascaras.contato(contato["tipo"], contato.pop("valor"), self.permissoes)
            linhas.append(contato | {"exibido": exibido, "mascarado": not inteiro})
        verificacao = self._ultima_verificacao()
        agora_conferida = verificacao is not None and self._e_deste_atendimento(verificacao)
        return {
            "contatos": linhas,
            "revela": self.permissoes.tem(Capacidade.REVELAR_DADOS),
            "verificacao": verificacao,
            "conferida": agora_conferida,
            "fatores": [Fator(f).label for f in verificacao.fatores] if verificacao else [],
            "atalhos": [] if agora_conferida else self.atalhos("verificar_identidade"),
        }

    def _ultima_verificacao(self) -> VerificacaoDeIdentidade | None:
        empresas = self.request.user.objetos_permitidos("contratos.atender_empresa")
        do_cliente = VerificacaoDeIdentidade.objects.filter(
            solicitacao__cliente=self.objeto, solicitacao__empresa_id__in=empresas
        )
        return do_cliente.select_related("solicitacao", "por").order_by("-em", "-id").first()

    def _e_deste_atendimento(self, verificacao: VerificacaoDeIdentidade) -> bool:
        """A conferência vale enquanto dura o atendimento em que se fez, para quem o tem em mãos."""
        solicitacao = verificacao.solicitacao
        return solicitacao.responsavel_id == self.request.user.pk and solicitacao.situacao in COM_DONO
