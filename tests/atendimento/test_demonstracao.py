"""A demonstração: cada cenário é o que diz ser, e nada nela é de gente de verdade."""

from collections import Counter
from datetime import date, datetime, time, timedelta
from ipaddress import ip_address, ip_network

import pytest
from django.contrib.auth import authenticate
from django.db import connection, transaction
from django.db.models import Count, Sum
from django.utils import timezone

from atendimento.demonstracao import cadastros, logins, preparar, so_ha_demonstracao
from atendimento.demonstracao.cenarios import CENARIOS, codigo_do_cenario
from atendimento.demonstracao.rede import CTO_DA_MASSIVA
from atendimento.massivas import atingidas, do_cliente
from atendimento.models import Artigo, Massiva
from clientes import documentos
from clientes.models import Cliente, Contato, Endereco
from contratos.cifra import decifrar
from contratos.enums import SituacaoDaFatura, SituacaoDoContrato
from contratos.models import Conexao, Contrato, Empresa, Etiqueta, EventoDeContrato, Fatura, Plano
from contratos.tipos_de_evento import TIPOS_DE_EVENTO
from perfis.capacidades import Capacidade
from perfis.models import ConcessaoDeWidget, Perfil, Usuario, Widget
from tests.fabricas import criar_cliente

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstracao")]

Situacao = SituacaoDoContrato
FAIXAS = [ip_network(faixa) for faixa in ("203.0.113.0/24", "198.51.100.0/24", "2001:db8::/32")]


@pytest.fixture(scope="module")
def demonstracao(django_db_setup, django_db_blocker):
    """A demonstração inteira, uma vez para todos os testes deste arquivo, desfeita no fim."""
    with django_db_blocker.unblock(), transaction.atomic():
        preparar()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        yield
        transaction.set_rollback(True)


def do_cenario(numero: int) -> Cliente:
    return Cliente.objects.get(codigo_externo=codigo_do_cenario(numero))


def contrato_de(numero: int) -> Contrato:
    return Contrato.objects.get(cliente=do_cenario(numero))


def conexao_de(numero: int) -> Conexao:
    return Conexao.objects.get(etiqueta__contrato__cliente=do_cenario(numero))


def dias_do_evento(contrato: Contrato, tipo: str) -> list[int]:
    """Há quantos dias houve eventos do tipo."""
    hoje = timezone.localdate()
    return [
        (hoje - timezone.localdate(em)).days
        for em in contrato.eventos.filter(tipo__codigo=tipo).values_list("ocorrido_em", flat=True)
    ]


def primeira_vencida(contrato: Contrato) -> Fatura:
    return contrato.faturas.abertas().filter(vencimento__lt=timezone.localdate()).earliest("vencimento")


def prazo_cumprido(contrato: Contrato) -> bool:
    """Se o bloqueio veio ao menos quinze dias depois de entregue a notificação."""
    [notificacao] = primeira_vencida(contrato).notificacoes.all()
    bloqueio = contrato.eventos.filter(tipo__codigo="bloqueio-financeiro").latest("ocorrido_em")
    return bloqueio.ocorrido_em - notificacao.entregue_em >= timedelta(15)


# Cenários


def test_ha_vinte_cenarios_todos_explicados():
    assert len(CENARIOS) == 20
    assert all(criar.__doc__ for criar in CENARIOS)
    codigos = Cliente.objects.filter(codigo_externo__startswith="cenario-").values_list(
        "codigo_externo", flat=True
    )
    assert sorted(codigos) == [codigo_do_cenario(numero) for numero in range(1, 21)]


def test_1_um_contrato_e_tudo_em_ordem():
    contrato = contrato_de(1)
    assert contrato.situacao == Situacao.NORMAL
    assert contrato.etiquetas.count() == 1
    assert conexao_de(1).ativa
    assert conexao_de(1).login == "jacira.alecrim@ipe"
    assert not contrato.faturas.abertas().filter(vencimento__lt=timezone.localdate()).exists()


