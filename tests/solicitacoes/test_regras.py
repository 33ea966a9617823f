"""O que os verbos recusam, e que a recusa não grava nada."""

from datetime import timedelta

import pytest
from django.utils import timezone

from atendimento.dominio import solicitacoes
from atendimento.excecoes import (
    DadoInvalido,
    Desatualizada,
    Impedida,
    JaAssumida,
    LimiteDoAgente,
    MotivoInvalido,
    Recusa,
    SemPermissao,
    TransicaoInvalida,
)
from atendimento.models import (
    Apontamento,
    MembroDaEquipe,
    Prazo,
    RegistroDeAuditoria,
    Relato,
    Solicitacao,
    TipoDeSolicitacao,
    Transicao,
)
from atendimento.situacoes import Situacao
from contratos.enums import SituacaoDoContrato
from contratos.models import ConcessaoDeEmpresa, Contrato, EventoDeContrato
from perfis.models import Perfil, Usuario
from tests import fabricas

TABELAS = (Solicitacao, Transicao, Relato, Apontamento, RegistroDeAuditoria, EventoDeContrato)


def retrato():
    """Tudo o que um verbo poderia ter escrito."""
    return [list(modelo.objects.order_by("pk").values()) for modelo in TABELAS]


def recusado(excecao, verbo, *args, campo=None, **campos) -> Recusa:
    """Chama o verbo, exige a recusa e confere que nada mudou."""
    antes = retrato()
    with pytest.raises(excecao) as erro:
        verbo(*args, **campos)
    assert retrato() == antes
    assert erro.value.frase
    assert erro.value.campo == campo
    return erro.value


def de_novo(usuario) -> Usuario:
    """O usuário como outra requisição o lê, com as permissões de agora."""
    return Usuario.objects.get(pk=usuario.pk)


@pytest.mark.parametrize("especie", ["cancelamento", "reclamacao", "lgpd"])
def test_especie_protegida_nunca_se_cancela_nem_reclassificada(cenario, especie):
    c = cenario
    protegido = fabricas.criar_tipo_de_solicitacao(especie=especie)
    s = fabricas.criar_solicitacao(por=c.ana, etiqueta=c.etiqueta, tipo=protegido, em_maos=True)
    cancelar = {"motivo": c.motivo["cancelamento"], "justificativa": "Cliente desistiu de tudo"}
    recusado(Impedida, solicitacoes.cancelar, s, por=c.ana, versao=1, **cancelar)
    s = solicitacoes.encaminhar(
        s, por=c.ana, versao=1, equipe=c.n2, motivo=c.motivo["encaminhamento"],
        resumo="Reclassificada de propósito", tipo=c.tipo,
    )  # fmt: skip
    s = solicitacoes.assumir(s, por=c.caio)
    assert s.tipo == c.tipo
    recusado(Impedida, solicitacoes.cancelar, s, por=c.caio, versao=3, **cancelar)


@pytest.mark.parametrize("situacao", [4, 5, 6, 7, 9])
def test_contrato_bloqueado_so_aceita_os_tipos_que_o_permitem(cenario, situacao):
    c = cenario
    fabricas.criar_debito(c.contrato)
    Contrato.objects.filter(pk=c.contrato.pk).update(
        situacao=situacao, cancelado_em=timezone.localdate() if situacao == 4 else None
    )
    liberado = fabricas.criar_tipo_de_solicitacao(permite_contrato_bloqueado=True)
    c.contrato.refresh_from_db()
    assert list(TipoDeSolicitacao.objects.para_contrato(c.contrato)) == [liberado]
    for verbo in (solicitacoes.abrir, solicitacoes.iniciar):
        recusado(
            DadoInvalido, verbo, por=c.ana, etiqueta=c.etiqueta, canal="telefone", solicitante_nome="Jacira",
            descricao="x", tipo=c.tipo, campo="tipo",
        )  # fmt: skip
    s = fabricas.criar_solicitacao(por=c.ana, etiqueta=c.etiqueta, tipo=liberado, em_maos=True)
    recusado(
        DadoInvalido, solicitacoes.encerrar, s, por=c.ana, versao=1, solucao=c.solucao, relato="x",
        tipo=c.tipo, campo="tipo",
    )  # fmt: skip


