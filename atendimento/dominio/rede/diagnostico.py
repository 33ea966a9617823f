"""O diagnóstico de uma conexão, pelo que está guardado: a causa provável e o que fazer em seguida.

Vai do que é do contrato ao que é da casa do cliente, e para na primeira explicação. Não fala com a rede: diz
a idade de cada leitura, e quem quer uma nova a pede antes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from atendimento.dominio.rede import vizinhos
from atendimento.dominio.rede.comandos import SITUACOES_BLOQUEADAS, SITUACOES_SEM_ACESSO
from atendimento.models import Massiva
from contratos.dominio.sinal import qualidade
from contratos.enums_de_rede import EstadoDaOnu
from contratos.models import Conexao, Contrato

QUEDAS_DE_MAIS = 3
UM_DIA, TRINTA_DIAS = timedelta(days=1), timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Conclusao:
    """A causa provável, o que fazer, e o que dizer ao cliente."""

    causa: str
    fazer: str
    dizer: str


@dataclass(frozen=True, slots=True)
class Diagnostico:
    """A conclusão e o que se leu, uma linha por passo, na ordem em que se olhou."""

    conclusao: Conclusao
    passos: tuple[str, ...]

    @property
    def relato(self) -> str:
        """Como fica escrito no atendimento."""
        cabeca = f"Causa provável: {self.conclusao.causa}\nEm seguida: {self.conclusao.fazer}"
        return "\n".join([cabeca, *self.passos])


def diagnosticar(conexao: Conexao, contrato: Contrato, massivas: Sequence[Massiva] = ()) -> Diagnostico:
    """Olha o que está guardado da conexão, lida com `rede_na_tela.com_leituras`, e as massivas dela."""
    grupos = vizinhos.grupos_de(conexao)
    agora = timezone.now()
    quedas = conexao.sessoes.quedas(agora - TRINTA_DIAS)
    no_dia, no_mes = quedas.filter(terminada_em__gt=agora - UM_DIA).count(), quedas.count()
    conclusao = (
        _do_contrato(conexao, contrato)
        or _da_massiva(massivas)
        or _da_area(conexao, grupos)
        or _do_sinal(conexao)
        or _da_sessao(conexao)
        or _das_quedas(no_dia, no_mes)
        or NORMAL
    )
    return Diagnostico(conclusao, _passos(conexao, contrato, massivas, grupos, no_dia, no_mes))


NORMAL = Conclusao(
    "a conexão está no ar e nada de errado se vê na rede.",
    "veja o Wi-Fi e o equipamento do cliente; se preciso, reinicie o equipamento.",
    "Daqui a sua conexão está no ar e o sinal chega bem. Vamos ver o Wi-Fi e os aparelhos da casa.",
)


def _do_contrato(conexao: Conexao, contrato: Contrato) -> Conclusao | None:
    situacao = contrato.get_situacao_display()
    if contrato.situacao in SITUACOES_SEM_ACESSO or not conexao.ativa:
        return Conclusao(
            f"não há serviço: o contrato está em {situacao} ou a conexão foi desativada.",
            "trate do contrato; não há o que consertar na rede.",
            "O serviço deste contrato está encerrado.",
        )
    if contrato.situacao in SITUACOES_BLOQUEADAS:
        return Conclusao(
            f"o serviço está bloqueado: contrato em {situacao}.",
            "veja o desbloqueio que cabe; não há o que consertar na rede.",
            "O serviço está suspenso, e explico agora o que é preciso para que volte.",
        )
    return None


def _da_massiva(massivas: Sequence[Massiva]) -> Conclusao | None:
    if not massivas:
        return None
    [massiva, *_] = massivas
    previsao = f" A previsão é {_hora(massiva.previsao)}." if massiva.previsao else ""
    return Conclusao(
        f"massiva em curso: {massiva.titulo}.",
        "vincule o atendimento à massiva e diga a previsão; não agende visita.",
        massiva.texto or f"Há uma falha na sua região, e a equipe já trabalha nela.{previsao}",
    )


def _da_area(conexao: Conexao, grupos: list[vizinhos.Grupo]) -> Conclusao | None:
    ponto = conexao.ponto_de_acesso
    if ponto and ponto.fora_do_ar:
        return Conclusao(
            f"o ponto de acesso {ponto} está fora do ar.",
            "vincule o atendimento à massiva e diga a previsão; não agende visita.",
            "Há uma falha na sua região, a equipe já sabe e está trabalhando nela.",
        )
    leitura = getattr(conexao, "leitura_de_sessao", None)
    caido = next((grupo for grupo in grupos if grupo.caido), None)
    if caido and not (leitura and leitura.online):
        return Conclusao(
            f"falha de grupo: {caido.fora} de {caido.conhecidos} fora do ar em {caido.onde}.",
            "avise o NOC e vincule o atendimento à massiva; não agende visita.",
            "Outros clientes da sua região também estão sem conexão; a equipe vai ao local.",
        )
    return None


def _do_sinal(conexao: Conexao) -> Conclusao | None:
    leitura = getattr(conexao, "leitura_optica", None)
    if leitura is None or not leitura.lida_em:
        return None
    if leitura.estado == EstadoDaOnu.SEM_ENERGIA:
        return Conclusao(
            "o equipamento do cliente está sem energia.",
            "peça para conferir a tomada e a fonte da ONU; se a fonte não liga, agende a troca.",
            "O equipamento parece desligado. Confira, por favor, a tomada e a fonte dele.",
        )
    if leitura.estado == EstadoDaOnu.SEM_LUZ:
        return Conclusao(
            "não chega luz à ONU: fibra rompida ou solta.",
            "peça para conferir o cabo de fibra na ONU; se está preso, agende visita técnica.",
            "O sinal não chega ao equipamento. Confira se o cabo fino de fibra está preso, sem dobras.",
        )
    if qualidade(leitura.rx_dbm) == "critico":
        return Conclusao(
            f"o sinal chega fraco demais ({_dbm(leitura.rx_dbm)}).",
            "agende visita técnica para a fibra e os conectores.",
            "O sinal da fibra chega fraco à sua casa; um técnico precisa ver o cabo.",
        )
    return None


def _da_sessao(conexao: Conexao) -> Conclusao | None:
    leitura = getattr(conexao, "leitura_de_sessao", None)
    if leitura is None or not leitura.lida_em:
        return Conclusao(
            "não se sabe: a sessão ainda não foi lida ou o concentrador não respondeu.",
            "peça outra leitura na aba Conexão e diagnostique de novo.",
            "Ainda estou consultando a sua conexão; um momento, por favor.",
        )
    if leitura.mac and conexao.mac and leitura.mac != conexao.mac:
        return Conclusao(
            "o equipamento que conecta não é o cadastrado (MAC diferente).",
            "confirme com o cliente e use Limpar ou trocar MAC.",
            "Vejo um equipamento diferente do que temos no cadastro. Houve troca do roteador?",
        )
    if not leitura.online:
        return Conclusao(
            "o equipamento tem sinal e não autentica: senha errada ou roteador sem configuração.",
            "reinicie o equipamento; se não voltar, gere outra senha da conexão.",
            "O sinal chega, e o roteador não está entrando na rede. Vamos reiniciá-lo.",
        )
    return None


def _das_quedas(no_dia: int, no_mes: int) -> Conclusao | None:
    if no_dia < QUEDAS_DE_MAIS and no_mes < QUEDAS_DE_MAIS * 5:
        return None
    return Conclusao(
        f"quedas repetidas: {no_dia} em 24 horas, {no_mes} em 30 dias.",
        "agende visita técnica; antes, confira a energia e o aquecimento do equipamento.",
        "A conexão está no ar, mas cai com frequência; um técnico precisa ver a instalação.",
    )


def _passos(conexao, contrato, massivas, grupos, no_dia: int, no_mes: int) -> tuple[str, ...]:
    ponto = conexao.ponto_de_acesso
    fora = " (fora do ar)" if ponto and ponto.fora_do_ar else ""
    return (
        f"Contrato: {contrato.get_situacao_display()}.",
        f"Massivas: {', '.join(massiva.titulo for massiva in massivas) or 'nenhuma'}.",
        f"Ponto de acesso: {ponto or 'não informado'}{fora}.",
        _linha_da_sessao(conexao),
        _linha_do_sinal(conexao),
        f"Quedas: {no_dia} em 24 horas, {no_mes} em 30 dias.",
        *(f"{grupo.nome} {grupo.onde}: {grupo.no_ar} de {grupo.conhecidos} no ar." for grupo in grupos),
    )


def _quando(leitura) -> str:
    return f"lido às {timezone.localtime(leitura.lida_em):%d/%m %H:%M:%S}"


def _hora(momento) -> str:
    return f"{timezone.localtime(momento):%d/%m %H:%M}"


def _dbm(potencia) -> str:
    return f"{potencia:.2f} dBm".replace(".", ",")


def _linha_da_sessao(conexao: Conexao) -> str:
    leitura = getattr(conexao, "leitura_de_sessao", None)
    if leitura is None or not leitura.lida_em:
        return f"Sessão de {conexao.login}: sem leitura. {leitura.falha if leitura else ''}".strip()
    estado = "online" if leitura.online else "offline"
    desde = f" desde {timezone.localtime(leitura.desde):%d/%m %H:%M}" if leitura.desde else ""
    mac = f", MAC {leitura.mac_formatado}" if leitura.mac else ""
    ip = f", IP {leitura.ip}" if leitura.ip else ""
    simulada = ", simulador" if leitura.simulada else ""
    return f"Sessão de {conexao.login}: {estado}{desde}{ip}{mac} ({_quando(leitura)}{simulada})."


def _linha_do_sinal(conexao: Conexao) -> str:
    leitura = getattr(conexao, "leitura_optica", None)
    if leitura is None or not leitura.lida_em:
        return "Sinal óptico: sem leitura."
    rx = f", RX {_dbm(leitura.rx_dbm)}" if leitura.rx_dbm is not None else ""
    simulada = ", simulador" if leitura.simulada else ""
    return f"Sinal óptico: {leitura.get_estado_display()}{rx} ({_quando(leitura)}{simulada})."