def test_2_bloqueado_com_desbloqueio_disponivel():
    contrato = contrato_de(2)
    assert contrato.situacao == Situacao.BLOQUEIO_FINANCEIRO
    assert prazo_cumprido(contrato)
    assert not dias_do_evento(contrato, "desbloqueio-em-confianca")


def test_3_bloqueado_com_desbloqueio_ja_usado():
    contrato = contrato_de(3)
    assert contrato.situacao == Situacao.BLOQUEIO_FINANCEIRO
    assert prazo_cumprido(contrato)
    assert dias_do_evento(contrato, "desbloqueio-em-confianca") == [10]
    assert dias_do_evento(contrato, "rebloqueio-automatico") == [7]


def test_4_bloqueado_com_notificacao_de_seis_dias():
    contrato = contrato_de(4)
    assert contrato.situacao == Situacao.BLOQUEIO_FINANCEIRO
    assert not prazo_cumprido(contrato)
    [notificacao] = primeira_vencida(contrato).notificacoes.all()
    assert (timezone.localdate() - timezone.localdate(notificacao.entregue_em)).days == 6


def test_5_dois_contratos_em_enderecos_diferentes():
    contratos = do_cenario(5).contratos.all()
    assert len({contrato.endereco_id for contrato in contratos}) == 2
    assert {contrato.situacao for contrato in contratos} == {Situacao.NORMAL}
    assert Etiqueta.objects.filter(contrato__in=contratos, ativa=True, conexoes__ativa=True).count() == 2


def test_6_etiqueta_sem_conexao():
    assert Etiqueta.objects.get(contrato=contrato_de(6)).conexoes.count() == 0


def test_7_sem_splitter_vale_o_slot_da_conexao():
    conexao = conexao_de(7)
    assert conexao.splitter is None
    assert conexao.slot_olt_exibido == conexao.slot_olt == 3


def test_8_com_splitter_vale_o_slot_dele():
    conexao = conexao_de(8)
    assert conexao.slot_olt == 6
    assert conexao.slot_olt_exibido == conexao.splitter.slot == 2


def test_9_empresa_com_cnpj_alfanumerico_e_ip_fixo():
    cliente, conexao = do_cenario(9), conexao_de(9)
    assert (cliente.tipo, cliente.documento) == ("PJ", "12ABC34501DE35")
    assert (conexao.tipo_ip, conexao.ip) == ("fixo", "203.0.113.1")


def test_10_seis_clientes_na_cto_da_massiva():
    assert conexao_de(10).splitter.nome == CTO_DA_MASSIVA
    assert Conexao.objects.filter(splitter__nome=CTO_DA_MASSIVA).count() == 6


def test_11_reclamacoes_repetidas_estao_num_alerta():
    assert "reclamações" in do_cenario(11).alertas.get().texto
    assert do_cenario(11).alertas.vigentes(timezone.now()).exists()


def test_12_cliente_rural_por_radio():
    conexao = conexao_de(12)
    assert conexao.olt is None
    assert conexao.ponto_de_acesso.codigo == "CEN-RD.1"
    assert conexao.servico.codigo == "RAD-30"


def test_13_pausado_alem_do_limite_tem_contrato_normal():
    assert contrato_de(13).situacao == Situacao.NORMAL


def test_14_suspensao_ja_usada_nos_ultimos_doze_meses():
    contrato = contrato_de(14)
    assert contrato.situacao == Situacao.NORMAL
    assert dias_do_evento(contrato, "suspensao-inicio") == [210]
    assert dias_do_evento(contrato, "suspensao-fim") == [150]


def test_15_fidelidade_em_curso_e_divida():
    contrato = contrato_de(15)
    decorridos = (timezone.localdate() - contrato.fidelidade_inicio).days
    assert 100 < decorridos < 365 < 30.5 * contrato.fidelidade_meses
    assert contrato.fidelidade_beneficio == 300
    assert primeira_vencida(contrato).notificacoes.count() == 1