def test_bloqueado_depois_ainda_se_encerra_com_o_tipo_que_ja_tinha(cenario, em_maos):
    c = cenario
    Contrato.objects.filter(pk=c.contrato.pk).update(situacao=SituacaoDoContrato.BLOQUEIO_ADMINISTRATIVO)
    solicitacoes.encerrar(em_maos, por=c.ana, versao=1, solucao=c.solucao, relato="Feito.")


@pytest.mark.parametrize(
    ("campos", "excecao", "campo"),
    [
        ({"equipe": "alheia"}, DadoInvalido, "equipe"),
        ({"equipe": "n1"}, DadoInvalido, "equipe"),
        ({"equipe": None}, DadoInvalido, "equipe"),
        ({"resumo": "curto"}, DadoInvalido, "resumo"),
        ({"resumo": " " * 30}, DadoInvalido, "resumo"),
        ({"resumo": "x" * 4001}, DadoInvalido, "resumo"),
        ({"resumo": "nulo \x00 no meio"}, DadoInvalido, "resumo"),
        ({"motivo": "pausa"}, MotivoInvalido, "motivo"),
        ({"motivo": None}, MotivoInvalido, "motivo"),
        ({"prioridade": 9}, DadoInvalido, "prioridade"),
    ],
)
def test_encaminhar_so_a_equipe_permitida_e_com_resumo(cenario, em_maos, campos, excecao, campo):
    c = cenario
    certos = {"equipe": "n2", "motivo": "encaminhamento", "resumo": "ONU sem sinal óptico"} | campos
    certos["equipe"] = certos["equipe"] and getattr(c, certos["equipe"])
    certos["motivo"] = certos["motivo"] and c.motivo[certos["motivo"]]
    recusado(excecao, solicitacoes.encaminhar, em_maos, por=c.ana, versao=1, campo=campo, **certos)


def test_encaminhar_a_equipe_ou_com_motivo_tipo_ou_prazo_inativos(cenario, em_maos):
    c = cenario
    certos = {"equipe": c.n2, "motivo": c.motivo["encaminhamento"], "resumo": "ONU sem sinal óptico"}
    inativos = {
        "tipo": fabricas.criar_tipo_de_solicitacao(ativo=False),
        "prazo": fabricas.criar_prazo(ativo=False),
        "motivo": fabricas.criar_motivo("encaminhamento", ativo=False),
    }
    for campo, valor in inativos.items():
        recusado(
            DadoInvalido, solicitacoes.encaminhar, em_maos, por=c.ana, versao=1, campo=campo,
            **certos | {campo: valor},
        )  # fmt: skip
    c.n2.ativa = False
    c.n2.save()
    recusado(DadoInvalido, solicitacoes.encaminhar, em_maos, por=c.ana, versao=1, campo="equipe", **certos)


def test_terceira_ida_e_volta_so_com_supervisor(cenario, em_maos):
    c, s = cenario, em_maos
    for de, equipe in ((c.ana, c.n2), (c.caio, c.n1)):
        s = solicitacoes.encaminhar(
            s, por=de, versao=s.versao, equipe=equipe, motivo=c.motivo["encaminhamento"], resumo="x" * 10
        )
        s = solicitacoes.assumir(s, por=c.caio if equipe == c.n2 else c.ana)
    mais_uma = {"equipe": c.n2, "motivo": c.motivo["encaminhamento"], "resumo": "x" * 10}
    recusado(Impedida, solicitacoes.encaminhar, s, por=c.ana, versao=s.versao, **mais_uma)
    solicitacoes.encaminhar(s, por=c.sofia, versao=s.versao, **mais_uma)


