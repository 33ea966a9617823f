"""Uma rede simulada mínima, e como se roda o que o trabalhador faria."""

import asyncio
from contextlib import contextmanager
from dataclasses import replace

from atendimento.dominio.rede import leituras
from contratos.cifra import cifrar
from contratos.models import Concentrador, Conexao, Etiqueta
from tests import fabricas

MAC = "00005E005301"
SENHA_DO_BANCO = "senha-do-banco-secreta"
# O que se dá a uma fonte que se porta mal, para que o teste não demore.
PRAZO = 1.0


def criar_conexao(etiqueta: Etiqueta | None = None, *, roteiro: dict | None = None, **campos) -> Conexao:
    """Uma conexão num concentrador e numa OLT simulados; `roteiro` é o defeito dela (no RADIUS e na OLT)."""
    login = campos.setdefault("login", "jacira@ipe")
    serial = campos.setdefault("serial", "HWTC1A2B3C4D")
    defeito = roteiro or {}
    olt = campos.pop("olt", None) or fabricas.criar_olt(integracao="simulada", roteiro={serial: defeito})
    return fabricas.criar_conexao(
        etiqueta,
        **{
            "concentrador": fabricas.criar_concentrador(integracao="simulada", roteiro={login: defeito}),
            "olt": olt,
            "slot_olt": 1,
            "porta_olt": 2,
            "mac": MAC,
        }
        | campos,
    )


def criar_concentrador_radius(porta: int) -> Concentrador:
    """Um concentrador cujo banco do RADIUS está (ou devia estar) em `porta` do loopback."""
    return fabricas.criar_concentrador(
        integracao="freeradius", banco_host="127.0.0.1", banco_porta=porta, banco_nome="radius",
        banco_usuario="radius", banco_senha=cifrar(SENHA_DO_BANCO),
    )  # fmt: skip


def encurtar_prazo(monkeypatch) -> None:
    """O prazo de verdade, menor."""
    acesso_de = leituras.acesso_de

    def com_prazo(concentrador):
        rede = acesso_de(concentrador)
        return replace(rede, banco=replace(rede.banco, prazo=PRAZO))

    monkeypatch.setattr(leituras, "acesso_de", com_prazo)


@contextmanager
def sem_laco():
    """Esconde o laço que o Playwright deixa correndo na linha principal depois do primeiro navegador."""
    laco = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    try:
        yield
    finally:
        asyncio._set_running_loop(laco)


def reler(conexao: Conexao) -> Conexao:
    """A mesma, como está no banco."""
    return Conexao.objects.get(pk=conexao.pk)
