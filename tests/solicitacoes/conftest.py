"""O cenário em que os verbos se testam: duas equipes, três agentes, um supervisor, um contrato."""

from types import SimpleNamespace

import pytest
from django.db import transaction

from atendimento.models import TipoDeMotivo
from tests import fabricas


@transaction.atomic
def montar() -> SimpleNamespace:
    """Cria o cenário; serve também aos testes que rodam fora de uma transação só."""
    c = SimpleNamespace()
    c.empresa = fabricas.criar_empresa()
    c.cliente = fabricas.criar_cliente()
    c.contrato = fabricas.criar_contrato(c.cliente, c.empresa)
    c.etiqueta = c.contrato.etiquetas.get()
    c.n2 = fabricas.criar_equipe(nome="Suporte N2", slug="n2")
    c.alheia = fabricas.criar_equipe(nome="Cobrança", slug="cobranca")
    c.n1 = fabricas.criar_equipe(nome="Atendimento N1", slug="n1", encaminha_para=[c.n2])
    c.n2.encaminha_para.set([c.n1])
    c.ana = fabricas.criar_agente(c.n1, empresas=[c.empresa])
    c.beto = fabricas.criar_agente(c.n1, empresas=[c.empresa])
    c.caio = fabricas.criar_agente(c.n2, empresas=[c.empresa])
    c.sofia = fabricas.criar_agente(c.n1, c.n2, empresas=[c.empresa], supervisor=True, max_em_atendimento=3)
    c.prazo = fabricas.criar_prazo(padrao=True)
    c.tipo = fabricas.criar_tipo_de_solicitacao(nome="Sem conexão")
    c.solucao = fabricas.criar_solucao()
    c.motivo = {tipo: fabricas.criar_motivo(tipo) for tipo in TipoDeMotivo.values}
    return c


@pytest.fixture
def cenario(db) -> SimpleNamespace:
    """O cenário, na transação do teste."""
    return montar()


@pytest.fixture
def em_maos(cenario):
    """Uma solicitação em atendimento por Ana."""
    return fabricas.criar_solicitacao(
        por=cenario.ana, etiqueta=cenario.etiqueta, tipo=cenario.tipo, em_maos=True
    )


@pytest.fixture
def na_fila(cenario):
    """Uma solicitação na fila do N1."""
    return fabricas.criar_solicitacao(por=cenario.ana, etiqueta=cenario.etiqueta, tipo=cenario.tipo)
