"""Solicitações de volume: as que esperam na fila e as que já se encerraram, com a sua história.

Entram por COPY, numa transação só. Em quantidade, os gatilhos ficam desligados e o que eles conferem linha
a linha se confere de uma vez no fim; nada se confirma se uma linha os quebrasse. Não entra auditoria: os
dados são fictícios e o selo dela só se escreve por transações de verdade.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, date, datetime, timedelta
from datetime import time as hora
from random import Random

from django.conf import settings
from django.contrib.auth.models import Permission
from django.db import connection, models, transaction

from atendimento.dominio import cadastros_iniciais as cadastros
from atendimento.models import (
    Apontamento,
    Equipe,
    MembroDaEquipe,
    Prazo,
    Relato,
    Solicitacao,
    Solucao,
    TipoDeSolicitacao,
    Transicao,
)
from atendimento.popular import indices
from atendimento.popular.carga import MINIMO_EM_BLOCO, Ouvinte
from contratos.models import ConcessaoDeEmpresa, Empresa, Etiqueta
from perfis.capacidades import Capacidade
from perfis.models import Perfil, Usuario

MODELOS: dict[str, type[models.Model]] = {
    "solicitacao": Solicitacao,
    "transicao": Transicao,
    "relato": Relato,
    "apontamento": Apontamento,
}
TABELAS = {nome: modelo._meta.db_table for nome, modelo in MODELOS.items()}
# De cada solicitação: uma linha, até duas transições com seu relato, até um intervalo de trabalho.
IDS = {"solicitacao": 1, "transicao": 2, "relato": 2, "apontamento": 1}

AGENTES = 100
POR_LOTE = 20_000
DIAS = 90
PERFIL = "Volume: atendente"
# Quatro em cinco da fila são do N1.
EQUIPES = (*[cadastros.N1] * 8, cadastros.N2, cadastros.FINANCEIRO)
PRIORIDADES = (1, *[2] * 15, 3, 3, 3, 4)
CANAIS = ("telefone", "telefone", "telefone", "whatsapp", "portal")
DESCRICOES = (
    "Sem sinal desde cedo.",
    "Lento à noite.",
    "Não conecta no quarto.",
    "Quer a 2ª via.",
    "Oscila.",
)

CONFERENCIAS = {
    "uma transição não continua a anterior": """
        SELECT count(*) FROM {transicao} t LEFT JOIN {transicao} a
          ON a.solicitacao_id = t.solicitacao_id AND a.versao = t.versao - 1
        WHERE t.id >= %(transicao)s AND CASE WHEN a.id IS NULL THEN t.versao <> 1 OR t.de <> ''
          ELSE a.para <> t.de OR a.em > t.em END""",
    "uma solicitação não concorda com sua última transição": """
        SELECT count(*) FROM {solicitacao} s LEFT JOIN {transicao} t
          ON t.solicitacao_id = s.id AND t.versao = s.versao
        WHERE s.id >= %(solicitacao)s AND (t.id IS NULL OR t.para <> s.situacao
          OR t.equipe_id <> s.equipe_id OR t.responsavel_id IS DISTINCT FROM s.responsavel_id)""",
    "um intervalo de trabalho ficou aberto": """
        SELECT count(*) FROM {apontamento} WHERE id >= %(apontamento)s AND fim IS NULL""",
}


def popular_solicitacoes(
    quantas: int, *, semente: int, data_base: date, na_fila: int = 10, ouvinte: Ouvinte | None = None
) -> float:
    """Acrescenta `quantas` solicitações às etiquetas que há, `na_fila` por cento delas abertas e sem dono.

    Devolve os segundos. Levanta `ValueError` se não há etiquetas.
    """
    ouvinte, inicio = ouvinte or Ouvinte(), time.monotonic()
    with transaction.atomic(durable=True):
        gerador = _Gerador(semente, data_base, na_fila)
        bases = _reservar_ids(quantas)
        em_bloco = quantas >= max(MINIMO_EM_BLOCO, Solicitacao.objects.count())
        with _em_bloco(ouvinte) if em_bloco else nullcontext():
            for lote, feitas in gerador.lotes(bases, quantas):
                _copiar(lote)
                ouvinte.fase("Solicitações", feitas, quantas)
        _conferir(bases)
    ouvinte.fase("Atualizando estatísticas")
    with connection.cursor() as cursor:
        # Sem o mapa de visibilidade os índices das filas ainda visitariam a tabela.
        cursor.execute(f"VACUUM (ANALYZE) {', '.join(TABELAS.values())}")
    return time.monotonic() - inicio


class _Gerador:
    """As linhas de cada solicitação. Com a mesma semente, data-base e cadastros, sempre as mesmas."""

    def __init__(self, semente: int, data_base: date, na_fila: int):
        cadastros.garantir_cadastros()
        self.rng = Random(f"{semente}:solicitacoes")
        self.agora = datetime.combine(data_base, hora(12), tzinfo=UTC)
        self.na_fila = na_fila
        self.equipes = dict(Equipe.objects.values_list("nome", "pk"))
        self.tipos = [
            *TipoDeSolicitacao.objects.filter(permite_contrato_bloqueado=True, especie="comum").values_list(
                "pk", flat=True
            ),
            None,
        ]
        self.solucoes = list(Solucao.objects.values_list("pk", flat=True))
        self.prazo = Prazo.objects.get(nome="Manual").pk
        # Os da demonstração; os de outra carga não se repetem, que o número vem do id.
        self.usados = set(Solicitacao.objects.order_by("pk").values_list("protocolo", flat=True)[:100_000])
        self.agentes = _garantir_agentes(list(self.equipes.values()))
        self.moldes = {nome: _molde(modelo) for nome, modelo in MODELOS.items()}

    def lotes(self, bases: dict[str, int], quantas: int) -> Iterator[tuple[dict[str, list[str]], int]]:
        """Lotes de linhas por tabela e quantas solicitações já se fizeram."""
        self.proximo = dict(bases)
        lote = {nome: [] for nome in MODELOS}
        for feitas, etiqueta in zip(range(1, quantas + 1), _etiquetas(), strict=False):
            self._uma(lote, etiqueta)
            if feitas % POR_LOTE == 0 or feitas == quantas:
                yield lote, feitas
                lote = {nome: [] for nome in MODELOS}

    def _uma(self, lote, etiqueta) -> None:
        rng, pk = self.rng, self._id("solicitacao")
        # De ontem para trás: os números de hoje são os da sequência, e o próximo atendimento os usa.
        aberta_em = self.agora - timedelta(days=1 + pk * 7919 % DIAS, seconds=rng.randrange(3600, 86_400))
        while (protocolo := f"{aberta_em.astimezone(UTC):%Y%m%d}{pk % 1_000_000:06d}") in self.usados:
            aberta_em -= timedelta(days=1)
        comum = {
            "id": pk,
            "protocolo": protocolo,
            "cliente_id": etiqueta[2],
            "contrato_id": etiqueta[1],
            "etiqueta_id": etiqueta[0],
            "empresa_id": etiqueta[3],
            "equipe_id": self.equipes[rng.choice(EQUIPES)],
            "prioridade": rng.choice(PRIORIDADES),
            "canal": rng.choice(CANAIS),
            "solicitante_nome": "Quem ligou",
            "descricao": rng.choice(DESCRICOES),
            "tipo_id": rng.choice(self.tipos),
            "prazo_id": self.prazo,
            "prazo_em": aberta_em + timedelta(seconds=rng.randrange(4 * 3600, DIAS * 86_400)),
            "prazo_regulatorio_em": aberta_em + timedelta(days=7),
            "aberta_em": aberta_em,
            "ciclo_desde": aberta_em,
            "demo": True,
        }
        if rng.randrange(100) < self.na_fila:
            self._na_fila(lote, comum)
        else:
            self._encerrada(lote, comum)

    def _na_fila(self, lote, comum) -> None:
        em = comum["aberta_em"]
        self._escrever(lote, "solicitacao", comum | {"situacao": "aberta", "situacao_desde": em, "versao": 1})
        self._passo(lote, comum, 1, "abrir", "", "aberta", em, None, "Aberta.")

    def _encerrada(self, lote, comum) -> None:
        agente, inicio = self.rng.choice(self.agentes), comum["aberta_em"]
        fim = inicio + timedelta(seconds=self.rng.randrange(120, 3000))
        ate = fim + timedelta(days=settings.REABERTURA_DIAS)
        tipo = comum["tipo_id"] or self.tipos[0]
        fechada = {
            "situacao": "encerrada", "situacao_desde": fim, "versao": 2, "responsavel_id": agente,
            "tipo_id": tipo, "solucao_id": self.rng.choice(self.solucoes), "encerrada_em": fim,
            "reabrir_ate": ate, "definitiva_em": ate if ate < self.agora else None,
        }  # fmt: skip
        self._escrever(lote, "solicitacao", comum | fechada)
        self._passo(lote, comum, 1, "iniciar", "", "em_atendimento", inicio, agente, "Atendimento iniciado.")
        self._passo(lote, comum, 2, "encerrar", "em_atendimento", "encerrada", fim, agente, "Encerrada.")
        self._escrever(
            lote, "apontamento",
            {"id": self._id("apontamento"), "solicitacao_id": comum["id"], "agente_id": agente, "vaga": 1}
            | {"inicio": inicio, "fim": fim},
        )  # fmt: skip

    def _passo(self, lote, comum, versao, transicao, de, para, em, agente, texto) -> None:
        pk, quem = self._id("transicao"), agente or self.agentes[0]
        da_solicitacao = {"solicitacao_id": comum["id"], "em": em}
        passo = {
            "id": pk,
            "versao": versao,
            "transicao": transicao,
            "de": de,
            "para": para,
            "usuario_id": quem,
        }
        passo |= {"perfil": PERFIL, "equipe_id": comum["equipe_id"], "responsavel_id": agente}
        self._escrever(lote, "transicao", passo | da_solicitacao)
        relato = {"id": self._id("relato"), "autor_id": quem, "texto": texto, "transicao_id": pk}
        self._escrever(lote, "relato", relato | da_solicitacao)

    def _id(self, tabela: str) -> int:
        self.proximo[tabela] += 1
        return self.proximo[tabela] - 1

    def _escrever(self, lote, tabela: str, campos: dict) -> None:
        lote[tabela].append("\t".join(map(_texto, (self.moldes[tabela] | campos).values())) + "\n")


def _molde(modelo) -> dict:
    """O valor de cada coluna que não se diz: nulo onde se pode, senão o padrão do modelo."""
    molde = {}
    for campo in modelo._meta.concrete_fields:
        padrao = campo.get_default() if campo.has_default() else None
        vazio = "" if isinstance(campo, models.CharField | models.TextField) and not campo.null else None
        molde[campo.column] = vazio if padrao is None else padrao
    return molde


def _texto(valor) -> str:
    if valor is None:
        return r"\N"
    if valor is True or valor is False:
        return "t" if valor else "f"
    return "{}" if valor == {} else str(valor)


def _etiquetas() -> Iterator[tuple[int, int, int, int]]:
    """(etiqueta, contrato, cliente, empresa), na ordem do id, quantas voltas forem precisas."""
    consulta = Etiqueta.objects.order_by("pk").values_list(
        "pk", "contrato_id", "contrato__cliente_id", "empresa_id"
    )
    while True:
        vazia = True
        for linha in consulta.iterator(chunk_size=POR_LOTE):
            vazia = False
            yield linha
        if vazia:
            raise ValueError("Não há etiquetas: carregue clientes antes.")


def _garantir_agentes(equipes: list[int]) -> list[int]:
    """Os usuários fictícios, sem senha, que atenderam as solicitações de volume."""
    perfil, novo = Perfil.objects.get_or_create(name=PERFIL)
    if novo:
        perfil.permissions.add(
            Permission.objects.get(content_type__app_label="perfis", codename=Capacidade.ATENDER)
        )
        atender = Permission.objects.get(content_type__app_label="contratos", codename="atender_empresa")
        for empresa in Empresa.objects.all():
            ConcessaoDeEmpresa.objects.create(group=perfil, permission=atender, content_object=empresa)
    agentes = []
    for numero in range(1, AGENTES + 1):
        agente, novo = Usuario.objects.get_or_create(
            username=f"volume-{numero:03d}",
            defaults={"first_name": "Agente", "last_name": f"{numero:03d}", "password": "!", "demo": True},
        )
        if novo:
            agente.groups.add(perfil)
            equipe = equipes[numero % len(equipes)]
            MembroDaEquipe.objects.create(equipe_id=equipe, usuario=agente)
        agentes.append(agente.pk)
    return agentes


def _reservar_ids(quantas: int) -> dict[str, int]:
    bases = {}
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {', '.join(TABELAS.values())} IN EXCLUSIVE MODE")
        for nome, tabela in TABELAS.items():
            sequencia = f"pg_get_serial_sequence('{tabela}', 'id')"
            cursor.execute(
                f"SELECT greatest(nextval({sequencia}), coalesce(max(id), 0) + 1) FROM {tabela}"  # noqa: S608
            )
            bases[nome] = cursor.fetchone()[0]
            cursor.execute(f"SELECT setval({sequencia}, %s)", [bases[nome] + quantas * IDS[nome]])
    return bases


@contextmanager
def _em_bloco(ouvinte: Ouvinte):
    with connection.cursor() as cursor:
        # O que os cadastros deixaram adiado impediria mexer nas chaves que apontam para eles.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        comandos = indices.retirar(list(TABELAS.values()))
        for tabela in TABELAS.values():
            cursor.execute(f"ALTER TABLE {tabela} DISABLE TRIGGER USER")
        yield
        indices.repor(
            comandos, lambda feitos, total: ouvinte.fase("Refazendo índices e chaves", feitos, total)
        )
        for tabela in TABELAS.values():
            cursor.execute(f"ALTER TABLE {tabela} ENABLE TRIGGER USER")


def _copiar(lote: dict[str, list[str]]) -> None:
    with connection.cursor() as cursor:
        for nome, tabela in TABELAS.items():
            colunas = ", ".join(campo.column for campo in MODELOS[nome]._meta.concrete_fields)
            with cursor.copy(f"COPY {tabela} ({colunas}) FROM STDIN") as copia:
                copia.write("".join(lote[nome]))
        # O que ficou adiado se confere por lote, para que a fila de gatilhos não cresça.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _conferir(bases: dict[str, int]) -> None:
    """O que os gatilhos conferem, de uma vez. Levanta `AssertionError`, e nada se confirma."""
    with connection.cursor() as cursor:
        for frase, consulta in CONFERENCIAS.items():
            cursor.execute(consulta.format(**TABELAS), bases)
            [quantas] = cursor.fetchone()
            if quantas:
                raise AssertionError(f"{quantas} vezes: {frase}.")
