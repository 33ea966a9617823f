"""Comandos preparados: o PostgreSQL os planeja uma vez por conexão, e daí em diante só os executa.

A busca por chave são umas quinze descidas de índice num comando só, e planejá-las custa dez vezes mais que
fazê-las. O preparo é o da linguagem (PREPARE e EXECUTE), e não o do protocolo: assim o comando passa pelo
cursor do Django como outro qualquer, e o tempo limite pode viajar com ele.
"""

from itertools import count
from weakref import WeakKeyDictionary

from django.db import connection

# De cada conexão do psycopg, o nome de cada comando que ela já preparou, do que há mais não se usa ao último.
# De uma em que algo falhou nada se sabe: sai daqui, e a próxima vez começa por dispensar tudo o que tenha.
_feitos: WeakKeyDictionary = WeakKeyDictionary()
# Cada um ocupa uns cem kB do servidor enquanto a conexão dura; além destes, sai o que há mais não se usa.
GUARDADOS = 150
_numeros = count(1)


def executar(comando: str, parametros: list[tuple[str, object]], *, generico: bool = True) -> list[tuple]:
    """As linhas de `comando`, que cita cada parâmetro por `$1`, `$2`…; de cada um, (tipo, valor).

    Uma lista só pode ser de inteiros.

    O plano genérico serve a quaisquer valores e faz-se uma vez: é o modo de toda conexão (`settings`), porque
    pedi-lo a cada comando custava um sexto da busca. Onde a escolha depende dos valores (uma palavra comum ou
    rara), `generico=False` planeja a cada vez. Uma ida ao banco, mesmo na primeira. Levanta o que o cursor
    levantar.
    """
    with connection.cursor() as cursor:
        conexao = connection.connection
        feitos = _feitos.pop(conexao, None)
        antes = "DEALLOCATE ALL; " if feitos is None else ""
        feitos = feitos or {}
        tipos = ", ".join(tipo for tipo, _ in parametros)
        chave = f"({tipos}) AS {comando}"
        nome = feitos.pop(chave, None)
        if nome is None:
            nome = f"preparado_{next(_numeros)}"
            antes += f"{_dispensar(feitos)}PREPARE {nome} {chave}; ".replace("%", "%%")
        valores = ", ".join(["%s"] * len(parametros))
        execucao = f"EXECUTE {nome} ({valores})"
        if not generico:
            execucao = f"SET LOCAL plan_cache_mode = force_custom_plan; {execucao}"
            # Fora de uma transação, o ajuste acaba com o envio.
            if connection.in_atomic_block:
                execucao += "; SET LOCAL plan_cache_mode TO DEFAULT"
        cursor.execute(antes + execucao, [_escrito(valor) for _, valor in parametros])
        feitos[chave] = nome
        _feitos[conexao] = feitos
        return _linhas(cursor)


def _dispensar(feitos: dict[str, str]) -> str:
    """O comando que abre lugar para mais um, se não há: dispensa o primeiro, que é o menos usado."""
    if len(feitos) < GUARDADOS:
        return ""
    return f"DEALLOCATE {feitos.pop(next(iter(feitos)))}; "


def _escrito(valor):
    """Uma lista de inteiros como o PostgreSQL a escreve: o psycopg a montaria número a número."""
    return "{" + ",".join(map(str, valor)) + "}" if isinstance(valor, list) else valor


def _linhas(cursor) -> list[tuple]:
    """As do último resultado que as tem: o tempo limite e o contexto do histórico põem outros em volta."""
    posicao = -1
    cursor.set_result(posicao)
    while cursor.description is None:
        posicao -= 1
        cursor.set_result(posicao)
    return cursor.fetchall()