def test_alterar_etiqueta_so_para_outra_ativa_do_mesmo_cliente_e_empresa_atendida(cenario, em_maos):
    c = cenario
    inativa = fabricas.criar_etiqueta(c.contrato, ativa=False)
    de_outro = fabricas.criar_contrato(empresa=c.empresa).etiquetas.get()
    de_fora = fabricas.criar_contrato(c.cliente).etiquetas.get()
    justificativa = "Falava do outro endereço"
    for etiqueta in (c.etiqueta, inativa, de_outro, None):
        recusado(
            DadoInvalido, solicitacoes.alterar_etiqueta, em_maos, por=c.ana, versao=1, etiqueta=etiqueta,
            justificativa=justificativa, campo="etiqueta",
        )  # fmt: skip
    recusado(
        SemPermissao, solicitacoes.alterar_etiqueta, em_maos, por=c.ana, versao=1, etiqueta=de_fora,
        justificativa=justificativa,
    )  # fmt: skip
    outra = fabricas.criar_etiqueta(c.contrato)
    recusado(
        DadoInvalido, solicitacoes.alterar_etiqueta, em_maos, por=c.ana, versao=1, etiqueta=outra,
        justificativa="curta", campo="justificativa",
    )  # fmt: skip
    solicitacoes.alterar_etiqueta(em_maos, por=c.ana, versao=1, etiqueta=outra, justificativa=justificativa)
    assert EventoDeContrato.objects.count() == 1


def test_pausa_exige_o_que_o_motivo_exige(cenario, em_maos):
    c = cenario
    retorno = fabricas.criar_motivo(exige_retorno=True)
    observado = fabricas.criar_motivo(exige_observacao=True)
    pausar = solicitacoes.pausar
    recusado(MotivoInvalido, pausar, em_maos, por=c.ana, versao=1, motivo=retorno, campo="retorna_em")
    recusado(MotivoInvalido, pausar, em_maos, por=c.ana, versao=1, motivo=observado, campo="observacao")
    recusado(
        MotivoInvalido, pausar, em_maos, por=c.ana, versao=1, motivo=c.motivo["reabertura"], campo="motivo"
    )
    for dias in (-1, 400):
        recusado(
            MotivoInvalido, pausar, em_maos, por=c.ana, versao=1, motivo=retorno, campo="retorna_em",
            retorna_em=timezone.now() + timedelta(days=dias),
        )  # fmt: skip


def test_a_descricao_pode_esperar_ate_a_primeira_pausa(cenario):
    c = cenario
    s = fabricas.criar_solicitacao(por=c.ana, etiqueta=c.etiqueta, descricao="", em_maos=True)
    pausa = {"por": c.ana, "versao": 1, "motivo": c.motivo["pausa"]}
    recusado(DadoInvalido, solicitacoes.pausar, s, campo="descricao", **pausa)
    s = solicitacoes.pausar(s, descricao="Sem conexão desde ontem", **pausa)
    assert Solicitacao.objects.get(pk=s.pk).descricao == "Sem conexão desde ontem"


def test_quem_nao_e_dono_nem_supervisor_nao_mexe(cenario, em_maos):
    c = cenario
    for intruso in (c.beto, c.caio):
        recusado(SemPermissao, solicitacoes.pausar, em_maos, por=intruso, versao=1, motivo=c.motivo["pausa"])
        recusado(
            SemPermissao, solicitacoes.cancelar, em_maos, por=intruso, versao=1,
            motivo=c.motivo["cancelamento"], justificativa="x" * 10,
        )  # fmt: skip
    recusado(
        SemPermissao, solicitacoes.devolver_a_fila, em_maos, por=c.ana, versao=1, motivo=c.motivo["devolucao"]
    )


def test_perfil_empresa_ou_equipe_tirados_no_meio_do_caminho(cenario, em_maos):
    """O que valia ao abrir o formulário já não vale ao enviá-lo."""
    c = cenario
    pausa = {"versao": 1, "motivo": c.motivo["pausa"]}
    perfil = Perfil.objects.get(user=c.ana)
    concessao = ConcessaoDeEmpresa.objects.get(group=perfil)
    concessao.delete()
    recusado(SemPermissao, solicitacoes.pausar, em_maos, por=de_novo(c.ana), **pausa)
    fabricas.conceder_empresa(perfil, c.empresa)
    MembroDaEquipe.objects.filter(usuario=c.ana).update(ativo=False)
    recusado(SemPermissao, solicitacoes.pausar, em_maos, por=de_novo(c.ana), **pausa)
    MembroDaEquipe.objects.filter(usuario=c.ana).update(ativo=True)
    Perfil.objects.filter(pk=perfil.pk).update(ativo=False)
    recusado(SemPermissao, solicitacoes.pausar, em_maos, por=de_novo(c.ana), **pausa)
    Perfil.objects.filter(pk=perfil.pk).update(ativo=True)
    solicitacoes.pausar(em_maos, por=de_novo(c.ana), **pausa)


