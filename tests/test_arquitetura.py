"""Os andares da casa, lidos dos imports e das chamadas: uma seta para cima reprova.

`contratos` pode usar `clientes`; `clientes` e `perfis`, ninguém; `atendimento`, todos. Dentro de um
aplicativo, do mais baixo ao mais alto: enums, models, dominio, forms, admin e views.
"""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

RAIZ = Path(settings.BASE_DIR)
PODE_USAR = {
    "clientes": set(),
    "perfis": set(),
    "contratos": {"clientes"},
    "atendimento": {"clientes", "perfis", "contratos"},
}
ANDARES = {"enums": 0, "situacoes": 0, "models": 1, "dominio": 2, "forms": 3, "admin": 4, "views": 4}
# O que conduz o console está acima dos verbos, que não sabem quem os chama.
ACIMA_DO_DOMINIO = {
    "acoes", "widgets", "views", "forms", "admin", "execucao", "aprovacao", "decisao", "disponiveis",
    "efeito", "filas", "painel", "barra", "redistribuicao", "tarefas",
}  # fmt: skip
# Só leem e pedem: quem grava é o verbo que chamam.
QUEM_NAO_GRAVA = ("acoes", "views", "widgets", "filas")
GRAVAM = {
    "save", "create", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create",
    "acreate", "asave", "adelete", "aupdate",
}  # fmt: skip
# O que a casa tem no primeiro nível; `var/` é o que se gera, e não está no git.
DO_TOPO = {
    ".ci", ".gitignore", ".python-version", "LICENSE", "README.md", "atendimento", "clientes", "contratos",
    "manage.py", "perfis", "pyproject.toml", "requirements.lock", "static", "templates", "tests",
}  # fmt: skip
NOMES_VAGOS = {"utils", "util", "helpers", "helper", "servicos", "services", "common", "misc"}
# Serviço contratado é um substantivo da casa, como fatura.
DO_SERVICO_CONTRATADO = {"contratos.dominio.servicos", "atendimento.widgets.servicos"}


@cache
def arvores() -> dict[str, ast.Module]:
    """Cada módulo nosso, pelo nome com pontos, sem as migrações."""
    return {
        ".".join(arquivo.relative_to(RAIZ).with_suffix("").parts).removesuffix(".__init__"): ast.parse(
            arquivo.read_text()
        )
        for aplicativo in PODE_USAR
        for arquivo in (RAIZ / aplicativo).rglob("*.py")
        if "migrations" not in arquivo.parts
    }


def importados(arvore: ast.Module) -> Iterator[str]:
    """Os nomes inteiros do que o módulo importa, também dentro de uma função."""
    for no in ast.walk(arvore):
        if isinstance(no, ast.Import):
            yield from (nome.name for nome in no.names)
        elif isinstance(no, ast.ImportFrom):
            assert no.level == 0, "os imports da casa são absolutos"
            yield from (f"{no.module}.{nome.name}" for nome in no.names)


def setas() -> Iterator[tuple[str, str]]:
    """Os pares de módulo e importado em que ambos são da casa."""
    for modulo, arvore in arvores().items():
        for alvo in importados(arvore):
            if alvo.partition(".")[0] in PODE_USAR:
                yield modulo, alvo


def parte(modulo: str) -> tuple[str, str]:
    """O aplicativo e o que vem logo abaixo dele."""
    aplicativo, _, resto = modulo.partition(".")
    return aplicativo, resto.partition(".")[0]


def chamadas(arvore: ast.Module) -> Iterator[ast.Call]:
    """As chamadas de método (`a.b()`)."""
    for no in ast.walk(arvore):
        if isinstance(no, ast.Call) and isinstance(no.func, ast.Attribute):
            yield no


def grava(chamada: ast.Call) -> bool:
    """Se a chamada grava pelo ORM; `update` só num QuerySet, que o dicionário também tem um."""
    metodo = chamada.func.attr
    if metodo == "update":
        return bool(chamada.keywords) and not chamada.args
    return metodo in GRAVAM


def test_os_aplicativos_so_importam_para_baixo():
    subindo = [
        f"{modulo} → {alvo}"
        for modulo, alvo in setas()
        for de, para in [(parte(modulo)[0], parte(alvo)[0])]
        if de != para and para not in PODE_USAR[de]
    ]
    assert subindo == []


def test_dentro_de_um_aplicativo_cada_andar_so_importa_dos_de_baixo():
    subindo = []
    for modulo, alvo in setas():
        (de, camada), (para, importada) = parte(modulo), parte(alvo)
        if de == para and ANDARES.get(camada, 9) < ANDARES.get(importada, -1):
            subindo.append(f"{modulo} → {alvo}")
    assert subindo == []


def test_os_verbos_nao_sabem_quem_os_chama():
    subindo = [
        f"{modulo} → {alvo}"
        for modulo, alvo in setas()
        if parte(modulo) in {("atendimento", "dominio"), ("atendimento", "models")}
        and parte(alvo)[0] == "atendimento"
        and parte(alvo)[1] in ACIMA_DO_DOMINIO
    ]
    assert subindo == []


def test_perfis_nao_conhece_o_registro_de_acoes_e_widgets():
    proibidos = {"ACOES", "WIDGETS", "Registro"}
    usados = [
        (modulo, no.id)
        for modulo, arvore in arvores().items()
        if modulo.startswith("perfis")
        for no in ast.walk(arvore)
        if isinstance(no, ast.Name) and no.id in proibidos
    ]
    assert usados == []


def test_a_tabela_de_situacoes_nada_importa_da_casa():
    assert [alvo for modulo, alvo in setas() if modulo == "atendimento.situacoes"] == []


@pytest.mark.parametrize("pasta", QUEM_NAO_GRAVA)
def test_acoes_e_paginas_nao_abrem_transacao_nem_gravam(pasta):
    culpados = []
    for modulo, arvore in arvores().items():
        if parte(modulo) != ("atendimento", pasta):
            continue
        culpados += [f"{modulo} importa {alvo}" for alvo in importados(arvore) if "transaction" in alvo]
        culpados += [f"{modulo}:{no.lineno} {no.func.attr}" for no in chamadas(arvore) if grava(no)]
    assert culpados == [], "grave num verbo de dominio, e deixe a transação com ele ou com o executor"


def test_no_primeiro_nivel_so_ha_o_que_a_casa_tem():
    guardados = subprocess.run(
        ["git", "ls-files"], cwd=RAIZ, capture_output=True, text=True, check=False, timeout=60
    )
    if guardados.returncode:
        pytest.skip("fora do git não há o que listar")
    assert {linha.split("/")[0] for linha in guardados.stdout.splitlines()} <= DO_TOPO


def test_nenhum_modulo_tem_nome_vago():
    vagos = [modulo for modulo in arvores() if NOMES_VAGOS & set(modulo.split("."))]
    assert set(vagos) <= DO_SERVICO_CONTRATADO
