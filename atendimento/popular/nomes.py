"""Nomes inventados: prenomes com sobrenomes de flora e virtude, empresas, ruas e bairros.

Poucos nomes são muito comuns e a cauda é longa, como num cadastro de verdade: a busca por nome só
se mede com nomes assim. A cauda vem de sílabas de topônimos; nenhuma combinação é de uma pessoa.
"""

import unicodedata
from itertools import accumulate, product
from random import Random


def _palavras(texto: str) -> list[str]:
    return texto.split()


PRENOMES = _palavras("""
Maria José Ana João Antônio Francisca Carlos Paulo Jacira Otávio Helena Pedro Lucas Luiz Marcos Rosa
Iracema Ubirajara Benedita Raimundo Cecília Davi Estela Fábio Glória Heitor Inácia Jurema Kátia Lauro
Moema Norberto Olívia Péricles Quitéria Rui Sabrina Tarcísio Úrsula Vicente Wanda Xavier Yara Zilda
Aurora Bento Clarice Dalva Eurico Flora Germano Honório Irene Jandira Leôncio Mirtes Nair Osvaldo Palmira
Querubim Rosalva Severino Tomé Umbelina Valério Wilson Zeferino Açucena Bráulio Celeste Dirceu Eulália
Felício Generosa Hermínia Isaura Jonas Leocádia Modesto Noêmia Onofre Piedade Rômulo Serena Teodoro
Urbano Violeta Amparo Bonifácio Constança Divino Esperança Fausto Graça Hilário Januária Leopoldo Mercedes
Nestor Olinda Prudêncio Regina Simplício Tânia Ulisses Verônica Amélia Baltazar Carmela Domingos Elvira
Fortunato Gertrudes Humberto Ivone Jacinto Lídia Magnólia Narciso Ofélia Plácido Rosária Salústio
""")

# A cauda longa: prenomes e sobrenomes de dois ou três pedaços.
INICIOS = _palavras("Ade Cle Edi Gil Jo Lu Mar Ro Val Wal Ari Dani Eli Fran Gera Ivo Jane Leo Neu Suze")
MEIOS = ["", *_palavras("li ra no vi da si be")]
FINS = _palavras("lson nete valdo ilene cir naldo mira nice ton rley diane sberto zinha mauro lúcia néia")

SOBRENOMES = _palavras("""
Ipê Alecrim Manacá Jatobá Aroeira Araucária Jacarandá Umbuzeiro Pitanga Cambará Guabiroba Bromélia Sabiá
Macieira Angico Cabreúva Cedro Imbuia Peroba Quaresmeira Paineira Sapucaia Mulungu Juazeiro Açaí Buriti
Babaçu Carnaúba Copaíba Cumaru Embaúba Guapuruvu Ingá Jequitibá Jurema Louro Maracujá Mangaba Murici
Orquídea Palmito Pequi Sucupira Tamboril Taquara Urucum Vinhático Caju Cajá Cravina Camomila Melissa
Hortelã Manjericão Tomilho Lavanda Gardênia Begônia Camélia Dália Hortênsia Jasmim Petúnia Primavera
Samambaia Avenca Musgo Trevo Girassol Boldo Erva-Doce Capim-Limão Bambu Acácia Amoreira Goiabeira
Esperança Bonança Concórdia Ventura Alegria Clemência Harmonia Temperança Constância Prudência Brandura
Serenidade Bondade Lealdade Fartura Aurora Bem-Querer Boa-Vontade Alvorada
""")
RAIZES = _palavras(
    "Ara Itá Jaca Pira Uba Capi Gua Ibi Mani Ori Para Sapo Tau Uru Caa Emba Ita Jere Mara Pinda Suru Tapi Ybi"
)
LIGACOES = ["", *_palavras("ca ju ma pi ri ta ba ru mo ne co xi")]
TERMINACOES = _palavras(
    "tuba pema rema guaçu mirim nduva poranga rana tinga juba oca pucu quara reté una çaba pora ibe ampé"
)

PARTICULAS = ["", "", "", "", "", "de ", "da ", "do ", "dos ", "das "]

RAMOS = _palavras("""
Padaria Mercado Oficina Farmácia Clínica Escola Pousada Transportes Agropecuária Metalúrgica Confeitaria
Papelaria Floricultura Marcenaria Construtora Livraria Restaurante Lavanderia Ótica Serralheria Gráfica
Hotel Cooperativa Academia Sorveteria Contabilidade Auto-Escola Imobiliária Vidraçaria Estofaria
""")
VIRTUDES = [
    "Sol", "Luz", "Boa Esperança", "Bom Jardim", "Nova Aurora", "Recanto", "Flor", "Vale", "Sombra", "Raiz",
    "Estrela", "Fonte", "Mirante", "Concórdia", "Harmonia", "Serra", "Riacho", "Clareira",
]  # fmt: skip
SOCIEDADES = ["ME", "Ltda", "EPP", "Ltda ME", "S/A"]

