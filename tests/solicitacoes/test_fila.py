"""As filas: escopo, ordem, cursor, e planos que usam índice e não ordenam."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from atendimento.dominio import solicitacoes
from atendimento.models import Solicitacao
from tests import banco, fabricas

# Muitas linhas de uma vez, como o domínio as deixaria na fila; os gatilhos não olham uma a uma.
ENCHER = """
INSERT INTO atendimento_solicitacao
  (protocolo, cliente_id, contrato_id, etiqueta_id, empresa_id, situacao, situacao_desde, equipe_id,
   incancelavel, prioridade, canal, solicitante_nome, solicitante_telefone, solicitante_relacao, descricao,
   versao, prazo_em, prazo_regulatorio_em, periodo, contato_da_visita, tipo_de_visita, aberta_em,
   ciclo_desde, reaberturas, demo)
SELECT to_char(20200000000000 + i, 'FM00000000000000'), %(cliente)s, %(contrato)s, %(etiqueta)s,
  %(empresa)s, 'aberta', now(),
  (%(equipes)s::bigint[])[1 + i %% cardinality(%(equipes)s::bigint[])],
  false, 2, 'telefone', 'Jacira', '', 'titular', 'x', 1,
  now() + (i::bigint * 7919 %% %(quantas)s) / 3 * interval '1 minute', now() + interval '7 days', '', '', '',
  now(), now(), 0, false
FROM generate_series(1, %(quantas)s) i
"""
QUANTAS = 20_000


def encher(c, quantas=QUANTAS, equipes=()):
    """Enche a fila de `c.n1`; com `equipes`, reparte as linhas com elas."""
    with banco.sem_gatilhos("atendimento_solicitacao") as cursor:
        cursor.execute(
            ENCHER,
            {"cliente": c.cliente.pk, "contrato": c.contrato.pk, "etiqueta": c.etiqueta.pk}
            | {
                "empresa": c.empresa.pk,
                "equipes": [c.n1.pk, *[equipe.pk for equipe in equipes]],
                "quantas": quantas,
            },
        )
        cursor.execute("ANALYZE atendimento_solicitacao")


def plano(consulta) -> str:
    return consulta.explain()


@pytest.mark.parametrize(
    ("fila", "indices"),
    [
        (lambda q, c: q.da_equipe(c.n1).na_fila(), ("sol_fila_situacao", "sol_fila_equipe")),
        (lambda q, c: q.da_equipe(c.n1).abertas(), ("sol_fila_equipe",)),
        (lambda q, c: q.abertas(), ("sol_fila_geral",)),
        (lambda q, c: q.minhas(c.ana), ("sol_do_responsavel",)),
    ],
)
def test_o_plano_da_fila_anda_pelo_indice_sem_ordenar(cenario, fila, indices):
    c = cenario
    # Com uma equipe só, o índice dela e o geral custam o mesmo, e o plano seria um sorteio.
    encher(c, equipes=[fabricas.criar_equipe() for _ in range(9)])
    outra = fabricas.criar_empresa()
    visiveis = Solicitacao.objects.filter(empresa_id__in=[c.empresa.pk, outra.pk]).por_prazo()
    meio = Solicitacao.objects.por_prazo()[QUANTAS // 2]
    consulta = fila(visiveis, c)
    for pagina in (consulta, consulta.depois_de(meio.prazo_em, meio.pk)):
        texto = plano(pagina[:51])
        assert any(indice in texto for indice in indices), texto
        assert "Seq Scan" not in texto
    texto = plano(fila(visiveis, c).depois_de(meio.prazo_em, meio.pk)[:51])
    if indices != ("sol_do_responsavel",):
        assert "Sort" not in texto
        assert "ROW(prazo_em, id) > ROW(" in texto


def test_o_cursor_percorre_todas_uma_vez_na_ordem_do_prazo_mesmo_com_empates(cenario):
    c = cenario
    encher(c, 500)
    fila = Solicitacao.objects.visiveis_para(c.ana).da_equipe(c.n1).na_fila().por_prazo()
    esperadas = list(fila.values_list("prazo_em", "pk"))
    vistas, pagina = [], list(fila.values_list("prazo_em", "pk")[:37])
    while pagina:
        vistas += pagina
        pagina = list(fila.depois_de(*vistas[-1]).values_list("prazo_em", "pk")[:37])
    assert vistas == esperadas
    assert len(vistas) == 500
    meio = vistas[250]
    assert list(fila.antes_de(*meio).values_list("prazo_em", "pk")) == vistas[:250]


def test_escopo_e_o_mesmo_em_toda_leitura(cenario, em_maos, na_fila):
    c = cenario
    de_fora = fabricas.criar_contrato()
    outro = fabricas.criar_agente(c.n1, empresas=[de_fora.empresa])
    alheia = fabricas.criar_solicitacao(por=outro, etiqueta=de_fora.etiquetas.get(), equipe=c.n1)
    visiveis = Solicitacao.objects.visiveis_para(c.ana)
    assert set(visiveis) == {em_maos, na_fila}
    assert set(visiveis.da_equipe(c.n1).abertas()) == {em_maos, na_fila}
    assert list(visiveis.minhas(c.ana)) == [em_maos]
    assert list(visiveis.na_fila()) == [na_fila]
    assert visiveis.count() == 2
    assert set(Solicitacao.objects.visiveis_para(outro)) == {alheia}
    assert not Solicitacao.objects.visiveis_para(fabricas.criar_usuario())


def test_quem_vence_antes_vem_antes(cenario):
    c = cenario
    prazos = [fabricas.criar_prazo(horas=horas) for horas in (9, 2, 5)]
    feitas = [fabricas.criar_solicitacao(por=c.ana, etiqueta=c.etiqueta, prazo=p) for p in prazos]
    fila = Solicitacao.objects.da_equipe(c.n1).na_fila().por_prazo()
    assert list(fila) == [feitas[1], feitas[2], feitas[0]]


def test_cada_verbo_faz_um_numero_fixo_de_comandos(cenario, django_assert_max_num_queries):
    """A história cresce, o número de comandos não."""
    c = cenario
    s = fabricas.criar_solicitacao(por=c.ana, etiqueta=c.etiqueta, tipo=c.tipo, em_maos=True)
    contados = []
    for _ in range(3):
        with django_assert_max_num_queries(20) as pausar:
            s = solicitacoes.pausar(s, por=c.ana, versao=s.versao, motivo=c.motivo["pausa"])
        with django_assert_max_num_queries(20) as retomar:
            s = solicitacoes.retomar(s, por=c.ana, versao=s.versao)
        contados.append((len(pausar), len(retomar)))
    assert contados[1] == contados[2]


def test_protocolo_leva_a_data_local_e_nao_se_repete(cenario, settings):
    c = cenario
    quase_meia_noite = timezone.localtime().replace(hour=23, minute=59, second=0) + timedelta(days=1)
    s = fabricas.criar_solicitacao(por=c.ana, etiqueta=c.etiqueta, em=quase_meia_noite)
    assert s.protocolo[:8] == f"{quase_meia_noite:%Y%m%d}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval('atendimento_protocolo', 999999)")
    seguinte = fabricas.criar_solicitacao(por=c.ana, etiqueta=c.etiqueta)
    assert seguinte.protocolo.endswith("000001")
