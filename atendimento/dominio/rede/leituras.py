"""Lê a rede e guarda o que leu; e, do lado das páginas, pede que se leia.

As tarefas de um mesmo equipamento nunca correm juntas (`lock`), e de cada leitura espera no máximo uma na
fila (`queueing_lock`): cinquenta telas abertas pedem uma leitura só.
"""

from contextlib import suppress
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from atendimento.dominio.rede import sessoes as guarda
from atendimento.dominio.rede.disjuntor import conversar
from atendimento.integracoes.rede import FalhaDeRede, NaoSuportado, Onu, acesso_de, optica_de
from atendimento.integracoes.rede.radius_sql import MUDANCAS_POR_VEZ
from contratos.models import (
    Concentrador,
    Conexao,
    ConsumoDiario,
    LeituraDeSessao,
    LeituraOptica,
    Olt,
    SessaoDeConexao,
)
from contratos.models.leitura import Leitura

FILA = "rede"
JANELA = timedelta(days=30)
# A varredura volta um pouco: o RADIUS pode gravar depois do que a hora diz.
SOBREPOSICAO = timedelta(minutes=2)
GUARDA = timedelta(days=90)
# Um pedido que não se atendeu neste tempo se perdeu, e outro vale.
PEDIDO_VALE = timedelta(seconds=90)
SEM_CONCENTRADOR = "A conexão não tem concentrador: não há onde procurar a sessão."
SEM_OLT = "A conexão não passa por uma OLT: não há sinal a ler."


def pedir_sessao(conexao: Conexao) -> None:
    """Pede a leitura da sessão, e volta na hora."""
    _pedir(LeituraDeSessao, "ler_sessao", conexao, f"concentrador-{conexao.concentrador_id}")


def pedir_sinal(conexao: Conexao) -> None:
    """Pede a leitura do sinal, e volta na hora."""
    _pedir(LeituraOptica, "ler_sinal", conexao, f"olt-{olt_de(conexao)}")


def _pedir(modelo: type[Leitura], tarefa: str, conexao: Conexao, equipamento: str) -> None:
    agora = timezone.now()
    modelo._default_manager.bulk_create(
        [modelo(conexao_id=conexao.pk, pedida_em=agora)],
        update_conflicts=True, unique_fields=["conexao"], update_fields=["pedida_em"],
    )  # fmt: skip
    enfileirar(tarefa, f"{tarefa}-{conexao.pk}", equipamento, conexao=conexao.pk)


def enfileirar(tarefa: str, uma_so: str, equipamento: str, **argumentos) -> None:
    """Põe a tarefa na fila da rede, se não há outra igual à espera."""
    configurada = app.configure_task(
        f"atendimento.tarefas.{tarefa}", lock=equipamento, queueing_lock=uma_so, queue=FILA
    )
    # Num ponto de retorno: a recusa da repetida não desfaz a transação de quem chama.
    with suppress(AlreadyEnqueued), transaction.atomic():
        configurada.defer(**argumentos)


def olt_de(conexao: Conexao) -> int | None:
    """A OLT da conexão: a do splitter, quando há um; senão a dela."""
    return conexao.splitter.olt_id if conexao.splitter_id else conexao.olt_id


def ler_sessao(conexao_id: int) -> None:
    """Lê no RADIUS as sessões da conexão e guarda; uma falha fica escrita na leitura."""
    conexao = Conexao.objects.select_related("concentrador").get(pk=conexao_id)
    agora = timezone.now()
    try:
        if conexao.concentrador is None:
            raise NaoSuportado(SEM_CONCENTRADOR)
        rede = acesso_de(conexao.concentrador)
        lidas = conversar(conexao.concentrador, lambda: rede.sessoes(conexao.login, agora - JANELA))
    except FalhaDeRede as falha:
        _anotar_falha(LeituraDeSessao, conexao_id, falha)
        return
    guarda.guardar({conexao.login: conexao.pk}, lidas, agora=agora, simulada=rede.simulada)


