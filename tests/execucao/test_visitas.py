"""A agenda de campo: vaga por turno, técnico num lugar só, e o que fica quando a visita acaba."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from atendimento.dominio import solicitacoes, visitas
from atendimento.excecoes import DadoInvalido, Impedida
from atendimento.models import MembroDaEquipe, Solicitacao, Visita
from tests.execucao.cenario import criar_cenario
from tests.execucao.conftest import comecar, texto_de
from tests.execucao.contratual import ate_a_previa, concluir, fazer
from tests.execucao.test_concorrencia import ao_mesmo_tempo, entrar
from tests.fabricas import (
    criar_agente,
    criar_calendario,
    criar_equipe,
    criar_etiqueta,
    criar_motivo,
    criar_prazo,
    criar_solicitacao,
    criar_solucao,
    criar_tipo_de_solicitacao,
    criar_turno_de_campo,
)
from tests.invariantes import recusado

SEGUNDA = timezone.make_aware(datetime(2026, 11, 23, 10))
ACOES = ("agendar_visita", "reagendar_visita", "cancelar_visita", "retornar", "encerrar")


@pytest.fixture(autouse=True)
def relogio(time_machine):
    time_machine.move_to(SEGUNDA, tick=True)


@pytest.fixture
def mesa(acoes_de_teste):
    return criar_cenario(acoes=ACOES)


@pytest.fixture
def turno(mesa):
    return criar_turno_de_campo(criar_equipe(nome="Campo"))


@pytest.fixture
def agente(client, mesa):
    client.force_login(mesa.agente)
    return client


def outra_solicitacao(mesa) -> Solicitacao:
    return criar_solicitacao(por=mesa.agente, etiqueta=mesa.etiqueta)


def marcar(mesa, horario, **campos) -> Visita:
    padrao = {"por": mesa.agente, "tipo": "manutencao", "contato": "Portaria"}
    return visitas.marcar(outra_solicitacao(mesa), horario, **padrao | campos)


def livres() -> list[visitas.Horario]:
    return visitas.horarios(timezone.now())


def test_so_ha_horario_futuro_em_dia_de_expediente_e_com_vaga(mesa, turno):
    assert [(h.data.day, h.comeco, h.livres) for h in livres()[:2]] == [(24, time(8), 2), (24, time(10), 2)]
    assert {h.data.weekday() for h in livres()} == {0, 1, 2, 3, 4}
    turno.sabado = True
    turno.save()
    assert 5 in {h.data.weekday() for h in livres()}


def test_feriado_do_calendario_da_equipe_nao_tem_visita(mesa, turno):
    calendario = criar_calendario(sempre=False)
    for dia in range(5):
        calendario.turnos.create(dia=dia, inicio=time(8), fim=time(18))
    calendario.excecoes.create(data=timezone.localdate() + timedelta(1))
    turno.equipe.calendario = calendario
    turno.equipe.save()
    assert timezone.localdate() + timedelta(1) not in {h.data for h in livres()}


def test_o_turno_tem_tantas_visitas_quantas_vagas_em_qualquer_hora(mesa, turno):
    horario = livres()[1]
    assert [marcar(mesa, horario).vaga for _ in range(2)] == [1, 2]
    with pytest.raises(DadoInvalido, match="Não há mais vaga"):
        marcar(mesa, horario)
    assert horario.data not in {h.data for h in livres()}


def test_cancelar_devolve_a_vaga(mesa, turno):
    horario = livres()[1]
    primeira, _ = marcar(mesa, horario), marcar(mesa, horario)
    visitas.cancelar(primeira, por=mesa.agente, motivo="Desistiu.")
    assert marcar(mesa, horario).vaga == 1


def test_o_tecnico_nao_fica_em_dois_lugares(mesa, turno):
    tecnico = criar_agente(turno.equipe, empresas=[mesa.empresa])
    primeiro, seguinte = [h for h in livres() if h.data == livres()[-1].data]
    marcar(mesa, primeiro, tecnico=tecnico)
    with pytest.raises(DadoInvalido, match="já tem visita nesta hora"):
        marcar(mesa, primeiro, tecnico=tecnico)
    assert marcar(mesa, seguinte, tecnico=tecnico).vaga == 2


def test_agendar_pela_tela_deixa_a_solicitacao_agendada(agente, mesa, turno):
    horario = livres()[1]
    fazer(agente, mesa, "agendar_visita",
          {"tipo": "manutencao", "horario": horario.chave, "contato_no_local": "Jacira"})  # fmt: skip
    mesa.solicitacao.refresh_from_db()
    visita = mesa.solicitacao.visitas.get()
    assert (mesa.solicitacao.situacao, mesa.solicitacao.agendada_para) == ("agendada", horario.data)
    assert (visita.data, visita.turno, mesa.solicitacao.periodo) == (horario.data, turno, "manha")
    assert "contato no local: Jacira" in mesa.solicitacao.relatos.last().texto


def test_o_horario_que_se_esgotou_no_meio_e_422_e_nada_muda(agente, mesa, turno):
    horario = livres()[1]
    resposta = {"tipo": "manutencao", "horario": horario.chave, "contato_no_local": "Jacira"}
    execucao = ate_a_previa(agente, mesa, "agendar_visita", resposta)
    for _ in range(2):
        visitas.marcar(
            criar_solicitacao(por=mesa.agente, etiqueta=criar_etiqueta(mesa.contrato)), horario,
            por=mesa.agente, tipo="manutencao", contato="x",
        )  # fmt: skip
    assert concluir(agente, execucao).status_code == 422
    mesa.solicitacao.refresh_from_db()
    assert mesa.solicitacao.situacao == "em_atendimento"
    assert not mesa.solicitacao.visitas.exists()


def test_o_tecnico_de_outra_equipe_e_recusado_no_campo(agente, mesa, turno):
    outro = criar_turno_de_campo(criar_equipe(nome="Retirada"))
    tecnico = criar_agente(outro.equipe, empresas=[mesa.empresa])
    horario = next(h for h in livres() if h.turno == turno)
    resposta = comecar(agente, mesa, "agendar_visita", tipo="manutencao", horario=horario.chave,
                       contato_no_local="Jacira", tecnico=tecnico.pk)  # fmt: skip
    assert resposta.status_code == 422
    assert "não é da equipe Campo" in texto_de(resposta)


def agendada(mesa) -> Visita:
    horario = livres()[1]
    visita = visitas.marcar(mesa.solicitacao, horario, por=mesa.agente, tipo="manutencao", contato="Portaria")
    solicitacoes.agendar(
        mesa.solicitacao, por=mesa.agente, versao=None, data=horario.data, periodo="manha",
        contato="Portaria", tipo_de_visita="manutencao",
    )  # fmt: skip
    return visita


def test_remarcar_muda_a_agenda_da_solicitacao_e_conta(mesa, turno):
    visita, novo = agendada(mesa), livres()[-1]
    visitas.remarcar(visita, novo, por=mesa.agente, motivo="Viajou.")
    mesa.solicitacao.refresh_from_db()
    visita.refresh_from_db()
    assert (mesa.solicitacao.agendada_para, visita.data, visita.remarcacoes) == (novo.data, novo.data, 1)
    assert "remarcada" in mesa.solicitacao.relatos.last().texto


@pytest.mark.parametrize("resultado", ["executada", "ausente", "improdutiva", "reagendar"])
def test_o_retorno_encerra_a_visita(mesa, turno, resultado):
    visita = agendada(mesa)
    solicitacoes.retornar(mesa.solicitacao, por=mesa.agente, versao=None, resultado=resultado)
    visita.refresh_from_db()
    assert visita.situacao == resultado


def test_encerrar_com_o_resultado_encerra_a_visita(mesa, turno):
    visita = agendada(mesa)
    solicitacoes.encerrar(
        mesa.solicitacao, por=mesa.agente, versao=None, solucao=criar_solucao(), relato="Feito.",
        tipo=criar_tipo_de_solicitacao(prazo_padrao=criar_prazo()), resultado="executada",
    )  # fmt: skip
    visita.refresh_from_db()
    assert visita.situacao == "executada"


def test_cancelar_a_solicitacao_cancela_a_visita(mesa, turno):
    visita = agendada(mesa)
    solicitacoes.cancelar(
        mesa.solicitacao, por=mesa.agente, versao=None, motivo=criar_motivo("cancelamento"),
        justificativa="Cliente desistiu de vez.",
    )  # fmt: skip
    visita.refresh_from_db()
    assert visita.situacao == "cancelada"


def test_visita_marcada_impede_encerrar_fora_da_agenda(mesa, turno):
    visitas.marcar(mesa.solicitacao, livres()[1], por=mesa.agente, tipo="manutencao", contato="Portaria")
    with pytest.raises(Impedida, match="Há uma visita marcada"):
        solicitacoes.encerrar(
            mesa.solicitacao, por=mesa.agente, versao=None, solucao=criar_solucao(), relato="Feito.",
            tipo=criar_tipo_de_solicitacao(),
        )  # fmt: skip


def test_visita_acabada_nao_se_remarca_nem_se_cancela(mesa, turno):
    visita = marcar(mesa, livres()[1])
    visitas.cancelar(visita, por=mesa.agente, motivo="x")
    for verbo in (
        lambda: visitas.cancelar(visita, por=mesa.agente, motivo="x"),
        lambda: visitas.remarcar(visita, livres()[2], por=mesa.agente, motivo="x"),
    ):
        with pytest.raises(Impedida, match="já está cancelada"):
            verbo()


@pytest.mark.django_db(transaction=True)
def test_muitos_marcando_o_mesmo_turno_nunca_passam_das_vagas(acoes_de_teste):
    mesa = criar_cenario(acoes=ACOES)
    criar_turno_de_campo(criar_equipe(nome="Campo"))
    horario = livres()[1]
    abertas = [outra_solicitacao(mesa) for _ in range(6)]
    assert entrar(mesa.agente)

    def tentar(numero):
        try:
            visitas.marcar(abertas[numero], horario, por=mesa.agente, tipo="manutencao", contato="Portaria")
        except DadoInvalido:
            return "sem vaga"
        return "marcada"

    feitas = ao_mesmo_tempo(tentar, 6)

    assert sorted(feitas) == ["marcada"] * 2 + ["sem vaga"] * 4
    assert sorted(Visita.objects.values_list("vaga", flat=True)) == [1, 2]


# Invariantes, por SQL

COPIA = (
    "INSERT INTO atendimento_visita (solicitacao_id, etiqueta_id, turno_id, tecnico_id, tipo, data, "
    "janela, vaga,"
    " contato, taxa, observacao, situacao, remarcacoes, marcada_por_id, marcada_em)"
    " SELECT %s, etiqueta_id, turno_id, tecnico_id, tipo, data, janela, {vaga}, contato, taxa, '', "
    "situacao, 0,"
    " marcada_por_id, now() FROM atendimento_visita WHERE id = %s"
)


def test_as_invariantes_da_visita(mesa, turno):
    tecnico = criar_agente(turno.equipe, empresas=[mesa.empresa])
    MembroDaEquipe.objects.get_or_create(equipe=turno.equipe, usuario=tecnico)
    visita = marcar(mesa, livres()[1], tecnico=tecnico)
    outra = outra_solicitacao(mesa)
    recusado("visita_tecnico_em_um_lugar_so", COPIA.format(vaga=2), outra.pk, visita.pk)
    Visita.objects.filter(pk=visita.pk).update(tecnico=None)
    recusado("visita_vaga_unica", COPIA.format(vaga=1), outra.pk, visita.pk)
    recusado("visita_cabe_no_turno", COPIA.format(vaga=3), outra.pk, visita.pk)
    recusado("visita_valores_conhecidos", COPIA.format(vaga=0), outra.pk, visita.pk)
    recusado("visita_marcada_unica_da_solicitacao", COPIA.format(vaga=2), visita.solicitacao_id, visita.pk)
    atualiza = "UPDATE atendimento_visita SET {} WHERE id = %s"
    recusado("visita_encerrada_tem_data", atualiza.format("situacao = 'executada'"), visita.pk)
    recusado("visita_nao_se_apaga", "DELETE FROM atendimento_visita WHERE id = %s", visita.pk)
    visitas.cancelar(visita, por=mesa.agente, motivo="x")
    recusado("visita_encerrada_nao_muda", atualiza.format("contato = 'x'"), visita.pk)


def test_as_invariantes_do_turno(turno):
    recusado(
        "turno_de_campo_coerente", "UPDATE atendimento_turnodecampo SET vagas = 0 WHERE id = %s", turno.pk
    )
    recusado(
        "turno_de_campo_unico",
        "INSERT INTO atendimento_turnodecampo (equipe_id, periodo, inicio, fim, minutos, vagas, sabado, "
        "ativo)"
        " VALUES (%s, 'manha', '08:00', '12:00', 60, 1, false, true)",
        turno.equipe_id,
    )