def test_16_e_17_o_titular_e_a_futura_titular_sem_contrato():
    futura = do_cenario(17)
    assert futura.contratos.count() == 0
    assert futura.nome in do_cenario(16).observacao
    assert contrato_de(16).situacao == Situacao.NORMAL


def test_18_contrato_cancelado():
    contrato = contrato_de(18)
    assert contrato.situacao == Situacao.CANCELADO
    assert contrato.cancelado_em == timezone.localdate() - timedelta(40)
    assert not contrato.etiquetas.get().ativa
    assert not conexao_de(18).ativa


def test_19_terceiro_autorizado_entre_os_contatos():
    assert do_cenario(19).contatos.filter(descricao__contains="Filho").count() == 1


def test_20_ponto_de_acesso_fora_do_ar():
    assert conexao_de(20).ponto_de_acesso.fora_do_ar


# O conjunto


def test_ha_umas_trezentas_fichas_com_as_proporcoes_combinadas():
    contratos = Counter(Contrato.objects.values_list("situacao", flat=True))
    total = sum(contratos.values())
    assert Cliente.objects.count() > 320
    esperadas = {
        Situacao.NORMAL: 0.82,
        Situacao.BLOQUEIO_FINANCEIRO: 0.07,
        Situacao.SUSPENSO: 0.02,
        Situacao.CORTESIA: 0.01,
        Situacao.DEMONSTRACAO: 0.01,
        Situacao.BLOQUEIO_ADMINISTRATIVO: 0.005,
        Situacao.CANCELADO: 0.05,
        Situacao.ENCERRADO: 0.015,
    }
    assert {situacao: contratos[situacao] / total for situacao in esperadas} == pytest.approx(
        esperadas, abs=0.02
    )


def test_ha_todos_os_casos_que_as_telas_precisam_mostrar():
    etiquetas = Counter(Etiqueta.objects.annotate(n=Count("conexoes")).values_list("n", flat=True))
    assert min(etiquetas[0], etiquetas[2]) >= 5
    assert Contrato.objects.annotate(n=Count("etiquetas")).filter(n=3).count() >= 2
    assert Cliente.objects.annotate(n=Count("contratos")).filter(n__gte=2).count() >= 36
    assert Conexao.objects.filter(splitter=None, slot_olt__isnull=False).count() >= 10
    assert Cliente.objects.exclude(nome_social="").count() >= 5
    assert Cliente.objects.filter(tipo="EX").count() >= 4
    assert Cliente.objects.filter(tipo="PJ").exclude(documento__regex=r"^[0-9]+$").count() >= 10
    assert max(len(nome) for nome in Cliente.objects.values_list("nome", flat=True)) > 120
    assert Conexao.objects.filter(condominio__isnull=False).exists()
    assert {"aberta", "paga"} == set(Fatura.objects.values_list("situacao", flat=True))
    assert Fatura.objects.filter(situacao="aberta", vencimento__gte=timezone.localdate()).count() > 50
    assert Contrato.objects.annotate(n=Count("eventos")).filter(n__gte=12).count() >= 10


def test_o_valor_do_contrato_e_a_soma_dos_servicos():
    for contrato in Contrato.objects.annotate(soma=Sum("servicos__valor")):
        assert contrato.valor == contrato.soma


def test_todo_bloqueio_cumpre_o_prazo_menos_o_do_cenario_4():
    bloqueados = Contrato.objects.filter(situacao=Situacao.BLOQUEIO_FINANCEIRO)
    assert len(bloqueados) >= 24
    fora = [contrato.cliente.codigo_externo for contrato in bloqueados if not prazo_cumprido(contrato)]
    assert fora == [codigo_do_cenario(4)]