def ler_sinal(conexao_id: int) -> None:
    """Lê na OLT o sinal da ONU da conexão e guarda; uma falha fica escrita na leitura."""
    conexao = Conexao.objects.select_related("splitter").get(pk=conexao_id)
    olt = Olt.objects.filter(pk=olt_de(conexao)).first()
    try:
        if olt is None:
            raise NaoSuportado(SEM_OLT)
        rede = optica_de(olt)
        sinal = conversar(olt, lambda: rede.sinal(onu_de(conexao)))
    except FalhaDeRede as falha:
        _anotar_falha(LeituraOptica, conexao_id, falha)
        return
    dados = {
        "estado": sinal.estado, "rx_dbm": sinal.rx_dbm, "tx_dbm": sinal.tx_dbm,
        "rx_na_olt_dbm": sinal.rx_na_olt_dbm, "distancia_m": sinal.distancia_m,
        "ultima_queda_em": sinal.ultima_queda_em, "causa_da_queda": sinal.causa_da_queda[:60],
        "lida_em": timezone.now(), "falha": "", "falhou_em": None, "pedida_em": None,
        "simulada": rede.simulada,
    }  # fmt: skip
    LeituraOptica.objects.update_or_create(conexao_id=conexao_id, defaults=dados)


def onu_de(conexao: Conexao) -> Onu:
    """Onde a OLT acha a ONU: o slot e a porta do splitter valem sobre os da conexão."""
    porta = conexao.splitter.porta if conexao.splitter_id else conexao.porta_olt
    return Onu(conexao.pk, conexao.serial, conexao.slot_olt_exibido, porta)


def _anotar_falha(modelo: type[Leitura], conexao_id: int, falha: FalhaDeRede) -> None:
    """A última leitura boa fica; a tela diz a idade dela e a frase da falha."""
    modelo._default_manager.update_or_create(
        conexao_id=conexao_id,
        defaults={"falha": str(falha)[:300], "falhou_em": timezone.now(), "pedida_em": None},
    )


def varrer(concentrador_id: int) -> int:
    """Lê tudo o que mudou no concentrador desde a última vez. Devolve quantas sessões vieram."""
    concentrador = Concentrador.objects.get(pk=concentrador_id)
    agora = timezone.now()
    desde = max(concentrador.lido_ate or agora - JANELA, agora - JANELA) - SOBREPOSICAO
    try:
        rede = acesso_de(concentrador)
        lidas = conversar(concentrador, lambda: rede.mudancas(desde))
    except FalhaDeRede:
        # A frase já está no concentrador; a varredura seguinte continua de onde esta parou.
        return 0
    logins = {sessao.login for sessao in lidas}
    conexoes = dict(
        Conexao.objects.filter(concentrador=concentrador, login__in=logins).values_list("login", "pk")
    )
    guarda.guardar(conexoes, lidas, agora=agora, simulada=rede.simulada)
    Concentrador.objects.filter(pk=concentrador_id).update(lido_ate=_ate(lidas, desde, agora))
    return len(lidas)


def _ate(lidas, desde: datetime, agora: datetime) -> datetime:
    """Cortada pelo tamanho, a leitura vale só até a última mudança que coube."""
    if len(lidas) < MUDANCAS_POR_VEZ:
        return agora
    return max((s.mudou_em for s in lidas if s.mudou_em), default=desde + SOBREPOSICAO)


def varrer_todos() -> None:
    """Enfileira a varredura de cada concentrador com integração que não está em repouso."""
    agora = timezone.now()
    prontos = Concentrador.objects.filter(ativo=True).exclude(integracao="")
    for pk in prontos.exclude(repousa_ate__gt=agora).values_list("pk", flat=True):
        enfileirar("varrer_concentrador", f"varrer_concentrador-{pk}", f"concentrador-{pk}", concentrador=pk)


def apagar_velhas(agora: datetime | None = None) -> int:
    """Apaga sessões e consumo que o suporte já não usa; o ano da lei é o do RADIUS. Devolve quantas."""
    antes = (agora or timezone.now()) - GUARDA
    sessoes, _ = SessaoDeConexao.objects.filter(terminada_em__lt=antes).delete()
    dias, _ = ConsumoDiario.objects.filter(dia__lt=antes.date()).delete()
    return sessoes + dias


def esperando(leitura: Leitura | None) -> bool:
    """Se há uma leitura pedida que ainda pode chegar."""
    return bool(leitura and leitura.pedida_em and timezone.now() - leitura.pedida_em < PEDIDO_VALE)
