"""Guarda as sessões que se leram, o consumo por dia e como a conexão está agora."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from atendimento.integracoes.rede import Sessao
from contratos.models import LeituraDeSessao, SessaoDeConexao

CAMPOS = ["terminada_em", "causa", "ip", "mac", "baixados", "enviados"]
DIA = timedelta(days=1)
# Mais do que isto de uma sessão é contador quebrado: não se reparte por dia.
DIAS_DE_UMA_SESSAO = 62
SOMAR = """
INSERT INTO contratos_consumodiario AS c (conexao_id, dia, baixados, enviados)
  SELECT * FROM unnest(%s::bigint[], %s::date[], %s::bigint[], %s::bigint[])
ON CONFLICT (conexao_id, dia) DO UPDATE
  SET baixados = c.baixados + EXCLUDED.baixados, enviados = c.enviados + EXCLUDED.enviados
"""


@transaction.atomic
def guardar(
    conexoes: Mapping[str, int], sessoes: Iterable[Sessao], *, agora: datetime, simulada: bool
) -> None:
    """Grava as sessões das conexões dadas (login → id) e refaz a leitura de cada uma.

    O login de ninguém se ignora. Lida de novo, a mesma sessão não conta duas vezes o consumo: soma-se só o
    que cresceu. Quem chama garante que não há duas leituras do mesmo concentrador ao mesmo tempo.
    """
    por_chave = {(conexoes[s.login], s.id_externo): s for s in sessoes if s.login in conexoes}
    conhecidas = {
        (s.conexao_id, s.id_externo): s
        for s in SessaoDeConexao.objects.filter(
            conexao__in={conexao for conexao, _ in por_chave},
            id_externo__in={chave for _, chave in por_chave},
        )
    }
    _somar_consumo(por_chave, conhecidas, agora)
    SessaoDeConexao.objects.bulk_create(
        [_linha(conexao, sessao) for (conexao, _), sessao in por_chave.items()],
        update_conflicts=True, unique_fields=["conexao", "id_externo"], update_fields=CAMPOS, batch_size=1000,
    )  # fmt: skip
    _refazer_leituras(set(conexoes.values()), por_chave, agora, simulada)


def _linha(conexao: int, sessao: Sessao) -> SessaoDeConexao:
    return SessaoDeConexao(
        conexao_id=conexao, id_externo=sessao.id_externo, iniciada_em=sessao.iniciada_em,
        **{campo: getattr(sessao, campo) for campo in CAMPOS},
    )  # fmt: skip


def _somar_consumo(por_chave: Mapping, conhecidas: Mapping, agora: datetime) -> None:
    lidas_em = dict(
        LeituraDeSessao.objects.filter(conexao__in={c for c, _ in por_chave}).values_list(
            "conexao", "lida_em"
        )
    )
    somas: dict[tuple[int, date], list[int]] = {}
    for chave, sessao in por_chave.items():
        conhecida = conhecidas.get(chave)
        antes = (conhecida.baixados, conhecida.enviados) if conhecida else (0, 0)
        # Um contador que voltou atrás não devolve consumo.
        cresceu = max(0, sessao.baixados - antes[0]), max(0, sessao.enviados - antes[1])
        if not any(cresceu):
            continue
        fim = sessao.terminada_em or agora
        inicio = sessao.iniciada_em
        if conhecida and lidas_em.get(chave[0]):
            inicio = min(fim, max(inicio, lidas_em[chave[0]]))
        for dia, parte in repartir(inicio, fim).items():
            soma = somas.setdefault((chave[0], dia), [0, 0])
            soma[0] += int(cresceu[0] * parte)
            soma[1] += int(cresceu[1] * parte)
    _gravar_consumo(somas)


def repartir(inicio: datetime, fim: datetime) -> dict[date, float]:
    """Que parte do período, de 0 a 1, cai em cada dia do fuso da instalação."""
    ultimo = timezone.localtime(fim).date()
    duracao = (fim - inicio).total_seconds()
    primeiro = timezone.localtime(inicio).date()
    if duracao <= 0 or (ultimo - primeiro).days > DIAS_DE_UMA_SESSAO:
        return {ultimo: 1.0}
    partes = {}
    for n in range((ultimo - primeiro).days + 1):
        dia = primeiro + n * DIA
        comeco = max(inicio, timezone.make_aware(datetime.combine(dia, time.min)))
        acaba = min(fim, timezone.make_aware(datetime.combine(dia + DIA, time.min)))
        partes[dia] = max(0.0, (acaba - comeco).total_seconds() / duracao)
    return partes


def _gravar_consumo(somas: Mapping[tuple[int, date], list[int]]) -> None:
    linhas = [(conexao, dia, *soma) for (conexao, dia), soma in somas.items()]
    if linhas:
        with connection.cursor() as cursor:
            cursor.execute(SOMAR, [list(coluna) for coluna in zip(*linhas, strict=True)])


def _refazer_leituras(conexoes: set[int], por_chave: Mapping, agora: datetime, simulada: bool) -> None:
    """A sessão mais nova de cada conexão diz como ela está."""
    ultimas = {
        sessao.conexao_id: sessao
        for sessao in SessaoDeConexao.objects.filter(conexao__in=conexoes)
        .order_by("conexao_id", F("iniciada_em").desc(), F("id").desc())
        .distinct("conexao_id")
    }
    ids_no_nas = {(c, s.id_externo): s.id_da_sessao for (c, _), s in por_chave.items()}
    leituras = []
    for conexao in conexoes:
        sessao = ultimas.get(conexao)
        no_ar = bool(sessao and sessao.terminada_em is None)
        leituras.append(
            LeituraDeSessao(
                conexao_id=conexao, lida_em=agora, falha="", falhou_em=None, pedida_em=None,
                simulada=simulada, online=no_ar,
                desde=sessao and (sessao.iniciada_em if no_ar else sessao.terminada_em),
                ip=sessao.ip if sessao and no_ar else None,
                mac=sessao.mac if sessao else "",
                id_da_sessao=ids_no_nas.get((conexao, sessao.id_externo), "") if sessao and no_ar else "",
            )
        )  # fmt: skip
    LeituraDeSessao.objects.bulk_create(
        leituras, update_conflicts=True, unique_fields=["conexao"], batch_size=1000,
        update_fields=[
            "lida_em", "falha", "falhou_em", "pedida_em", "simulada", "online", "desde", "ip", "mac",
            "id_da_sessao",
        ],
    )  # fmt: skip