def test_assumir_o_que_outro_ja_assumiu_diz_quem_tem(cenario, na_fila):
    c = cenario
    solicitacoes.assumir(na_fila, por=c.ana, versao=1)
    recusa = recusado(JaAssumida, solicitacoes.assumir, na_fila, por=c.beto, versao=1)
    assert recusa.agente == c.ana
    assert c.ana.nome_exibido in recusa.frase
    recusado(SemPermissao, solicitacoes.assumir, na_fila, por=c.caio, versao=1)


def test_versao_velha_diz_quem_mudou_o_que(cenario, em_maos):
    c = cenario
    solicitacoes.pausar(em_maos, por=c.sofia, versao=1, motivo=c.motivo["pausa"])
    recusa = recusado(
        Desatualizada, solicitacoes.encerrar, em_maos, por=c.ana, versao=1, solucao=c.solucao, relato="x"
    )
    assert [m.transicao for m in recusa.mudancas] == ["pausar"]
    assert c.sofia.nome_exibido in recusa.frase
    assert "pausar" in recusa.frase


def test_com_o_limite_baixado_a_vaga_menor_que_ficou_livre_nao_se_ocupa(cenario):
    c = cenario
    perfil = Perfil.objects.get(user=c.sofia)
    primeira, segunda, na_fila = (
        fabricas.criar_solicitacao(por=c.sofia, etiqueta=c.etiqueta, equipe=c.n1, em_maos=em_maos)
        for em_maos in (True, True, False)
    )
    solicitacoes.pausar(primeira, por=c.sofia, versao=None, motivo=c.motivo["pausa"], descricao="Sem sinal.")
    Perfil.objects.filter(pk=perfil.pk).update(max_em_atendimento=1)

    recusa = recusado(LimiteDoAgente, solicitacoes.assumir, na_fila, por=c.sofia, versao=1)

    assert recusa.solicitacoes == [segunda]


def test_segunda_em_maos_e_recusada_e_traz_a_primeira(cenario, em_maos, na_fila):
    c = cenario
    recusa = recusado(LimiteDoAgente, solicitacoes.assumir, na_fila, por=c.ana, versao=1)
    assert recusa.solicitacoes == [em_maos]
    recusado(
        LimiteDoAgente, solicitacoes.iniciar, por=c.ana, etiqueta=c.etiqueta, canal="telefone",
        solicitante_nome="Jacira",
    )  # fmt: skip


def test_limite_de_pausadas_vale_ao_pausar_e_ao_receber(cenario, em_maos):
    c = cenario
    Perfil.objects.filter(user__in=[c.ana, c.beto]).update(max_pausadas=1)
    s = solicitacoes.pausar(em_maos, por=c.ana, versao=1, motivo=c.motivo["pausa"])
    outra = fabricas.criar_solicitacao(por=c.ana, etiqueta=c.etiqueta, em_maos=True)
    recusado(LimiteDoAgente, solicitacoes.pausar, outra, por=c.ana, versao=1, motivo=c.motivo["pausa"])
    transferencia = {"agente": c.beto, "motivo": c.motivo["transferencia"]}
    solicitacoes.transferir(outra, por=c.ana, versao=1, **transferencia)
    recusado(LimiteDoAgente, solicitacoes.transferir, s, por=c.ana, versao=2, **transferencia)


def test_transferir_so_a_outro_agente_da_equipe_que_atenda(cenario, em_maos):
    c = cenario
    de_fora = fabricas.criar_agente(c.n1, empresas=[])
    inativo = fabricas.criar_agente(c.n1, empresas=[c.empresa])
    inativo.is_active = False
    inativo.save()
    for agente in (c.ana, c.caio, de_fora, inativo, None):
        recusado(
            DadoInvalido, solicitacoes.transferir, em_maos, por=c.ana, versao=1, agente=agente,
            motivo=c.motivo["transferencia"], campo="agente",
        )  # fmt: skip


