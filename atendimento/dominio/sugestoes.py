"""Leva ao detector o que se sabe das quedas, e guarda o que ele vê como sugestão para um supervisor."""

from datetime import UTC, datetime

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone

from atendimento.detector import HISTORICO, MINIMO, RECENTES, Chave, Suspeita, Vizinho, suspeitas
from atendimento.dominio.massivas import sugerir
from atendimento.models import Massiva
from atendimento.models.massiva import Escopo
from contratos.dominio.caminho import com_caminho
from contratos.models import Conexao, Olt, PontoDeAcesso, SessaoDeConexao, Splitter

CAMPOS = (
    "pk", "splitter_id", "na_olt", "no_slot", "na_porta", "no_ponto", "caiu_em", "no_ar", "quedas_na_semana",
)  # fmt: skip
NUNCA = datetime(1970, 1, 1, tzinfo=UTC)
LUGARES = (Escopo.SPLITTER, Escopo.PORTA, Escopo.SLOT, Escopo.OLT, Escopo.PONTO)


def procurar(agora: datetime | None = None) -> int:
    """Sugere uma massiva por lugar em que vizinhos caíram juntos. Devolve quantas são novas.

    Um lugar com massiva viva, ou com sugestão descartada depois da queda, não se sugere outra vez.
    """
    agora = agora or timezone.now()
    novas = 0
    for suspeita in suspeitas(_vizinhos(agora), agora):
        alvo = _alvo(suspeita.lugar)
        ja_se_viu = Massiva.objects.filter(criada_em__gte=suspeita.inicio, **alvo).exists()
        if not ja_se_viu and _sugerir(suspeita, alvo):
            novas += 1
    return novas


def _sugerir(suspeita: Suspeita, alvo: dict) -> Massiva | None:
    escopo = alvo["escopo"]
    quantas = len(suspeita.afetadas)
    return sugerir(
        escopo=escopo,
        alvo={campo: valor for campo, valor in alvo.items() if campo != "escopo"},
        inicio=suspeita.inicio,
        evidencia={"afetadas": quantas, "conhecidas": suspeita.conhecidas},
        titulo=f"{quantas} conexões caíram juntas: {Escopo(escopo).label} {_nome(alvo)}",
    )


def _vizinhos(agora: datetime) -> list[Vizinho]:
    """As conexões dos pontos de acesso em que caíram bastantes há pouco. Dois comandos SQL."""
    pontos = _pontos_com_quedas(agora)
    if not pontos:
        return []
    linhas = _com_sessoes(com_caminho(Conexao.objects.filter(ativa=True)), agora)
    return [_vizinho(linha) for linha in linhas.filter(no_ponto__in=pontos).values(*CAMPOS)]


def _pontos_com_quedas(agora: datetime) -> list[int]:
    quedas = SessaoDeConexao.objects.quedas(agora - RECENTES).order_by().values("conexao")
    caidas = com_caminho(Conexao.objects.filter(ativa=True, pk__in=quedas)).filter(no_ponto__isnull=False)
    contadas = caidas.order_by().values("no_ponto").annotate(quantas=Count("pk", distinct=True))
    return list(contadas.filter(quantas__gte=MINIMO).values_list("no_ponto", flat=True))


def _com_sessoes(conexoes: QuerySet[Conexao], agora: datetime) -> QuerySet[Conexao]:
    da_conexao = SessaoDeConexao.objects.filter(conexao=OuterRef("pk"))
    quedas = da_conexao.quedas(agora - HISTORICO)
    return conexoes.annotate(
        no_ar=Exists(da_conexao.no_ar()),
        caiu_em=Subquery(quedas.values("terminada_em")[:1]),
        quedas_na_semana=Subquery(
            quedas.order_by().values("conexao").annotate(quantas=Count("pk")).values("quantas")
        ),
    )


def _vizinho(linha: dict) -> Vizinho:
    """Sem sessão nenhuma, não se sabe: fica fora desde sempre, e não conta."""
    fora = None if linha["no_ar"] else linha["caiu_em"] or NUNCA
    return Vizinho(linha["pk"], tuple(_lugares(linha)), linha["quedas_na_semana"] or 0, fora)


def _lugares(linha: dict):
    """Do menor ao maior; um nível que a conexão não tem não aparece, e o número do nível fica o mesmo."""
    chaves = {
        Escopo.SPLITTER: (linha["splitter_id"],),
        Escopo.PORTA: (linha["na_olt"], linha["no_slot"], linha["na_porta"]),
        Escopo.SLOT: (linha["na_olt"], linha["no_slot"]),
        Escopo.OLT: (linha["na_olt"],),
        Escopo.PONTO: (linha["no_ponto"],),
    }
    for escopo in LUGARES:
        if None not in chaves[escopo]:
            yield (escopo.value, chaves[escopo])


def _alvo(lugar: Chave) -> dict:
    escopo, chave = lugar
    if escopo == Escopo.SPLITTER:
        return {"escopo": escopo, "splitter": Splitter.objects.get(pk=chave[0])}
    if escopo == Escopo.PONTO:
        return {"escopo": escopo, "ponto_de_acesso": PontoDeAcesso.objects.get(pk=chave[0])}
    campos = dict(zip(("slot", "porta"), chave[1:], strict=False))
    return {"escopo": escopo, "olt": Olt.objects.get(pk=chave[0])} | campos


def _nome(alvo: dict) -> str:
    return ", ".join(str(valor) for campo, valor in alvo.items() if campo != "escopo")
