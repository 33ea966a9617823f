"""O eixo do atendimento: cliente, contrato, etiqueta e solicitação a que um alvo pertence.

Tudo se lê dentro do escopo do usuário; o que está fora dele não existe. As travas se tomam sempre na
mesma ordem, cliente, contrato, solicitação, para que duas execuções nunca esperem uma pela outra.
"""

from copy import copy
from dataclasses import dataclass, replace

from django.http import Http404

from atendimento import transacao
from atendimento.alvos import CONSULTAS, por_id
from atendimento.dominio.solicitacoes.porta import etiqueta_com_contrato_trancado, ler_trancada
from atendimento.models.solicitacao import Solicitacao
from clientes.models import Cliente
from contratos.models import Contrato, Etiqueta

ALVOS = ("cliente", "contrato", "etiqueta", "solicitacao")


@dataclass(frozen=True, slots=True)
class Eixo:
    """Um alvo e tudo acima dele. Num cliente, contrato e etiqueta são nulos."""

    alvo: str
    cliente: Cliente
    contrato: Contrato | None = None
    etiqueta: Etiqueta | None = None
    solicitacao: Solicitacao | None = None

    @property
    def objeto(self):
        """O próprio alvo."""
        return getattr(self, self.alvo)

    @property
    def versao(self) -> int:
        """A versão do alvo; a da etiqueta é a de seu contrato."""
        return self.contrato.versao if self.alvo == "etiqueta" else self.objeto.versao

    def com_solicitacao(self, pk: int | None, *, tranca: bool = False) -> "Eixo":
        """O mesmo eixo, com a solicitação em que se trabalha."""
        if pk is None or self.alvo == "solicitacao":
            return self
        todas = Solicitacao.objects.all()
        consulta = trancar(todas) if tranca else todas.select_related("responsavel")
        return replace(self, solicitacao=consulta.get(pk=pk))


def localizar(alvo: str, pk: int, usuario, *, travas: tuple[str, ...] = ()) -> Eixo:
    """O eixo do alvo, se existe e está no escopo; senão `Http404`, que não distingue um do outro.

    `travas` nomeia o que trancar (`cliente`, `contrato`, `solicitacao`); só dentro de uma transação.
    """
    if alvo not in LEITORES:
        raise Http404
    return LEITORES[alvo](pk, usuario, travas)


def trancar(consulta):
    """As linhas trancadas até o fim da transação, sem impedir que outras linhas as referenciem.

    Sem junções: quem espera a trava relê só a linha trancada, e uma junção a perderia se quem a tinha
    mudou a chave estrangeira (o responsável, a equipe, o titular).
    """
    return consulta.select_for_update(of=("self",), no_key=True)


# O endereço é da aba com que o painel abre.
DO_CONTRATO = ("contrato__cliente", "contrato__empresa", "contrato__endereco")
DA_SOLICITACAO = ("cliente", "contrato", "etiqueta", "equipe", "responsavel", "tipo")
NO_ESCOPO = CONSULTAS | {
    "etiqueta": lambda quem: Etiqueta.objects.visiveis_para(quem).select_related(*DO_CONTRATO),
    "solicitacao": lambda quem: Solicitacao.objects.visiveis_para(quem).select_related(*DA_SOLICITACAO),
}


SEM_TRAVA = {alvo: por_id(NO_ESCOPO[alvo]) for alvo in ALVOS}
MODELOS = {"cliente": Cliente, "contrato": Contrato}


def _cliente(pk, usuario, travas) -> Eixo:
    return Eixo("cliente", _achar("cliente", pk, usuario, "cliente" in travas))


def _contrato(pk, usuario, travas) -> Eixo:
    if "cliente" in travas:
        trancar(Cliente.objects.filter(contratos=pk).order_by()).first()
    contrato = _achar("contrato", pk, usuario, "contrato" in travas)
    return Eixo("contrato", contrato.cliente, contrato)


def _etiqueta(pk, usuario, travas) -> Eixo:
    if "cliente" in travas:
        trancar(Cliente.objects.filter(contratos__etiquetas=pk).order_by()).first()
    etiqueta = (
        _etiqueta_trancada(pk, NO_ESCOPO["etiqueta"](usuario)) if travas else _achar("etiqueta", pk, usuario)
    )
    return Eixo("etiqueta", etiqueta.contrato.cliente, etiqueta.contrato, etiqueta)


def _etiqueta_trancada(pk, escopo) -> Etiqueta:
    try:
        etiqueta = etiqueta_com_contrato_trancado(pk, escopo)
    except Etiqueta.DoesNotExist:
        raise Http404 from None
    transacao.guardar(etiqueta)
    return etiqueta


def _solicitacao(pk, usuario, travas) -> Eixo:
    if "contrato" in travas:
        # A ação pode levá-la a outro contrato do cliente: trancam-se todos, sempre na mesma ordem.
        do_cliente = Contrato.objects.filter(cliente__solicitacoes=pk).order_by("pk")
        list(trancar(do_cliente).only("pk"))
    if "solicitacao" in travas:
        achada = _solicitacao_trancada(pk, Solicitacao.objects.visiveis_para(usuario))
    else:
        achada = _achar("solicitacao", pk, usuario)
    return Eixo("solicitacao", achada.cliente, achada.contrato, achada.etiqueta, achada)


def _solicitacao_trancada(pk, escopo) -> Solicitacao:
    try:
        achada = ler_trancada(pk, escopo)
    except Solicitacao.DoesNotExist:
        raise Http404 from None
    # Uma cópia: o que um verbo recusado mudou na sua não é o que está no banco.
    transacao.guardar(copy(achada))
    return achada


def _achar(alvo: str, pk: int, usuario, tranca: bool = False):
    if tranca:
        list(trancar(MODELOS[alvo].objects.filter(pk=pk)).only("pk"))
    achado = SEM_TRAVA[alvo].primeira(usuario, pk)
    if achado is None:
        raise Http404
    return achado


LEITORES = {"cliente": _cliente, "contrato": _contrato, "etiqueta": _etiqueta, "solicitacao": _solicitacao}