def test_nada_aconteceu_no_futuro_nem_antes_do_contrato():
    fim_de_hoje = timezone.make_aware(datetime.combine(timezone.localdate(), time.max))
    assert not EventoDeContrato.objects.filter(ocorrido_em__gt=fim_de_hoje).exists()
    assert not Fatura.objects.filter(pago_em__gt=timezone.localdate()).exists()
    for fatura in Fatura.objects.select_related("contrato"):
        assert fatura.vencimento > fatura.contrato.vigencia_inicio
        assert fatura.vencimento.day == fatura.contrato.dia_vencimento
        assert (fatura.situacao == SituacaoDaFatura.PAGA) is (fatura.pago_em is not None)


def test_tudo_e_ficticio_e_diz_que_e():
    assert so_ha_demonstracao()
    for modelo in (Cliente, Contrato, Empresa, Usuario):
        assert not modelo.objects.filter(demo=False).exists()
    criar_cliente()
    assert not so_ha_demonstracao()


def test_nenhum_documento_telefone_ou_endereco_parece_de_verdade():
    for tipo, documento in Cliente.objects.values_list("tipo", "documento"):
        if tipo == "PF":
            assert len(documento) == 11
            assert not documentos.cpf_valido(documento)
        elif tipo == "PJ":
            assert documentos.cnpj_valido(documento) is not documento.isdigit()
    for tipo, valor in Contato.objects.values_list("tipo", "valor"):
        if tipo == "telefone":
            assert valor.startswith("+555490000")
            assert len(valor) == 14
        else:
            assert valor.endswith(("@exemplo.net", "@example.com"))
    assert not Endereco.objects.exclude(cep__startswith="000000").exists()
    assert not Conexao.objects.exclude(mac__startswith="00005E0053").exists()
    assert not Conexao.objects.exclude(login__endswith="@ipe").exists()
    for ip in Conexao.objects.filter(ip__isnull=False).values_list("ip", flat=True):
        assert any(ip_address(ip) in faixa for faixa in FAIXAS)


def test_os_mac_dos_cenarios_sao_so_deles():
    dos_cenarios = Conexao.objects.filter(etiqueta__contrato__cliente__codigo_externo__startswith="cenario-")
    for mac in dos_cenarios.values_list("mac", flat=True):
        assert Conexao.objects.filter(mac=mac).count() == 1


def test_as_senhas_estao_cifradas():
    conexao = conexao_de(1)
    assert len(decifrar(conexao.senha)) == 12
    assert decifrar(conexao.senha).encode() not in bytes(conexao.senha)


def test_as_fichas_passam_pela_validacao_dos_modelos():
    for modelo in (Cliente, Contato, Endereco, Contrato, Etiqueta, Conexao, Fatura, Empresa, Plano):
        for objeto in modelo.objects.order_by("-pk")[:60]:
            objeto.full_clean()


def test_os_planos_e_os_tipos_de_evento_estao_no_cadastro():
    assert set(Plano.objects.values_list("codigo", flat=True)) == {codigo for codigo, *_ in cadastros.PLANOS}
    assert EventoDeContrato.objects.values("tipo").distinct().count() >= 15
    assert len({codigo for codigo, *_ in TIPOS_DE_EVENTO}) == len(TIPOS_DE_EVENTO)


def test_preparar_de_novo_nada_muda():
    Perfil.objects.filter(name="Atendente N1").update(descricao="mudada pelo administrador")
    antes = [
        modelo.objects.count() for modelo in (Cliente, Contrato, EventoDeContrato, Fatura, Usuario, Perfil)
    ]
    preparar()
    depois = [
        modelo.objects.count() for modelo in (Cliente, Contrato, EventoDeContrato, Fatura, Usuario, Perfil)
    ]
    assert depois == antes
    assert Perfil.objects.get(name="Atendente N1").descricao == "mudada pelo administrador"


# Acessos


