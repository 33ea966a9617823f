"""Os vinte clientes de cenário (`dominio.md` §7), um por função, na ordem.

A demonstração, o manual e os testes no navegador os acham pelo código externo `cenario-NN`. Cada
função cria os dados do cliente; o que vier depois (solicitações, massivas) acrescenta-se nela.
"""

from collections.abc import Callable
from decimal import Decimal

from atendimento.demonstracao.cadastros import AURORA
from atendimento.demonstracao.fichas import Fichas
from atendimento.demonstracao.rede import CTO_DA_MASSIVA, POP_FORA_DO_AR
from clientes.enums import Gravidade
from clientes.models import Cliente
from contratos.enums import SituacaoDoContrato, TipoDeIp, TipoDePatrimonio
from contratos.models import Conexao, Contrato

CENARIOS: list[Callable[[Fichas], Cliente]] = []


def cenario(funcao: Callable[[Fichas], Cliente]) -> Callable[[Fichas], Cliente]:
    """Põe a função na lista e dá à primeira pessoa que ela criar o código do lugar que ocupa."""

    def criar(fichas: Fichas) -> Cliente:
        fichas.proximo_codigo = codigo_do_cenario(CENARIOS.index(criar) + 1)
        return funcao(fichas)

    criar.__doc__ = funcao.__doc__
    CENARIOS.append(criar)
    return criar


def codigo_do_cenario(numero: int) -> str:
    """O código externo do cliente do cenário `numero`, de 1 a 20."""
    return f"cenario-{numero:02d}"


def _em_dia(f: Fichas, cliente: Cliente, plano: str = "FIB-400", **campos) -> tuple[Contrato, Conexao]:
    """Um contrato normal, conectado, com as contas em dia."""
    rede = campos.pop("rede", {})
    contrato = f.contrato(cliente, plano, **campos)
    conexao = f.conectar(f.etiqueta(contrato), **rede)
    f.equipamento(conexao, TipoDePatrimonio.ONT, "ONT Wi-Fi 6 HG8145X6")
    f.faturas_em_dia(contrato)
    return contrato, conexao


def _bloqueado(f: Fichas, cliente: Cliente, *, vencida_ha: int, notificada_ha: int, ha: int) -> Contrato:
    vencida = f.vencimento_ha(vencida_ha)
    contrato = f.contrato(
        cliente, situacao=SituacaoDoContrato.BLOQUEIO_FINANCEIRO, dia_vencimento=vencida.day, ha=500
    )
    f.conectar(f.etiqueta(contrato))
    f.bloquear_por_debito(contrato, vencida, notificada_ha=notificada_ha, ha=ha)
    return contrato


@cenario
def tudo_em_ordem(f: Fichas) -> Cliente:
    """Um contrato, uma etiqueta, uma conexão, contas em dia."""
    cliente = f.pessoa("Jacira Alecrim")
    contrato, _ = _em_dia(f, cliente, "FIB-600", avulsos=["SVA-MESH"])
    f.evento(contrato, "upgrade", 120, "plano: Ipê Fibra 400 Mega → Ipê Fibra 600 Mega + Wi-Fi 6")
    return cliente


@cenario
def desbloqueio_disponivel(f: Fichas) -> Cliente:
    """Bloqueado por débito dentro da lei; nunca usou o desbloqueio em confiança."""
    cliente = f.pessoa("Otávio Manacá")
    _bloqueado(f, cliente, vencida_ha=36, notificada_ha=30, ha=12)
    return cliente


@cenario
def desbloqueio_ja_usado(f: Fichas) -> Cliente:
    """Bloqueado de novo: o desbloqueio em confiança deste débito já foi usado há dez dias."""
    cliente = f.pessoa("Cecília Jatobá")
    contrato = _bloqueado(f, cliente, vencida_ha=50, notificada_ha=44, ha=26)
    f.desbloquear(contrato, 10, dias=3)
    f.evento(contrato, "desbloqueio-em-confianca", 10, "Desbloqueio em confiança por 3 dias (1/1)")
    f.evento(
        contrato, "rebloqueio-automatico", 7, "situação: Normal → Bloqueio Financeiro · promessa vencida"
    )
    return cliente


@cenario
def bloqueado_antes_do_prazo(f: Fichas) -> Cliente:
    """Bloqueado, mas notificado há só seis dias: impossível pela norma, acusa erro nos dados."""
    cliente = f.pessoa("Norberto Aroeira")
    _bloqueado(f, cliente, vencida_ha=20, notificada_ha=6, ha=2)
    return cliente


