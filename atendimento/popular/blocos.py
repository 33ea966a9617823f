"""Monta blocos inteiros a partir da mistura, e lotes a partir de blocos."""

from atendimento.popular import mistura, nomes
from atendimento.popular.linhas import COLUNAS, Bloco, Calendario, Pedido
from atendimento.popular.referencias import Referencias

EXTREMO = -1

Lote = dict[str, tuple[int, bytes]]


def gerar_lote(ref: Referencias, indices: list[int]) -> Lote:
    """As linhas dos blocos `indices` (EXTREMO é o dos clientes de medida), por tabela.

    Devolve, por tabela, quantas linhas e o texto do COPY.
    """
    calendario = Calendario(ref.data_base)
    blocos = [
        bloco_dos_extremos(ref, calendario) if indice == EXTREMO else bloco_comum(ref, calendario, indice)
        for indice in indices
    ]
    lote = {}
    for tabela in COLUNAS:
        linhas = [linha for bloco in blocos for linha in bloco.linhas[tabela]]
        lote[tabela] = (len(linhas), "".join(linhas).encode())
    return lote


def bloco_comum(ref: Referencias, calendario: Calendario, indice: int) -> Bloco:
    """O bloco `indice`: até mil clientes na mistura de `mistura.py`."""
    bloco = Bloco(ref, calendario, str(indice), {t: ref.primeiro_id(t, indice) for t in COLUNAS})
    _ligar_a_rede(ref, bloco, indice)
    clientes = ref.clientes_do_bloco(indice)

    def embaralhar(valores):
        return iter(bloco.rng.sample(valores, len(valores)))

    tipos, contratos = embaralhar(mistura.TIPOS_DE_PESSOA), embaralhar(mistura.CONTRATOS_POR_CLIENTE)
    situacoes, eventos = embaralhar(mistura.SITUACOES), embaralhar(mistura.EVENTOS_POR_CONTRATO)
    etiquetas = embaralhar(mistura.ETIQUETAS_POR_CONTRATO)
    pedidos = map(
        Pedido,
        embaralhar(mistura.MEIOS),
        embaralhar(mistura.CONEXOES_POR_ETIQUETA),
        embaralhar(mistura.AVULSOS_POR_ETIQUETA),
    )
    for posto, pessoa in enumerate(nomes.pessoas(bloco.rng, clientes)):
        titular = bloco.criar_cliente(next(tipos), pessoa)
        if posto % 50 == 0:
            bloco.criar_alerta(titular.id)
        for _ in range(next(contratos)):
            situacao, faturas = next(situacoes)
            vinculo = bloco.criar_contrato(titular, situacao, [next(pedidos) for _ in range(next(etiquetas))])
            bloco.criar_faturas(vinculo, faturas)
            bloco.criar_eventos(vinculo, next(eventos))
    bloco.criar_splitters()
    return bloco


def _ligar_a_rede(ref: Referencias, bloco: Bloco, indice: int) -> None:
    da_olt = indice - indice % mistura.BLOCOS_POR_OLT
    do_concentrador = indice - indice % mistura.BLOCOS_POR_CONCENTRADOR
    bloco.usar_rede(
        indice - da_olt,
        concentrador=ref.primeiro_id("concentrador", do_concentrador),
        **{tabela: ref.primeiro_id(tabela, da_olt) for tabela in ("ponto", "olt", "condominio")},
    )
    if indice == do_concentrador:
        bloco.criar_concentrador()
    if indice == da_olt:
        bloco.criar_olt()


def bloco_dos_extremos(ref: Referencias, calendario: Calendario) -> Bloco:
    """Três clientes com 60 contratos e um com 6.600 eventos, para medir o painel em seus limites."""
    bloco = Bloco(ref, calendario, "extremos", dict(ref.bases))
    bloco.usar_rede(0, **ref.bases)
    bloco.criar_concentrador()
    bloco.criar_olt()
    for posto, pessoa in enumerate(nomes.pessoas(bloco.rng, mistura.EXTREMOS)):
        ultimo = posto == mistura.EXTREMOS - 1
        feitio = "6600-eventos" if ultimo else "60-contratos"
        codigo = f"popular-extremo-{feitio}-{bloco.proximo['cliente']}"
        titular = bloco.criar_cliente("PF", pessoa, codigo)
        titular.desde = 2500
        for _ in range(1 if ultimo else mistura.CONTRATOS_DO_EXTREMO):
            vinculo = bloco.criar_contrato(titular, mistura.NORMAL, [Pedido()])
            bloco.criar_faturas(vinculo, 3)
            bloco.criar_eventos(vinculo, mistura.EVENTOS_DO_EXTREMO if ultimo else 3)
    bloco.criar_splitters()
    return bloco