def test_supervisor_que_retoma_a_de_outro_fica_com_ela_e_diz_por_que(cenario, em_maos):
    c = cenario
    s = solicitacoes.pausar(em_maos, por=c.ana, versao=1, motivo=c.motivo["pausa"])
    recusado(DadoInvalido, solicitacoes.retomar, s, por=c.sofia, versao=2, campo="justificativa")
    s = solicitacoes.retomar(s, por=c.sofia, versao=2, justificativa="Ana saiu de licença")
    assert s.responsavel == c.sofia


def test_devolver_solta_a_do_agente_desativado(cenario, em_maos):
    c = cenario
    Usuario.objects.filter(pk=c.ana.pk).update(is_active=False)
    recusado(
        SemPermissao, solicitacoes.pausar, em_maos, por=de_novo(c.ana), versao=1, motivo=c.motivo["pausa"]
    )
    s = solicitacoes.devolver_a_fila(em_maos, por=c.sofia, versao=1, motivo=c.motivo["devolucao"])
    assert s.situacao == Situacao.ABERTA


def test_encerrar_exige_tipo_solucao_relato_catalogo_e_nenhuma_filha_aberta(cenario):
    c = cenario
    s = fabricas.criar_solicitacao(por=c.ana, etiqueta=c.etiqueta, em_maos=True)
    certos = {"por": c.ana, "versao": 1, "solucao": c.solucao, "relato": "Feito.", "tipo": c.tipo}
    com_catalogo = fabricas.criar_tipo_de_solicitacao(obriga_catalogo=True)
    inativa = fabricas.criar_solucao(ativo=False)
    for campo, trocado in [
        ("tipo", {"tipo": None}),
        ("solucao", {"solucao": None}),
        ("solucao", {"solucao": inativa}),
        ("relato", {"relato": "  "}),
        ("item_de_catalogo", {"tipo": com_catalogo}),
    ]:
        recusado(DadoInvalido, solicitacoes.encerrar, s, campo=campo, **certos | trocado)
    filha = fabricas.criar_solicitacao(por=c.ana, etiqueta=c.etiqueta, pai=s)
    assert filha.protocolo in recusado(Impedida, solicitacoes.encerrar, s, **certos).frase


def test_encerrar_agendada_exige_o_resultado_da_visita(cenario, em_maos):
    c = cenario
    visita = {"data": timezone.localdate(), "periodo": "manha", "tipo_de_visita": "manutencao"}
    for campo, valor in [
        ("data", timezone.localdate() - timedelta(days=1)),
        ("data", None),
        ("periodo", "madrugada"),
        ("tipo_de_visita", ""),
        ("contato", ""),
    ]:
        recusado(
            DadoInvalido, solicitacoes.agendar, em_maos, por=c.ana, versao=1, campo=campo,
            **{"contato": "Portaria"} | visita | {campo: valor},
        )  # fmt: skip
    s = solicitacoes.agendar(em_maos, por=c.ana, versao=1, contato="Portaria", **visita)
    certos = {"por": c.ana, "versao": 2, "solucao": c.solucao, "relato": "Feito."}
    recusado(DadoInvalido, solicitacoes.encerrar, s, campo="resultado", **certos)
    recusado(Impedida, solicitacoes.encerrar, s, resultado="reagendar", **certos)
    solicitacoes.encerrar(s, resultado="executada", **certos)


def test_cancelar_duplicada_exige_o_protocolo_de_outra_do_mesmo_cliente(cenario, em_maos):
    c = cenario
    duplicada = fabricas.criar_motivo("cancelamento", exige_protocolo=True)
    alheio = fabricas.criar_contrato(empresa=c.empresa).etiquetas.get()
    de_outro = fabricas.criar_solicitacao(por=c.ana, etiqueta=alheio)
    certos = {"por": c.ana, "versao": 1, "motivo": duplicada, "justificativa": "Já havia outra"}
    ruins = ("", "20990101000000", em_maos.protocolo, de_outro.protocolo, "\x00", "x" * 5000)
    frases = {
        recusado(
            DadoInvalido,
            solicitacoes.cancelar,
            em_maos,
            campo="protocolo_original",
            protocolo_original=protocolo,
            **certos,
        ).frase
        for protocolo in ruins
    }
    assert len(frases) == 1


