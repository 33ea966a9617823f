"""Consultas do ORM montadas e escritas uma vez por processo, e planejadas uma vez por conexão.

Numa página quente o ORM gasta mais CPU a montar um comando grande que o banco a executá-lo, e o banco mais
tempo a planejá-lo que a lê-lo. Aqui a consulta continua a ser um QuerySet, com as suas regras num lugar só,
mas feita com marcas no lugar dos valores: escreve-se uma vez, prepara-se (`perfis.preparados`) e dali em
diante só se executa. O resultado é o do QuerySet, linha por linha; um teste os compara.
"""

from collections.abc import Callable
from copy import copy
from datetime import date
from functools import lru_cache
from types import SimpleNamespace

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BigIntegerField, Expression, QuerySet

from perfis import preparados

# As marcas de uma consulta, por tipo do PostgreSQL.
ID = "bigint"
TEXTO = "text"
INSTANTE = "timestamptz"

ATENDER_EMPRESA = "contratos.atender_empresa"
# Quantas se guardam escritas, de todas as consultas e escopos; as menos pedidas escrevem-se outra vez.
ESCRITAS = 512
MENOR_ID, MAIOR_ID = connection.ops.integer_field_range(BigIntegerField().get_internal_type())
NINGUEM = 0


class Marca(Expression):
    """O lugar de um valor: `$1`, `$2`…"""

    def __init__(self, numero: int):
        super().__init__()
        self.numero = numero

    def as_sql(self, compiler, connection):
        """A marca, que o PREPARE entende."""
        return f"${self.numero}", []


class Quem(Marca):
    """Quem pede, e o que uma consulta guardada pode saber dele: o id, que é a primeira marca, e o escopo.

    Entrega-se no lugar do usuário a `visiveis_para`, a um filtro ou a `.pk`. O que não está aqui não se
    pergunta: a consulta escrita para um nunca serve a outro de escopo diferente.
    """

    def __init__(self, empresas: frozenset[int]):
        super().__init__(1)
        self._empresas = empresas

    @property
    def pk(self) -> "Quem":
        """O lugar do id."""
        return self

    def objetos_permitidos(self, permissao: str) -> frozenset[int]:
        """As empresas. Levanta `LookupError` para qualquer outra permissão."""
        if permissao != ATENDER_EMPRESA:
            raise LookupError(f"uma consulta guardada não pergunta por {permissao}")
        return self._empresas


class Consulta:
    """`montar(quem, *marcas)` devolve o QuerySet; `parametros` são os tipos SQL das marcas, na ordem.

    Tudo o que muda de um pedido a outro é marca ou está em `quem`. Para uma linha só, `montar` corta a
    consulta. `prefetch_related` não se aceita, porque seria outro comando, nem uma data escrita, que
    envelheceria: levantam `TypeError`.
    """

    def __init__(self, montar: Callable[..., QuerySet], *parametros: str):
        self.montar, self.parametros = montar, (ID, *parametros)

    def __call__(self, usuario, *valores) -> list:
        """O que o QuerySet daria para estes valores, no escopo de `usuario`. Um comando SQL, ou nenhum.

        Sem usuário, para o que não tem escopo: as massivas, as conexões de uma etiqueta. Um id que não cabe
        no banco não é de ninguém.
        """
        empresas = usuario.objetos_permitidos(ATENDER_EMPRESA) if usuario else ()
        escrita = _escrever(self, frozenset(empresas))
        todos = list(zip(self.parametros, (usuario.pk if usuario else NINGUEM, *valores), strict=True))
        if escrita is None or not all(_cabe(*parametro) for parametro in todos):
            return []
        return escrita.objetos(preparados.executar(escrita.comando, todos))

    def primeira(self, usuario, *valores):
        """O primeiro, ou `None`."""
        return next(iter(self(usuario, *valores)), None)


def _cabe(tipo: str, valor) -> bool:
    return tipo != ID or valor is None or MENOR_ID <= valor <= MAIOR_ID


@lru_cache(maxsize=ESCRITAS)
def _escrever(consulta: Consulta, empresas: frozenset[int]) -> "_Escrita | None":
    """`None` quando o escopo não tem nada a ver, e o ORM nem perguntaria."""
    marcas = [Marca(numero) for numero in range(2, len(consulta.parametros) + 1)]
    feita = consulta.montar(Quem(empresas), *marcas)
    if feita._prefetch_related_lookups:
        raise TypeError("uma consulta guardada é um comando só, sem prefetch_related")
    try:
        return _Escrita(feita)
    except EmptyResultSet:
        return None


class _Escrita:
    """Um QuerySet já escrito, e como fazer das linhas do banco o que ele daria."""

    def __init__(self, consulta: QuerySet):
        self._consulta = consulta
        self._compilador = consulta.query.get_compiler(consulta.db)
        sql, valores = self._compilador.as_sql()
        if any(isinstance(valor, date) for valor in valores):
            raise TypeError("uma consulta guardada não leva datas escritas: use uma marca")
        self.comando = connection.ops.compose_sql(sql, valores)

    def objetos(self, linhas: list[tuple]) -> list:
        """Instâncias, dicionários ou tuplas, pelo mesmo caminho do Django, que só não vai ao banco."""
        compilador = copy(self._compilador)
        compilador.execute_sql = lambda *args, **kwargs: [linhas]
        query = copy(self._consulta.query)
        query.get_compiler = lambda using: compilador
        lida = SimpleNamespace(
            query=query,
            db=self._consulta.db,
            model=self._consulta.model,
            _fields=self._consulta._fields,
            _fetch_mode=self._consulta._fetch_mode,
            _known_related_objects=self._consulta._known_related_objects,
        )
        return list(self._consulta._iterable_class(lida))
