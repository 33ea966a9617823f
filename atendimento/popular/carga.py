"""Leva os lotes ao banco por COPY.

Há dois modos. *Em bloco*, quando o que entra é ao menos tanto quanto o que já existe: uma só
transação tira índices e chaves, carrega e os repõe; as tabelas ficam trancadas até o fim. *Aos
poucos*, no mais: uma transação por lote, com tudo no lugar e o console funcionando.
"""

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from random import Random

from django.apps import apps
from django.db import connection, models, transaction

from atendimento import estatisticas
from atendimento.demonstracao.cadastros import garantir_empresas, garantir_planos
from atendimento.popular import indices
from atendimento.popular.blocos import Lote
from atendimento.popular.gerador import lotes_gerados, repartir
from atendimento.popular.linhas import COLUNAS
from atendimento.popular.referencias import Plano, Referencias
from clientes.models import Alerta, Cliente, Contato, Endereco
from contratos.cifra import cifrar
from contratos.models import (
    Concentrador,
    Condominio,
    Conexao,
    Contrato,
    Etiqueta,
    EventoDeContrato,
    Fatura,
    NotificacaoDeDebito,
    Olt,
    PontoDeAcesso,
    ServicoContratado,
    Splitter,
    TipoDeEvento,
)
from contratos.tipos_de_evento import garantir_tipos_de_evento

# Na ordem das dependências: uma tabela só aponta para as de cima.
MODELOS: dict[str, type[models.Model]] = {
    "concentrador": Concentrador,
    "ponto": PontoDeAcesso,
    "olt": Olt,
    "splitter": Splitter,
    "condominio": Condominio,
    "cliente": Cliente,
    "alerta": Alerta,
    "contato": Contato,
    "endereco": Endereco,
    "contrato": Contrato,
    "etiqueta": Etiqueta,
    "servico": ServicoContratado,
    "conexao": Conexao,
    "evento": EventoDeContrato,
    "fatura": Fatura,
    "notificacao": NotificacaoDeDebito,
}
TABELAS = {nome: modelo._meta.db_table for nome, modelo in MODELOS.items()}

MINIMO_EM_BLOCO = 20_000
SENHAS_NO_COFRE = 1024


@dataclass
class Resultado:
    """O que entrou: linhas por tabela, segundos, e se alguém mandou parar antes do fim."""

    em_bloco: bool
    linhas: dict[str, int] = field(default_factory=lambda: dict.fromkeys(MODELOS, 0))
    interrompido: bool = False
    segundos: float = 0.0


class Ouvinte:
    """Quem acompanha a carga; o comando mostra, os testes ignoram."""

    def lote(self, feitos: int, total: int) -> None:
        """`feitos` de `total` clientes já estão no banco."""

    def fase(self, nome: str, feitos: int = 0, total: int = 0) -> None:
        """Começou ou avançou uma fase que não é de lotes."""


def popular(
    clientes: int, *, semente: int, data_base: date, por_lote: int = 10_000, ouvinte: Ouvinte | None = None
) -> Resultado:
    """Acrescenta `clientes` clientes fictícios com tudo o que é deles.

    Com a mesma semente e data-base, dois bancos vazios recebem as mesmas linhas, salvo o texto
    cifrado das senhas. Um Ctrl-C termina o lote em curso e para; um segundo desfaz o que não foi
    confirmado.
    """
    ouvinte = ouvinte or Ouvinte()
    inicio = time.monotonic()
    ref = _referencias(clientes, semente, data_base)
    em_bloco = clientes >= max(MINIMO_EM_BLOCO, Cliente.objects.count())
    resultado = Resultado(em_bloco)
    with _parada() as pediram_parar:
        carregar = _em_bloco if em_bloco else _aos_poucos
        carregar(ref, por_lote, resultado, ouvinte, pediram_parar)
    ouvinte.fase("Atualizando estatísticas")
    estatisticas.atualizar()
    resultado.segundos = time.monotonic() - inicio
    return resultado


def _referencias(clientes: int, semente: int, data_base: date) -> Referencias:
    garantir_tipos_de_evento()
    sorteio = Random(f"{semente}:senhas")
    letras = "abcdefghjkmnpqrstuvwxyz23456789"
    senhas = ["".join(sorteio.choices(letras, k=10)) for _ in range(SENHAS_NO_COFRE)]
    return Referencias(
        semente=semente,
        data_base=data_base,
        clientes=clientes,
        empresas=tuple(empresa.pk for empresa in garantir_empresas()),
        planos={
            codigo: Plano(p.pk, codigo, p.nome, int(p.valor * 100), p.fidelidade_meses)
            for codigo, p in garantir_planos().items()
        },
        tipos_de_evento=dict(TipoDeEvento.objects.values_list("codigo", "pk")),
        senhas=tuple(rf"\\x{cifrar(senha).hex()}" for senha in senhas),
    )