RUAS = [
    f"{via} {flor} {cor}"
    for via, flor, cor in product(
        ["Rua das", "Avenida das", "Travessa das", "Alameda das"],
        [
            "Araucárias", "Bromélias", "Quaresmeiras", "Paineiras", "Pitangueiras", "Orquídeas", "Camélias",
            "Hortênsias", "Acácias", "Amoreiras", "Samambaias", "Primaveras", "Jabuticabeiras", "Macieiras",
        ],
        ["Azuis", "Brancas", "Douradas", "Lilases", "Serenas", "Antigas"],
    )
]  # fmt: skip
BAIRROS = [
    "Horizonte", "Jardim das Águas", "Vila Serena", "Alto do Ipê", "Parque dos Sabiás", "Centro",
    "Ribeirinha", "Morro Manso", "Campo Lindo", "Bela Aurora", "Cantagalo", "Nova Concórdia", "Pedra Clara",
    "Várzea Alegre", "Santa Brisa", "Colina Verde", "Estação Velha", "Portal da Serra", "Bosque Encantado",
    "Linha Rural",
]  # fmt: skip
CIDADES = ["Vale do Ipê", "Santa Aurora", "Porto Jacarandá"]
UF = "RS"


def em_ascii(texto: str) -> str:
    """Minúsculas, sem acentos, sem hífen nem espaço: serve a login e e-mail."""
    decomposto = unicodedata.normalize("NFKD", texto.lower())
    return "".join(letra for letra in decomposto if letra.isalnum() and letra.isascii())


def em_palavras_ascii(nome: str) -> list[str]:
    """As palavras de um nome, cada uma como `em_ascii` a deixa, sem as vazias."""
    return [palavra for palavra in map(em_ascii, nome.split()) if palavra]


class Sorteio:
    """Palavras sorteadas com peso decrescente (Zipf), em lotes, que é o modo rápido."""

    def __init__(self, palavras: list[str], expoente: float):
        self.palavras = [(palavra, em_ascii(palavra)) for palavra in palavras]
        self._pesos = list(accumulate(1 / (posto + 2) ** expoente for posto in range(len(palavras))))

    def sortear(self, rng: Random, quantas: int) -> list[tuple[str, str]]:
        """`quantas` pares (palavra, forma ASCII)."""
        return rng.choices(self.palavras, cum_weights=self._pesos, k=quantas)


CAUDA_DE_PRENOMES = [a + b + c for b, a, c in product(MEIOS, INICIOS, FINS)]
CAUDA_DE_SOBRENOMES = [a + b + c for b, a, c in product(LIGACOES, RAIZES, TERMINACOES)]
# O primeiro da lista fica com uns 7 % dos prenomes e 5 % dos sobrenomes; o último, com um em cem mil.
TODOS_OS_PRENOMES = Sorteio(PRENOMES + CAUDA_DE_PRENOMES, expoente=1.0)
TODOS_OS_SOBRENOMES = Sorteio(SOBRENOMES + CAUDA_DE_SOBRENOMES, expoente=0.95)
# Sem a cauda e quase por igual: numa lista curta, nomes que se leem com gosto.
POUCOS_PRENOMES = Sorteio(PRENOMES, expoente=0.3)
POUCOS_SOBRENOMES = Sorteio(SOBRENOMES, expoente=0.3)


def pessoas(
    rng: Random,
    quantas: int,
    prenomes: Sorteio = TODOS_OS_PRENOMES,
    sobrenomes: Sorteio = TODOS_OS_SOBRENOMES,
) -> list[tuple[str, str]]:
    """`quantas` pares (nome completo, `prenome.sobrenome`), dois terços com nome do meio."""
    primeiros, segundos = prenomes.sortear(rng, quantas), prenomes.sortear(rng, quantas)
    meios, ultimos = sobrenomes.sortear(rng, quantas), sobrenomes.sortear(rng, quantas)
    particulas = rng.choices(PARTICULAS, k=quantas)
    feitios = rng.choices(range(6), k=quantas)
    nomes = []
    for (p, p_ascii), (s, _), (m, _), (u, u_ascii), de, feitio in zip(
        primeiros, segundos, meios, ultimos, particulas, feitios, strict=True
    ):
        prenome = f"{p} {s}" if feitio in (0, 3) and s != p else p
        meio = f"{m} " if feitio >= 2 and m != u else ""
        nomes.append((f"{prenome} {meio}{de}{u}", f"{p_ascii}.{u_ascii}"))
    return nomes


def empresas(
    rng: Random, quantas: int, sobrenomes: Sorteio = TODOS_OS_SOBRENOMES
) -> list[tuple[str, str, str]]:
    """`quantas` trios (razão social, nome fantasia, forma ASCII do fantasia)."""
    flora = sobrenomes.sortear(rng, quantas)
    feitas = []
    for palavra, palavra_ascii in flora:
        ramo = rng.choice(RAMOS)
        fantasia = f"{ramo} {rng.choice(VIRTUDES)} de {palavra}"
        feitas.append((f"{fantasia} {rng.choice(SOCIEDADES)}", fantasia, f"{em_ascii(ramo)}.{palavra_ascii}"))
    return feitas