@cenario
def dois_contratos(f: Fichas) -> Cliente:
    """Dois contratos em endereços diferentes: escolhido o errado, altera-se a etiqueta."""
    cliente = f.pessoa("Iracema Cambará")
    _em_dia(f, cliente, "FIB-400")
    praia = f.endereco(cliente, "Santa Aurora", logradouro="Alameda das Orquídeas Serenas", numero="77")
    _em_dia(f, cliente, "FIB-200", endereco=praia, ha=150)
    return cliente


@cenario
def etiqueta_sem_conexao(f: Fichas) -> Cliente:
    """A etiqueta não tem conexão: a aba Conexão diz isso."""
    cliente = f.pessoa("Benedita Pitanga")
    contrato = f.contrato(cliente, "FIB-200", ha=4)
    f.evento(contrato, "servico-incluido", 3, "Serviço Incluído: instalação a agendar · Total: 79,90")
    return cliente


@cenario
def slot_da_conexao(f: Fichas) -> Cliente:
    """Sem splitter: o Slot OLT mostrado é o da própria conexão, 3."""
    cliente = f.pessoa("Rui Bromélia")
    olt = f.rede.olts["OLT-CEN-01"]
    _em_dia(f, cliente, rede={"olt": olt, "slot_olt": 3, "porta_olt": 5})
    return cliente


@cenario
def slot_do_splitter(f: Fichas) -> Cliente:
    """Com splitter: vale o slot dele, e não o 6 que ficou na conexão."""
    cliente = f.pessoa("Dalva Quaresmeira")
    splitter = f.rede.splitters["CTO-CEN-001"]
    _em_dia(f, cliente, rede={"splitter": splitter, "slot_olt": 6, "porta_olt": 9})
    return cliente


@cenario
def empresa_com_ip_fixo(f: Fichas) -> Cliente:
    """Pessoa jurídica com CNPJ alfanumérico e IP fixo; contesta parte de uma fatura."""
    cliente = f.empresa_cliente(
        "Padaria Sol de Ipê ME", "Padaria Sol de Ipê", "12ABC34501DE35", segmento="VIP"
    )
    contrato, _ = _em_dia(f, cliente, "EMP-300", rede={"tipo_ip": TipoDeIp.FIXO, "ip": f.ip_fixo()})
    seguinte = f.vencimento(contrato.dia_vencimento, -1)
    fatura = f.fatura(contrato, seguinte, paga=False, valor=contrato.valor + Decimal("30.00"))
    f.contestar(fatura, Decimal("30.00"), 2, "Cobra um IP fixo que já vem no plano.")
    return cliente


@cenario
def em_massiva(f: Fichas) -> Cliente:
    """Pendurado na CTO da massiva, com outros cinco clientes (`vizinhos_da_massiva`)."""
    cliente = f.pessoa("Estela Sapucaia")
    _em_dia(f, cliente, rede={"splitter": f.rede.splitters[CTO_DA_MASSIVA]})
    return cliente


@cenario
def terceira_reclamacao(f: Fichas) -> Cliente:
    """Vai reclamar pela terceira vez em trinta dias."""
    cliente = f.pessoa("Lauro Embaúba")
    contrato, _ = _em_dia(f, cliente)
    f.evento(
        contrato, "troca-de-equipamento", 21, "Troca de ONT · Justificativa: quedas relatadas pelo cliente"
    )
    f.alerta(cliente, "Duas reclamações de quedas neste mês: ouvir antes de testar.", Gravidade.ATENCAO, 20)
    return cliente


@cenario
def encaminhado_duas_vezes(f: Fichas) -> Cliente:
    """Cliente rural, por rádio, cujo atendimento passa de equipe em equipe."""
    cliente = f.pessoa("Quitéria Umbuzeiro", segmento="Rural")
    torre = f.rede.pontos["CEN-RD.1"]
    _em_dia(f, cliente, "RAD-30", rede={"ponto_de_acesso": torre})
    return cliente


@cenario
def pausado_alem_do_limite(f: Fichas) -> Cliente:
    """O atendimento ficou pausado mais do que o motivo permite."""
    cliente = f.pessoa("Fábio Guabiroba")
    _em_dia(f, cliente, "FIB-1G")
    return cliente


