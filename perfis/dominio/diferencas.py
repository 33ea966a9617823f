"""A diferença entre duas matrizes, em frases: é o que se revisa antes e o que fica no histórico."""

from datetime import datetime

from django.utils.timezone import localtime

from perfis.dominio.matriz import (
    OPERACOES,
    Matriz,
    campos_da_concessao,
    modelo_do_objeto,
    permissoes_concediveis,
)
from perfis.regras import EXECUTAR_ACAO

CAMPOS_DO_PERFIL = ("name", "descricao", "ativo", "max_em_atendimento", "max_pausadas")


def comparar(antes: Matriz, depois: Matriz) -> list[str]:
    """Uma frase por tipo de mudança: `Concedido: …`, `Retirado: …` e uma por valor mudado."""
    nomes = _nomes_dos_objetos(antes, depois)
    concedidos = _permissoes(depois.permissoes - antes.permissoes)
    retirados = _permissoes(antes.permissoes - depois.permissoes)
    mudancas = []
    for permissao, marcas in depois.objetos.items():
        eram = antes.objetos.get(permissao, {})
        concedidos += sorted(nomes[permissao, objeto].rotulo for objeto in marcas.keys() - eram.keys())
        retirados += sorted(nomes[permissao, objeto].rotulo for objeto in eram.keys() - marcas.keys())
        for objeto in sorted(marcas.keys() & eram.keys()):
            mudancas += _valores(permissao, nomes[permissao, objeto], eram[objeto], marcas[objeto])
    frases = [f"Concedido: {', '.join(concedidos)}"] if concedidos else []
    if retirados:
        frases.append(f"Retirado: {', '.join(retirados)}")
    return frases + mudancas


def comparar_campos(antes, depois) -> list[str]:
    """Mudanças nos campos próprios do perfil."""
    frases = []
    for nome in CAMPOS_DO_PERFIL:
        era, fica = getattr(antes, nome), getattr(depois, nome)
        if era != fica:
            rotulo = str(depois._meta.get_field(nome).verbose_name).capitalize()
            frases.append(f"{rotulo}: {_ler(era)} → {_ler(fica)}")
    return frases


class _Objeto:
    def __init__(self, objeto):
        self.nome = str(objeto)
        self.rotulo = f"{objeto._meta.verbose_name} {objeto}"
        self.limites = {item["nome"]: item["rotulo"] for item in getattr(objeto, "limites_declarados", [])}


def _nomes_dos_objetos(*matrizes: Matriz) -> dict[tuple[str, int], _Objeto]:
    achados = {}
    for permissao in {p for matriz in matrizes for p in matriz.objetos}:
        ids = {objeto for matriz in matrizes for objeto in matriz.objetos.get(permissao, {})}
        for pk, objeto in modelo_do_objeto(permissao).objects.in_bulk(ids).items():
            achados[permissao, pk] = _Objeto(objeto)
    return achados


def _permissoes(codigos) -> list[str]:
    nomes = permissoes_concediveis()
    # Uma permissão que deixou de ser concedível ainda se lê no que se retira.
    return sorted(nomes.get(codigo) or _codigo_legivel(codigo) for codigo in codigos)


def _codigo_legivel(codigo: str) -> str:
    operacao, _, resto = codigo.split(".")[1].partition("_")
    return f"{OPERACOES.get(operacao, operacao)} {resto}".strip()


def _valores(permissao: str, objeto: _Objeto, era: dict, fica: dict) -> list[str]:
    frases = []
    for campo in campos_da_concessao(permissao):
        if era[campo.name] == fica[campo.name]:
            continue
        if campo.name == "limites" and permissao == EXECUTAR_ACAO:
            frases += _limites(objeto, era["limites"], fica["limites"])
        else:
            frases.append(
                f"{str(campo.verbose_name).capitalize()} de {objeto.nome}: "
                f"{_ler(era[campo.name])} → {_ler(fica[campo.name])}"
            )
    return frases


def _limites(objeto: _Objeto, era: dict, fica: dict) -> list[str]:
    return [
        f"Limite de {objeto.limites.get(nome, nome).lower()} de {objeto.nome}: "
        f"{_ler(era.get(nome))} → {_ler(fica.get(nome))}"
        for nome in sorted(era.keys() | fica.keys())
        if era.get(nome) != fica.get(nome)
    ]


def _ler(valor) -> str:
    if isinstance(valor, bool):
        return "sim" if valor else "não"
    if valor is None or valor == "":
        return "nada"
    if isinstance(valor, datetime):
        return f"{localtime(valor):%d/%m/%Y %H:%M}"
    if isinstance(valor, float):
        return f"{valor:.2f}".replace(".", ",")
    return str(valor)
