"""Que massivas atingem quem: a leitura do painel, dos cartões e do encerramento em bloco."""

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Lower, NullIf
from django.db.models.lookups import Exact

from atendimento.consultas import ID, Consulta
from atendimento.models import Massiva, Solicitacao
from atendimento.models.massiva import Escopo
from contratos.dominio.caminho import com_caminho
from contratos.models import Conexao


def do_cliente(cliente_id: int) -> QuerySet[Massiva]:
    """As abertas que atingem alguma conexão ativa do cliente. Um comando SQL."""
    return _que_atingem(Conexao.objects.filter(ativa=True, etiqueta__contrato__cliente=cliente_id))


def da_etiqueta(etiqueta_id: int) -> QuerySet[Massiva]:
    """As abertas que atingem a etiqueta."""
    return _que_atingem(Conexao.objects.filter(ativa=True, etiqueta=etiqueta_id))


_DO_CLIENTE = Consulta(lambda _, cliente: do_cliente(cliente), ID)
_DA_ETIQUETA = Consulta(lambda _, etiqueta: da_etiqueta(etiqueta), ID)


def ler_do_cliente(cliente_id: int) -> list[Massiva]:
    """As de `do_cliente`, para o painel, que as pede a toda hora."""
    return _DO_CLIENTE(None, cliente_id)


def ler_da_etiqueta(etiqueta_id: int) -> list[Massiva]:
    """As de `da_etiqueta`, para o cartão do painel."""
    return _DA_ETIQUETA(None, etiqueta_id)


def atingidas(massiva: Massiva) -> QuerySet[Conexao]:
    """As conexões ativas que a massiva atinge."""
    return com_caminho(Conexao.objects.filter(ativa=True)).filter(_alvo(massiva))


def a_vincular(massiva: Massiva) -> QuerySet[Solicitacao]:
    """As solicitações abertas das etiquetas atingidas que ainda não são de massiva nenhuma."""
    etiquetas = atingidas(massiva).order_by().values("etiqueta")
    return Solicitacao.objects.filter(etiqueta__in=etiquetas, massiva=None).abertas()


def _que_atingem(conexoes: QuerySet[Conexao]) -> QuerySet[Massiva]:
    """As abertas em cujo alvo há uma das conexões; a coluna vazia de um alvo nunca é igual a nada."""
    no_alvo = (
        Q(splitter=OuterRef("splitter"))
        | Q(no_ponto=OuterRef("ponto_de_acesso"))
        | (Q(na_olt=OuterRef("olt")) & _ou_qualquer("slot", "no_slot") & _ou_qualquer("porta", "na_porta"))
        | (
            Q(na_cidade=NullIf(Lower(OuterRef("cidade")), Value("")), na_uf=OuterRef("uf"))
            & Q(no_bairro=Coalesce(NullIf(Lower(OuterRef("bairro")), Value("")), F("no_bairro")))
        )
    )
    atingida = com_caminho(conexoes).order_by().filter(no_alvo)
    return (
        Massiva.objects.abertas()
        .filter(Exists(atingida))
        .select_related("ponto_de_acesso", "olt", "splitter")
        .order_by("inicio", "id")
    )


def _ou_qualquer(da_massiva: str, da_conexao: str) -> Q:
    """Igual, ou a massiva não diz qual. Os nulos viram um número que não existe, para que se comparem."""
    nenhum = Value(-1)
    return Q(Exact(Coalesce(OuterRef(da_massiva), da_conexao, nenhum), Coalesce(da_conexao, nenhum)))


def _alvo(massiva: Massiva) -> Q:
    escopo = Escopo(massiva.escopo)
    if escopo == Escopo.SPLITTER:
        return Q(splitter=massiva.splitter_id)
    if escopo == Escopo.PONTO:
        return Q(no_ponto=massiva.ponto_de_acesso_id)
    if escopo in (Escopo.CIDADE, Escopo.BAIRRO):
        lugar = Q(na_cidade=massiva.cidade.lower(), na_uf=massiva.uf)
        return lugar & Q(no_bairro=massiva.bairro.lower()) if massiva.bairro else lugar
    onde = {"na_olt": massiva.olt_id, "no_slot": massiva.slot, "na_porta": massiva.porta}
    return Q(**{campo: valor for campo, valor in onde.items() if valor is not None})