def test_reabrir_ate_sete_dias_e_tres_vezes(cenario, em_maos):
    c, s = cenario, em_maos
    reabrir = {"por": c.beto, "motivo": c.motivo["reabertura"]}
    for vez in range(4):
        s = solicitacoes.encerrar(s, por=s.responsavel, versao=s.versao, solucao=c.solucao, relato="Feito.")
        tarde = s.encerrada_em + timedelta(days=7, seconds=1)
        recusado(Impedida, solicitacoes.reabrir, s, versao=s.versao, em=tarde, **reabrir)
        if vez == 3:
            recusado(Impedida, solicitacoes.reabrir, s, versao=s.versao, **reabrir)
            break
        s = solicitacoes.reabrir(s, versao=s.versao, **reabrir)
        assert s.prazo_em > timezone.now()
        assert s.prazo_regulatorio_em == s.ciclo_desde + timedelta(days=7)
        s = solicitacoes.assumir(s, por=c.ana)
    assert s.reaberturas == 3


def test_cancelada_nao_se_reabre_e_encerrada_nao_se_pausa(cenario, em_maos):
    c = cenario
    s = solicitacoes.cancelar(
        em_maos, por=c.ana, versao=1, motivo=c.motivo["cancelamento"], justificativa="Foi engano meu"
    )
    recusado(TransicaoInvalida, solicitacoes.reabrir, s, por=c.ana, versao=2, motivo=c.motivo["reabertura"])
    recusado(TransicaoInvalida, solicitacoes.pausar, s, por=c.ana, versao=2, motivo=c.motivo["pausa"])


@pytest.mark.parametrize(
    ("campo", "valor"),
    [
        ("canal", "fumaça"),
        ("solicitante_nome", ""),
        ("solicitante_nome", "x" * 121),
        ("solicitante_telefone", "123"),
        ("solicitante_relacao", "vizinho do primo"),
        ("prioridade", 0),
        ("descricao", "x" * 4001),
    ],
)
def test_abrir_recusa_cada_campo_ruim_no_proprio_campo(cenario, campo, valor):
    c = cenario
    certos = {"canal": "telefone", "solicitante_nome": "Jacira", "descricao": "Sem sinal"} | {campo: valor}
    recusado(DadoInvalido, solicitacoes.abrir, por=c.ana, etiqueta=c.etiqueta, campo=campo, **certos)


def test_abrir_so_nas_equipes_ao_alcance_e_na_empresa_atendida(cenario):
    c = cenario
    certos = {"canal": "telefone", "solicitante_nome": "Jacira", "descricao": "Sem sinal"}
    assert solicitacoes.abrir(por=c.ana, etiqueta=c.etiqueta, equipe=c.n2, **certos).equipe == c.n2
    recusado(
        DadoInvalido, solicitacoes.abrir, por=c.ana, etiqueta=c.etiqueta, equipe=c.alheia, campo="equipe",
        **certos,
    )  # fmt: skip
    recusado(SemPermissao, solicitacoes.iniciar, por=c.ana, etiqueta=c.etiqueta, equipe=c.n2, **certos)
    de_fora = fabricas.criar_contrato().etiquetas.get()
    recusado(SemPermissao, solicitacoes.abrir, por=c.ana, etiqueta=de_fora, **certos)


def test_prazo_manual_exige_data_futura(cenario, em_maos):
    c = cenario
    manual = Prazo.objects.create(nome="Manual", manual=True)
    certos = {"por": c.ana, "versao": 1, "equipe": c.n2, "motivo": c.motivo["encaminhamento"]}
    certos |= {"resumo": "ONU sem sinal óptico", "prazo": manual}
    for ruim in (None, timezone.now() - timedelta(minutes=1)):
        recusado(DadoInvalido, solicitacoes.encaminhar, em_maos, prazo_em=ruim, campo="prazo_em", **certos)
    amanha = timezone.now() + timedelta(days=1)
    assert solicitacoes.encaminhar(em_maos, prazo_em=amanha, **certos).prazo_em == amanha


