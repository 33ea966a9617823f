"""As proporções dos dados de volume (`dominio.md` §7), fixas por bloco de mil clientes.

Cada bloco tem exatamente estas quantidades, embaralhadas por sua própria semente. Assim um bloco
se gera sozinho, em qualquer processo e ordem, e os ids de suas linhas saem de uma conta.
"""

from itertools import chain, repeat

# Clientes por bloco e, por tabela, quantos ids um bloco reserva (nem todos se usam).
CLIENTES = 1000
PASSO = {
    "cliente": CLIENTES,
    "alerta": 20,
    "contato": 2 * CLIENTES,
    "endereco": CLIENTES,
    "contrato": 1150,
    "etiqueta": 1216,
    "servico": 2000,
    "conexao": 1200,
    "evento": 10_000,
    "fatura": 3000,
    "notificacao": 160,
    "concentrador": 1,
    "ponto": 1,
    "olt": 1,
    "splitter": 100,
    "condominio": 5,
}
# Uma OLT de 7 placas de 16 portas leva oito splitters 1:16 por porta: sobra para dez blocos.
BLOCOS_POR_OLT = 10
BLOCOS_POR_CONCENTRADOR = 50
RAZAO_DO_SPLITTER = 16
PORTAS_USADAS = 12

# Situações do contrato (o número é o de SituacaoDoContrato).
NORMAL, DEMONSTRACAO, CORTESIA, CANCELADO, SUSPENSO, FINANCEIRO, ADMINISTRATIVO, ENCERRADO = (
    1,
    2,
    3,
    4,
    5,
    6,
    7,
    9,
)
FIBRA, FIBRA_SEM_SPLITTER, RADIO = "fibra", "fibra sem splitter", "rádio"

# Clientes de medida, num bloco à parte quando se pedem ao menos mil: três com 60 contratos e um com
# 6.600 eventos num contrato só. O código externo deles começa por `popular-extremo-`.
MINIMO_PARA_EXTREMOS = CLIENTES
CONTRATOS_DO_EXTREMO = 60
EVENTOS_DO_EXTREMO = 6600
EXTREMOS = 4


def repetir(*pares: tuple[int, object]) -> list:
    """Uma lista com cada valor tantas vezes quantas diz o par (vezes, valor)."""
    return list(chain.from_iterable(repeat(valor, vezes) for vezes, valor in pares))


TIPOS_DE_PESSOA = repetir((890, "PF"), (60, "PJ numérico"), (40, "PJ alfanumérico"), (10, "EX"))
# 12 % dos clientes têm dois ou mais contratos, 1 % nenhum.
CONTRATOS_POR_CLIENTE = repetir((870, 1), (10, 0), (90, 2), (20, 3), (10, 4))
# 5 % dos contratos têm duas ou mais etiquetas.
ETIQUETAS_POR_CONTRATO = repetir((1092, 1), (50, 2), (8, 3))
# 3 % das etiquetas não têm conexão.
CONEXOES_POR_ETIQUETA = repetir((1160, 1), (36, 0), (20, 2))
AVULSOS_POR_ETIQUETA = repetir((474, 0), (700, 1), (42, 2))
MEIOS = repetir((1034, FIBRA), (85, FIBRA_SEM_SPLITTER), (97, RADIO))
# Situação e quantas faturas: as que não se cobram não têm nenhuma.
SITUACOES = repetir(
    (700, (NORMAL, 3)),
    (243, (NORMAL, 2)),
    (46, (FINANCEIRO, 3)),
    (35, (FINANCEIRO, 2)),
    (23, (SUSPENSO, 2)),
    (12, (CORTESIA, 0)),
    (11, (DEMONSTRACAO, 0)),
    (6, (ADMINISTRATIVO, 2)),
    (57, (CANCELADO, 2)),
    (17, (ENCERRADO, 2)),
)
_EVENTOS = [3 + posto * 7 % 12 for posto in range(PASSO["contrato"])]
EVENTOS_POR_CONTRATO = [
    quantos + (posto < PASSO["evento"] - sum(_EVENTOS)) for posto, quantos in enumerate(_EVENTOS)
]


def passo_dos_extremos() -> dict[str, int]:
    """Quantos ids o bloco dos clientes de medida reserva."""
    contratos = (EXTREMOS - 1) * CONTRATOS_DO_EXTREMO + 1
    return dict.fromkeys(PASSO, 0) | {
        "cliente": EXTREMOS,
        "contato": 2 * EXTREMOS,
        "endereco": EXTREMOS,
        "contrato": contratos,
        "etiqueta": contratos,
        "servico": 2 * contratos,
        "conexao": contratos,
        "evento": 3 * contratos + EVENTOS_DO_EXTREMO,
        "fatura": 3 * contratos,
        "splitter": 20,
        "concentrador": 1,
        "ponto": 1,
        "olt": 1,
        "condominio": 5,
    }
