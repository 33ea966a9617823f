"""As leituras da rede como as telas as mostram: a última boa, a idade dela e o que falhou depois."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.utils import timezone

from atendimento.consultas import ID, Consulta
from atendimento.dominio.rede.leituras import esperando, olt_de
from contratos.dominio.sinal import qualidade
from contratos.enums_de_rede import SituacaoDoComando, causa_em_palavras
from contratos.models import ComandoDeRede, Conexao, LeituraOptica, SessaoDeConexao
from contratos.models.leitura import Leitura

QUEDAS = 5
COMANDOS = 3
CAMPOS_DO_COMANDO = (
    "verbo", "motivo", "situacao", "simulado", "resposta", "tentativas", "criado_em", "proxima_em",
)  # fmt: skip
# Uma leitura mais velha do que isto a própria tela pede de novo, uma vez.
VELHA = timedelta(minutes=2)
SELOS_DO_SINAL = {
    "bom": ("ok", "Bom"),
    "atencao": ("atencao", "Atenção"),
    "critico": ("vencido", "Crítico"),
    "alto": ("atencao", "Alto demais"),
}
SELOS_DO_COMANDO = {
    SituacaoDoComando.NA_FILA: "info",
    SituacaoDoComando.FEITO: "ok",
    SituacaoDoComando.RECUSADO: "atencao",
    SituacaoDoComando.FALHOU: "vencido",
}


@dataclass(frozen=True, slots=True)
class Estado:
    """O que se diz de uma leitura, qualquer que seja: se há, de quando é, se outra vem, o que falhou."""

    leitura: Leitura | None
    esperando: bool
    pede: bool
    integrada: bool

    @property
    def lida(self) -> bool:
        """Se alguma vez deu certo."""
        return bool(self.leitura and self.leitura.lida_em)

    @property
    def falha(self) -> str:
        """A falha que veio depois da última leitura boa."""
        leitura = self.leitura
        if not leitura or not leitura.falha or not leitura.falhou_em:
            return ""
        return leitura.falha if not leitura.lida_em or leitura.falhou_em >= leitura.lida_em else ""

    @property
    def idade(self) -> str:
        """Há quanto tempo se leu."""
        return ha(self.leitura.lida_em) if self.lida else ""


def ha(momento: datetime | None, agora: datetime | None = None) -> str:
    """`12 s`, `3 min`, `2 h`, `5 d`: a maior unidade que cabe."""
    if momento is None:
        return ""
    segundos = max(0, int(((agora or timezone.now()) - momento).total_seconds()))
    for tamanho, unidade in ((86400, "d"), (3600, "h"), (60, "min")):
        if segundos >= tamanho:
            return f"{segundos // tamanho} {unidade}"
    return f"{segundos} s"


def com_leituras(conexoes):
    """A consulta de conexões com tudo o que as telas da rede leem, num comando só."""
    quedas = SessaoDeConexao.objects.quedas().filter(conexao=OuterRef("pk"))
    em_json = quedas.values(dados=JSONObject(em="terminada_em", causa="causa"))[:QUEDAS]
    comandos = ComandoDeRede.objects.filter(conexao=OuterRef("pk")).order_by("-criado_em", "-id")
    campos = JSONObject(**{campo: campo for campo in CAMPOS_DO_COMANDO})
    return conexoes.select_related(
        "concentrador", "splitter__olt", "olt", "leitura_de_sessao", "leitura_optica"
    ).annotate(
        quedas=ArraySubquery(em_json),
        ultimos_comandos=ArraySubquery(comandos.values(dados=campos)[:COMANDOS]),
    )


def _comando(dados: dict) -> tuple[ComandoDeRede, str]:
    """O comando como se mostra, e o selo dele."""
    datas = {
        nome: dados[nome] and datetime.fromisoformat(dados[nome]) for nome in ("criado_em", "proxima_em")
    }
    comando = ComandoDeRede(**dados | datas)
    return comando, SELOS_DO_COMANDO[comando.situacao]


DA_ETIQUETA = Consulta(
    lambda _, etiqueta: com_leituras(Conexao.objects.filter(etiqueta=etiqueta, ativa=True)), ID
)


def da_etiqueta(etiqueta_id: int) -> list[Conexao]:
    """As conexões ativas da etiqueta. Um comando SQL."""
    return DA_ETIQUETA(None, etiqueta_id)


def agora(conexao: Conexao) -> dict:
    """O cartão *Agora* de uma conexão lida com `com_leituras`."""
    leitura = getattr(conexao, "leitura_de_sessao", None)
    integrada = bool(conexao.concentrador_id and conexao.concentrador.integracao)
    return {
        "conexao": conexao,
        "alvo": str(conexao.pk),
        "estado": _estado(leitura, integrada),
        "leitura": leitura,
        "desde": ha(leitura.desde) if leitura else "",
        "mac_difere": bool(leitura and leitura.mac and conexao.mac and leitura.mac != conexao.mac),
        "quedas": [
            (datetime.fromisoformat(queda["em"]), causa_em_palavras(queda["causa"]))
            for queda in conexao.quedas
        ],
        "comandos": [_comando(dados) for dados in conexao.ultimos_comandos],
    }


def sinal(conexao: Conexao) -> dict:
    """O sinal óptico de uma conexão lida com `com_leituras`."""
    leitura: LeituraOptica | None = getattr(conexao, "leitura_optica", None)
    olt = conexao.splitter.olt if conexao.splitter_id else conexao.olt
    selo = SELOS_DO_SINAL.get(qualidade(leitura.rx_dbm)) if leitura else None
    return {
        "conexao": conexao,
        "alvo": str(conexao.pk),
        "olt": olt,
        "estado": _estado(leitura, bool(olt and olt.integracao)),
        "leitura": leitura,
        "selo": selo,
    }


def _estado(leitura: Leitura | None, integrada: bool) -> Estado:
    espera = esperando(leitura)
    ultima = max(filter(None, (leitura.lida_em, leitura.falhou_em)), default=None) if leitura else None
    velha = ultima is None or timezone.now() - ultima > VELHA
    return Estado(leitura, espera, integrada and velha and not espera, integrada)


def tem_optica(conexao: Conexao) -> bool:
    """Se a conexão passa por uma OLT."""
    return olt_de(conexao) is not None