@cenario
def suspensao_ja_usada(f: Fichas) -> Cliente:
    """Já suspendeu a pedido neste ano: a segunda em doze meses é recusada."""
    cliente = f.pessoa("Palmira Cabreúva")
    contrato, _ = _em_dia(f, cliente, ha=700)
    f.evento(contrato, "suspensao-inicio", 210, "Detalhes da suspensão: 60 dias · Justificativa: viagem")
    f.evento(contrato, "suspensao-fim", 150, "Fim da suspensão a pedido: serviço de volta")
    return cliente


@cenario
def cancelamento_com_multa(f: Fichas) -> Cliente:
    """Quer cancelar com oito meses de fidelidade pela frente e uma fatura vencida: nada impede."""
    cliente = f.pessoa("Zilda Angico")
    vencida = f.vencimento_ha(12)
    contrato = f.contrato(
        cliente,
        "FIB-600",
        ha=122,
        dia_vencimento=vencida.day,
        fidelidade_beneficio=Decimal("300.00"),
    )
    f.equipamento(f.conectar(f.etiqueta(contrato)), TipoDePatrimonio.ONT, "ONT Wi-Fi 6 HG8145X6")
    f.notificar(f.dever(contrato, vencida), 5)
    return cliente


@cenario
def transferencia_de_titularidade(f: Fichas) -> Cliente:
    """O contrato vai para outra pessoa: a do cenário 17, que ainda não tem nenhum."""
    cliente = f.pessoa(
        "Osvaldo Peroba", observacao="A neta, Violeta Macieira Avenca, pede o contrato em seu nome."
    )
    _em_dia(f, cliente, "FIB-400", ha=900)
    return cliente


@cenario
def sem_contrato(f: Fichas) -> Cliente:
    """Pessoa sem contrato: não pode ser atendida, e o ícone inativo diz por quê."""
    return f.pessoa("Violeta Macieira Avenca")


@cenario
def contrato_cancelado(f: Fichas) -> Cliente:
    """Contrato cancelado há quarenta dias: só os tipos de solicitação que o permitem."""
    cliente = f.pessoa("Péricles Vinhático")
    contrato = f.contrato(
        cliente,
        "FIB-200",
        ha=600,
        situacao=SituacaoDoContrato.CANCELADO,
        vigencia_fim=f.dia(40),
        cancelado_em=f.dia(40),
        motivo_do_cancelamento="Mudança para área sem cobertura",
    )
    conexao = f.conectar(f.etiqueta(contrato))
    f.equipamento(conexao, TipoDePatrimonio.ONT, "ONT Wi-Fi 5 F670L")
    f.faturas_em_dia(contrato, desde=2)
    f.evento(contrato, "cancelamento-sem-cobertura", 40, "situação: Normal → Cancelado · pedido do titular")
    return cliente


@cenario
def solicitante_nao_e_o_titular(f: Fichas) -> Cliente:
    """Quem liga é o filho, autorizado pela titular."""
    cliente = f.pessoa("Generosa Imbuia")
    _em_dia(f, cliente, avulsos=["SVA-FONE"])
    f.telefone(cliente, "Filho, Davi (autorizado)", whatsapp=True)
    f.alerta(cliente, "O filho, Davi, está autorizado a tratar do suporte.", Gravidade.INFORMACAO)
    return cliente


@cenario
def adaptador_de_rede_fora(f: Fichas) -> Cliente:
    """A rede deste ponto de acesso não responde: os cartões que a leem falham sozinhos."""
    cliente = f.pessoa("Ubirajara Sucupira", cidade="Santa Aurora")
    ponto = f.rede.pontos[POP_FORA_DO_AR]
    olt = f.rede.olts["OLT-AUR-01"]
    _em_dia(
        f,
        cliente,
        empresa=AURORA,
        rede={"olt": olt, "slot_olt": 1, "porta_olt": 4, "ponto_de_acesso": ponto},
    )
    return cliente


def vizinhos_da_massiva(f: Fichas) -> None:
    """Os outros clientes da CTO da massiva; não são cenários, mas o cenário 10 precisa deles."""
    for nome in ("Nair Tamboril", "Tomé Ingá", "Valério Louro", "Eulália Caju", "Jonas Musgo"):
        _em_dia(f, f.pessoa(nome), rede={"splitter": f.rede.splitters[CTO_DA_MASSIVA]})
