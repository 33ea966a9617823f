"""Cartão *Vizinhos*: se a falha é só deste cliente ou de quem divide a rede com ele."""

from atendimento import rede_na_tela
from atendimento.dominio.rede import vizinhos
from atendimento.widgets.base import WIDGETS, Widget


@WIDGETS.registrar
class Vizinhos(Widget):
    """Quantos por cento da mesma CTO e da mesma porta da OLT estão no ar. Só números."""

    slug = "vizinhos"
    nome = "Vizinhos da CTO"
    alvo = "etiqueta"
    icone = "network"
    ordem = 230
    ajuda = (
        "Quantas conexões da mesma CTO e da mesma porta da OLT estão no ar. Quando metade ou mais caiu, a"
        " falha é do grupo, e não da casa do cliente. Com menos de três vizinhos lidos a conta não diz nada."
    )

    def contexto(self) -> dict:
        """Os grupos de cada conexão, e o que se conclui."""
        blocos = []
        conexoes = list(rede_na_tela.da_etiqueta(self.objeto.pk))
        todos = vizinhos.grupos_das(conexoes)
        for conexao in conexoes:
            if grupos := todos[conexao.pk]:
                blocos.append(
                    {
                        "conexao": conexao,
                        "grupos": [(grupo, rede_na_tela.ha(grupo.lido_em)) for grupo in grupos],
                        "veredito": vizinhos.veredito(conexao, grupos),
                        "caido": any(grupo.caido for grupo in grupos),
                    }
                )
        return {"blocos": blocos}
