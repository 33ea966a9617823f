"""Atores ao acaso por todas as transições, legais ou não: depois de cada passo, nada se contradiz."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from atendimento.dominio import calendarios, solicitacoes
from atendimento.excecoes import Recusa
from atendimento.models import Apontamento, RegistroDeAuditoria, Solicitacao, Transicao
from atendimento.models.solicitacao import REABERTURAS_MAXIMAS
from atendimento.prazos import relogios
from atendimento.situacoes import ABERTAS, COM_DONO, SEM_DONO, TRANSICOES, Situacao
from perfis.models import Usuario
from tests import fabricas
from tests.solicitacoes.conftest import montar
from tests.solicitacoes.test_regras import retrato

VERBOS = {
    "assumir": solicitacoes.assumir,
    "pausar": solicitacoes.pausar,
    "retomar": solicitacoes.retomar,
    "encaminhar": solicitacoes.encaminhar,
    "alterar_etiqueta": solicitacoes.alterar_etiqueta,
    "transferir": solicitacoes.transferir,
    "devolver": solicitacoes.devolver_a_fila,
    "agendar": solicitacoes.agendar,
    "retornar": solicitacoes.retornar,
    "encerrar": solicitacoes.encerrar,
    "cancelar": solicitacoes.cancelar,
    "reabrir": solicitacoes.reabrir,
}
MOTIVOS = {
    "pausar": "pausa",
    "encaminhar": "encaminhamento",
    "transferir": "transferencia",
    "devolver": "devolucao",
    "cancelar": "cancelamento",
    "reabrir": "reabertura",
}
FIXOS = {
    "retomar": {"justificativa": "Assume o lugar do colega"},
    "retornar": {"resultado": "executada", "justificativa": "Assume o lugar do colega"},
    "cancelar": {"justificativa": "Aberta por engano"},
}


def relido(usuario) -> Usuario:
    """O usuário como outra requisição o lê."""
    return Usuario.objects.get(pk=usuario.pk)


class VidaDeUmaSolicitacao(RuleBasedStateMachine):
    """O modelo é pequeno: a situação, a versão e o dono que deviam ser."""

    def __init__(self):
        super().__init__()
        self.transacao = transaction.atomic()
        self.transacao.__enter__()
        self.c = montar()
        self.outra_etiqueta = fabricas.criar_contrato(self.c.cliente, self.c.empresa).etiquetas.get()
        self.congela = fabricas.criar_motivo(congela_prazo=True)
        self.agora = timezone.now()

    def teardown(self):
        transaction.set_rollback(True)
        self.transacao.__exit__(None, None, None)

    @initialize(em_maos=st.booleans())
    def nascer(self, em_maos):
        self.s = fabricas.criar_solicitacao(
            por=self.c.ana, etiqueta=self.c.etiqueta, tipo=self.c.tipo, em_maos=em_maos, em=self.agora
        )
        self.protocolo = self.s.protocolo
        self.esperada = Situacao.EM_ATENDIMENTO if em_maos else Situacao.ABERTA
        self.versao, self.dono = 1, self.c.ana if em_maos else None

    @rule(data=st.data())
    def passo_previsto(self, data):
        """Uma transição que a tabela permite, por quem pode: leva a história adiante."""
        previstas = [t for t, passos in TRANSICOES.items() if self.esperada in passos]
        # Cancelar acaba a história: fica para o acaso, ou quase toda ela seria curta.
        # Encerrar com a massiva pede uma, e tem teste próprio.
        previstas = [t for t in previstas if t not in ("cancelar", "encerrar_em_bloco")]
        if previstas:
            transicao = data.draw(st.sampled_from(previstas))
            s = Solicitacao.objects.get(pk=self.s.pk)
            da_equipe = [self.c.ana, self.c.beto] if s.equipe == self.c.n1 else [self.c.caio]
            de_supervisor = transicao == "devolver" or (transicao == "alterar_etiqueta" and not self.dono)
            por = self.c.sofia if de_supervisor else self.dono or data.draw(st.sampled_from(da_equipe))
            outros = [u for u in [*da_equipe, self.c.sofia] if u != self.dono]
            self.tentar(transicao, por, data, agente=data.draw(st.sampled_from(outros)))

    @rule(data=st.data())
    def mais_um_passo_previsto(self, data):
        """O mesmo, para que os previstos sejam dois em cada três."""
        self.passo_previsto(data)

    @rule(data=st.data(), transicao=st.sampled_from(sorted(VERBOS)), atraso=st.sampled_from([0, 0, 1]))
    def passo_ao_acaso(self, data, transicao, atraso):
        """Qualquer um pede qualquer coisa, às vezes com um formulário velho."""
        atores = [self.c.ana, self.c.beto, self.c.caio, self.c.sofia]
        por, agente = data.draw(st.sampled_from(atores)), data.draw(st.sampled_from(atores))
        self.tentar(transicao, por, data, agente=agente, atraso=atraso)

    def tentar(self, transicao, por, data, *, agente, atraso=0):
        """Chama o verbo; feito, o modelo anda; recusado, nada pode ter sido escrito."""
        self.agora += timedelta(minutes=data.draw(st.integers(0, 600)))
        verbo = VERBOS[transicao]
        if transicao == "assumir" and agente != por and data.draw(st.booleans()):
            verbo, campos = solicitacoes.assumir_por, {"agente": relido(agente)}
        else:
            campos = self.campos(transicao, agente, data)
        antes = retrato()
        try:
            feita = verbo(self.s, por=relido(por), versao=self.versao - atraso, em=self.agora, **campos)
        except Recusa as recusa:
            feita, frase = None, recusa.frase
        event(f"{transicao}: {'feita' if feita else 'recusada'}")
        if feita is None:
            assert frase
            assert retrato() == antes
            return
        assert self.esperada in TRANSICOES[transicao], f"{transicao} passou de {self.esperada}"
        assert not atraso, f"{transicao} passou com versão velha"
        self.esperada = TRANSICOES[transicao][self.esperada]
        self.versao += 1
        self.dono = feita.responsavel if self.esperada in COM_DONO else None
        if transicao == "reabrir":
            assert min(feita.prazo_em, feita.prazo_regulatorio_em) > self.agora

    def campos(self, transicao, agente, data):
        """O que o formulário da transição traz, quase sempre bem preenchido."""
        c = self.c
        motivo = {"motivo": c.motivo[MOTIVOS[transicao]]} if transicao in MOTIVOS else {}
        if transicao == "pausar":
            retorno = self.agora + timedelta(days=1) if data.draw(st.booleans()) else None
            congela = {"motivo": self.congela} if data.draw(st.booleans()) else {}
            return motivo | congela | {"retorna_em": retorno}
        if transicao == "encaminhar":
            equipe = data.draw(st.sampled_from([c.n1, c.n2, c.n1, c.n2, c.alheia]))
            return motivo | {"equipe": equipe, "resumo": "ONU sem sinal óptico"}
        if transicao == "transferir":
            return motivo | {"agente": relido(agente)}
        if transicao == "alterar_etiqueta":
            atual = Solicitacao.objects.values_list("etiqueta", flat=True).get(pk=self.s.pk)
            nova = self.outra_etiqueta if atual == c.etiqueta.pk else c.etiqueta
            return {"etiqueta": nova, "justificativa": "Falava do outro endereço"}
        if transicao == "agendar":
            dia = self.agora.date() + timedelta(days=2)
            visita = {"periodo": "manha", "contato": "Portaria", "tipo_de_visita": "manutencao"}
            return visita | {"data": dia}
        if transicao == "encerrar":
            return {"solucao": c.solucao, "relato": "Conector refeito.", "resultado": "executada"}
        return motivo | FIXOS.get(transicao, {})

    @invariant()
    def a_linha_concorda_com_o_modelo_e_com_a_historia(self):
        s = Solicitacao.objects.get(pk=self.s.pk)
        assert (s.situacao, s.versao, s.protocolo) == (self.esperada, self.versao, self.protocolo)
        historia = list(Transicao.objects.filter(solicitacao=s).order_by("versao"))
        assert [t.versao for t in historia] == list(range(1, self.versao + 1))
        assert historia[0].de == ""
        assert all(a.para == b.de and a.em <= b.em for a, b in pairwise(historia))
        assert (historia[-1].para, historia[-1].responsavel_id, historia[-1].equipe_id) == (
            s.situacao, s.responsavel_id, s.equipe_id,
        )  # fmt: skip
        assert s.reaberturas == sum(t.transicao == "reabrir" for t in historia) <= REABERTURAS_MAXIMAS

    @invariant()
    def um_dono_onde_deve_e_um_intervalo_so(self):
        s = Solicitacao.objects.get(pk=self.s.pk)
        if self.esperada in COM_DONO:
            assert s.responsavel == self.dono
            assert s.responsavel is not None
        elif self.esperada in SEM_DONO:
            assert s.responsavel is None
        abertos = list(Apontamento.objects.filter(solicitacao=s, fim=None))
        assert [a.agente_id for a in abertos] == (
            [s.responsavel_id] if s.situacao == Situacao.EM_ATENDIMENTO else []
        )

    @invariant()
    def os_relogios_somam_os_ciclos_abertos(self):
        passos = calendarios.passos(self.s)
        achados = relogios(passos, self.agora)
        fins = [p.em for p in passos[1:]] + [self.agora]
        abertos = [
            max(fim - p.em, timedelta()) for p, fim in zip(passos, fins, strict=True) if p.para in ABERTAS
        ]
        assert achados.total == sum(abertos, timedelta())
        trabalhado = sum(
            (max((a.fim or self.agora) - a.inicio, timedelta()) for a in self.s.apontamentos.all()),
            timedelta(),
        )
        assert achados.trabalho == trabalhado

    @invariant()
    def a_auditoria_e_os_relatos_estao_completos(self):
        assert (
            RegistroDeAuditoria.objects.filter(alvo="solicitacao", alvo_id=self.s.pk).count() == self.versao
        )
        assert self.s.relatos.filter(transicao__isnull=False).count() == self.versao

    @invariant()
    def o_banco_aceita_confirmar_isto(self):
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@pytest.mark.django_db
def test_atores_ao_acaso_nunca_deixam_a_solicitacao_incoerente():
    run_state_machine_as_test(
        VidaDeUmaSolicitacao,
        settings=settings(
            max_examples=12, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