def entrar(nome: str) -> Usuario:
    login = next(login for login in logins() if login.usuario == nome)
    usuario = authenticate(None, username=login.usuario, password=login.senha)
    assert usuario is not None
    assert [perfil.name for perfil in usuario.groups.all()] == [login.perfil]
    return usuario


def test_cada_login_entra_com_seu_perfil():
    nomes = [login.usuario for login in logins()]
    assert nomes == ["atendente", "suporte", "supervisor", "administrador", "encarregado"]
    for nome in nomes:
        usuario = entrar(nome)
        assert not usuario.is_superuser
        assert usuario.is_staff is (nome == "administrador")
        assert usuario.permissoes.tem(Capacidade.ATENDER)


def test_so_o_suporte_revela_senhas():
    senhas = {Capacidade.REVELAR_SENHA_DA_CONEXAO, Capacidade.REVELAR_SENHA_DO_EQUIPAMENTO}
    for login in logins():
        capacidades = entrar(login.usuario).permissoes.capacidades
        assert (capacidades & senhas == senhas) is (login.usuario == "suporte")
        assert capacidades & senhas in (senhas, set())


def test_o_atendente_ve_tudo_mascarado_e_so_duas_empresas():
    atendente = entrar("atendente")
    assert atendente.permissoes.capacidades == {Capacidade.ATENDER, Capacidade.REVELAR_DADOS}
    visiveis = Empresa.objects.visiveis_para(atendente).values_list("nome", flat=True)
    assert set(visiveis) == {cadastros.MATRIZ, cadastros.AURORA}
    fora = Contrato.objects.filter(empresa__nome=cadastros.PORTO)
    assert fora.count() >= 20
    assert not fora.filter(pk__in=Contrato.objects.visiveis_para(atendente)).exists()
    assert set(atendente.permissoes.widgets) == set(Widget.objects.values_list("slug", flat=True))


def test_o_suporte_nao_ve_faturas_e_o_encarregado_nao_ve_conexoes():
    assert "faturas" not in entrar("suporte").permissoes.widgets
    assert "conexao" in entrar("suporte").permissoes.widgets
    assert "conexao" not in entrar("encarregado").permissoes.widgets
    assert entrar("encarregado").permissoes.tem(Capacidade.ENCARREGADO)


def test_o_administrador_administra_e_nao_altera_registros():
    administrador = entrar("administrador")
    assert administrador.permissoes.tem(Capacidade.ADMINISTRAR_PERFIS)
    for permissao in ("perfis.change_perfil", "perfis.add_usuario", "contratos.change_empresa"):
        assert administrador.has_perm(permissao)
    assert administrador.has_perm("contratos.view_historicodecontrato")
    assert not administrador.has_perm("contratos.change_historicodecontrato")
    assert not entrar("supervisor").has_perm("contratos.change_empresa")


def test_o_atendente_ve_aberto_so_o_que_precisa_com_o_cliente_na_linha():
    do_atendente = ConcessaoDeWidget.objects.filter(group__name="Atendente N1")
    cartoes = do_atendente.exclude(content_object__regiao="aba")
    abertos = cartoes.filter(recolhido=False).values_list("content_object__slug", flat=True)
    assert set(abertos) == {"contatos", "alertas", "situacao", "faturas", "ultimas"}
    assert cartoes.filter(coluna="centro").count() >= 5


def test_o_cenario_da_massiva_a_mostra_e_ha_uma_sugestao_a_decidir():
    cliente = Cliente.objects.get(codigo_externo="cenario-10")
    (massiva,) = do_cliente(cliente.pk)
    assert atingidas(massiva).count() == 6
    assert Massiva.objects.filter(situacao="sugerida").count() == 1
    assert {artigo.uso for artigo in Artigo.objects.all()} == {"artigo", "roteiro"}
    for artigo in Artigo.objects.all():
        artigo.full_clean()


def test_nascimentos_sao_datas_plausiveis():
    assert date(1940, 1, 1) < min(Cliente.objects.values_list("nascimento", flat=True))