def test_pausa_que_congela_empurra_o_prazo_e_a_comum_nao(cenario, em_maos):
    c = cenario
    agora = em_maos.aberta_em
    congela = fabricas.criar_motivo(congela_prazo=True)
    s = solicitacoes.pausar(em_maos, por=c.ana, versao=1, motivo=congela, em=agora + timedelta(hours=1))
    assert s.prazo_congelado_em == agora + timedelta(hours=1)
    s = solicitacoes.retomar(s, por=c.ana, versao=2, em=agora + timedelta(hours=6))
    assert s.prazo_em == agora + timedelta(hours=8 + 5)
    s = solicitacoes.pausar(s, por=c.ana, versao=3, motivo=c.motivo["pausa"], em=agora + timedelta(hours=7))
    s = solicitacoes.retomar(s, por=c.ana, versao=4, em=agora + timedelta(hours=9))
    assert s.prazo_em == agora + timedelta(hours=8 + 5)
    assert s.prazo_regulatorio_em == agora + timedelta(days=7)


def test_contato_se_converte_uma_vez_so_e_no_proprio_cliente(cenario):
    c = cenario
    outro = fabricas.criar_contrato(empresa=c.empresa)
    contato = solicitacoes.registrar_contato(por=c.ana, canal="telefone", cliente=outro.cliente)
    pedido = {"por": c.ana, "etiqueta": c.etiqueta, "solicitante_nome": "Jacira", "descricao": "x"}
    recusado(DadoInvalido, solicitacoes.converter_contato, contato, campo="etiqueta", **pedido)
    pedido["etiqueta"] = outro.etiquetas.get()
    solicitacoes.converter_contato(contato, **pedido)
    recusado(Impedida, solicitacoes.converter_contato, contato, **pedido)


def test_vinculo_so_no_mesmo_cliente_sem_ciclo_e_entre_abertas(cenario, na_fila):
    c = cenario
    filha = fabricas.criar_solicitacao(por=c.ana, etiqueta=c.etiqueta)
    filha = solicitacoes.vincular(filha, por=c.ana, pai=na_fila)
    assert filha.pai == na_fila
    recusado(DadoInvalido, solicitacoes.vincular, na_fila, por=c.ana, pai=filha, campo="pai")
    recusado(DadoInvalido, solicitacoes.vincular, na_fila, por=c.ana, pai=na_fila, campo="pai")
    alheia = fabricas.criar_solicitacao(
        por=c.ana, etiqueta=fabricas.criar_contrato(empresa=c.empresa).etiquetas.get()
    )
    recusado(DadoInvalido, solicitacoes.vincular, na_fila, por=c.ana, pai=alheia, campo="pai")
    assert solicitacoes.vincular(filha, por=c.ana, pai=None).pai is None


def test_relato_corrige_outro_da_mesma_solicitacao(cenario, na_fila):
    c = cenario
    errado = solicitacoes.relatar(na_fila, por=c.ana, texto="Cliente sem energia")
    certo = solicitacoes.relatar(na_fila, por=c.beto, texto="Cliente com energia", corrige=errado)
    assert certo.corrige == errado
    outra = fabricas.criar_solicitacao(por=c.ana, etiqueta=c.etiqueta)
    recusado(DadoInvalido, solicitacoes.relatar, outra, por=c.ana, texto="x", corrige=errado, campo="corrige")
    recusado(DadoInvalido, solicitacoes.relatar, outra, por=c.ana, texto="  ", campo="texto")
    assert Solicitacao.objects.get(pk=na_fila.pk).versao == 1


def test_abertas_da_etiqueta_oferece_continuar(cenario, em_maos):
    assert list(solicitacoes.abertas_da_etiqueta(cenario.etiqueta, por=cenario.beto)) == [em_maos]
    sem_empresa = fabricas.criar_agente(cenario.n1, empresas=[])
    assert not solicitacoes.abertas_da_etiqueta(cenario.etiqueta, por=sem_empresa)