def _em_bloco(ref: Referencias, por_lote: int, resultado: Resultado, ouvinte: Ouvinte, pediram_parar) -> None:
    with transaction.atomic(durable=True):
        ref, vazias = _reservar_ids(ref)
        comandos = indices.retirar(list(TABELAS.values()))
        for lote in _lotes(ref, por_lote, resultado, ouvinte, pediram_parar):
            _copiar(lote, congelar=vazias)
        indices.repor(
            comandos, lambda feitos, total: ouvinte.fase("Refazendo índices e chaves", feitos, total)
        )


def _aos_poucos(
    ref: Referencias, por_lote: int, resultado: Resultado, ouvinte: Ouvinte, pediram_parar
) -> None:
    with transaction.atomic(durable=True):
        ref, _ = _reservar_ids(ref)
    for lote in _lotes(ref, por_lote, resultado, ouvinte, pediram_parar):
        with transaction.atomic(durable=True):
            _copiar(lote)


def _lotes(ref, por_lote: int, resultado: Resultado, ouvinte: Ouvinte, pediram_parar) -> Iterator[Lote]:
    """Entrega cada lote a quem o grava e, quando este volta pedindo outro, conta o que entrou."""
    with closing(lotes_gerados(ref, repartir(ref, por_lote))) as gerados:
        for lote in gerados:
            yield lote
            for tabela, (quantas, _) in lote.items():
                resultado.linhas[tabela] += quantas
            ouvinte.lote(resultado.linhas["cliente"], ref.clientes)
            if pediram_parar.is_set():
                resultado.interrompido = resultado.linhas["cliente"] < ref.clientes
                return


def _copiar(lote: Lote, congelar: bool = False) -> None:
    opcoes = "(FREEZE)" if congelar else ""
    with connection.cursor() as cursor:
        for nome, tabela in TABELAS.items():
            quantas, texto = lote[nome]
            if not quantas:
                continue
            colunas = ", ".join(COLUNAS[nome].split())
            with cursor.copy(f"COPY {tabela} ({colunas}) FROM STDIN {opcoes}") as copia:
                copia.write(texto)
        # Confere agora o que estava adiado: a fila de gatilhos não cresce de lote em lote.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _reservar_ids(ref: Referencias) -> tuple[Referencias, bool]:
    """Reserva os ids de toda a execução. Diz também se as tabelas estavam vazias.

    Vazias, elas recomeçam do id 1 e são truncadas, o que permite ao COPY congelar as linhas.
    A tranca impede que outra sessão tire um id entre a leitura e o avanço da sequência.
    """
    bases = {}
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {', '.join(TABELAS.values())} IN EXCLUSIVE MODE")
        dependentes = _dependentes(cursor)
        vazias = all(_vazia(cursor, tabela) for tabela in dependentes)
        if vazias:
            cursor.execute(f"TRUNCATE {', '.join(dependentes)}")
        for nome, tabela in TABELAS.items():
            sequencia = f"pg_get_serial_sequence('{tabela}', 'id')"
            cursor.execute(f"SELECT coalesce(max(id), 0) FROM {tabela}")  # noqa: S608
            [maior] = cursor.fetchone()
            if not vazias:
                cursor.execute(f"SELECT nextval({sequencia})")
                [proximo] = cursor.fetchone()
                maior = max(maior, proximo)
            bases[nome] = maior + 1
            reservados = ref.ids_reservados(nome)
            if reservados:
                cursor.execute(f"SELECT setval({sequencia}, %s)", [maior + reservados])
    return replace(ref, bases=bases), vazias


def _vazia(cursor, tabela: str) -> bool:
    cursor.execute(f"SELECT NOT EXISTS (SELECT 1 FROM {tabela})")  # noqa: S608
    return cursor.fetchone()[0]


def _dependentes(cursor) -> list[str]:
    """As tabelas da carga, as que as referenciam, direta ou indiretamente, e as de seu histórico."""
    historicos = [
        modelo._meta.db_table
        for modelo in apps.get_models()
        if getattr(modelo, "pgh_tracked_model", None) in MODELOS.values()
    ]
    cursor.execute(
        """
        WITH RECURSIVE alcancadas(tabela) AS (
          SELECT unnest(%s::regclass[])::oid
          UNION SELECT conrelid FROM pg_constraint JOIN alcancadas ON confrelid = tabela WHERE contype = 'f'
        )
        SELECT tabela::regclass::text FROM alcancadas
        """,
        [[*TABELAS.values(), *historicos]],
    )
    return [tabela for (tabela,) in cursor.fetchall()]


@contextmanager
def _parada() -> Iterator[threading.Event]:
    """Um evento que o primeiro Ctrl-C (ou SIGTERM) liga; o segundo interrompe na hora."""
    pedida = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield pedida
        return

    def parar(*_):
        if pedida.is_set():
            raise KeyboardInterrupt
        pedida.set()

    anteriores = {sinal: signal.signal(sinal, parar) for sinal in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield pedida
    finally:
        for sinal, anterior in anteriores.items():
            signal.signal(sinal, anterior)
