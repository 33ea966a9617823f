"""Leitura das variáveis de ambiente: um valor ruim derruba a partida com uma frase clara."""

import json
import os
import secrets
from pathlib import Path

from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

VERDADEIROS = {"1", "true", "sim", "on"}
FALSOS = {"0", "false", "nao", "não", "off", ""}


def booleano(nome: str, padrao: bool) -> bool:
    """O valor de `nome` como sim ou não. Levanta `ImproperlyConfigured` para outra palavra."""
    valor = os.environ.get(nome)
    if valor is None:
        return padrao
    if valor.strip().lower() in VERDADEIROS:
        return True
    if valor.strip().lower() in FALSOS:
        return False
    raise ImproperlyConfigured(f"{nome}={valor!r}: use 1 ou 0.")


def inteiro(nome: str, padrao: int, minimo: int = 0) -> int:
    """O valor de `nome` como inteiro não menor que `minimo`. Levanta `ImproperlyConfigured`."""
    valor = os.environ.get(nome)
    if valor is None:
        return padrao
    if not valor.strip().isdecimal() or int(valor) < minimo:
        raise ImproperlyConfigured(f"{nome}={valor!r}: use um inteiro a partir de {minimo}.")
    return int(valor)


def opcao(nome: str, padrao: str, opcoes: tuple[str, ...]) -> str:
    """O valor de `nome` entre `opcoes`. Levanta `ImproperlyConfigured` para outro."""
    valor = os.environ.get(nome, padrao)
    if valor not in opcoes:
        raise ImproperlyConfigured(f"{nome}={valor!r}: use {', '.join(opcoes)}.")
    return valor


def lista(nome: str, padrao: str = "") -> list[str]:
    """Os itens de `nome`, separados por vírgula, sem vazios."""
    return [item.strip() for item in os.environ.get(nome, padrao).split(",") if item.strip()]


def segredos_locais(pasta: Path) -> dict[str, str]:
    """Segredos sorteados uma vez por instalação local e guardados em `pasta` (arquivo 0600).

    Só a demonstração, o desenvolvimento e os testes os usam; em produção eles vêm do ambiente.
    """
    arquivo = pasta / "segredos.json"
    if not arquivo.exists():
        pasta.mkdir(parents=True, exist_ok=True)
        sorteados = {
            "CHAVE_SECRETA": secrets.token_urlsafe(64),
            "CHAVES_DE_CIFRA": Fernet.generate_key().decode(),
        }
        provisorio = pasta / f"segredos.{os.getpid()}.{secrets.token_hex(4)}"
        provisorio.touch(mode=0o600)
        provisorio.write_text(json.dumps(sorteados))
        # De duas partidas ao mesmo tempo, a primeira vence e a segunda lê o que ela gravou.
        try:
            os.link(provisorio, arquivo)
        except FileExistsError:
            pass
        finally:
            provisorio.unlink()
    guardados: dict[str, str] = json.loads(arquivo.read_text())
    return guardados


def segredo(nome: str, locais: dict[str, str]) -> str:
    """O segredo `nome` do ambiente ou, em instalação local, o sorteado.

    Levanta `ImproperlyConfigured` em produção sem a variável: não existe segredo padrão.
    """
    valor = os.environ.get(nome) or locais.get(nome)
    if not valor:
        raise ImproperlyConfigured(f"{nome} não foi definida e não há valor padrão.")
    return valor
