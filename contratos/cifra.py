"""Segredos cifrados em repouso: o campo que os guarda e o texto que os carrega."""

from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models


class SegredoIlegivel(Exception):
    """Nenhuma das chaves configuradas decifra o que está no banco."""


class Segredo(str):
    """Um segredo em claro que não se deixa imprimir por engano: `repr` não o mostra."""

    __slots__ = ()

    def __repr__(self):
        return "<segredo>"


@cache
def _cifrador(chaves: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(chave) for chave in chaves])


def cifrar(texto: str) -> bytes:
    """`texto` cifrado com a primeira de `CHAVES_DE_CIFRA`."""
    return _cifrador(tuple(settings.CHAVES_DE_CIFRA)).encrypt(texto.encode())


def decifrar(cifrado: bytes) -> Segredo:
    """O texto em claro. Levanta `SegredoIlegivel` quando nenhuma chave serve."""
    try:
        return Segredo(_cifrador(tuple(settings.CHAVES_DE_CIFRA)).decrypt(bytes(cifrado)).decode())
    except InvalidToken as erro:
        raise SegredoIlegivel("Nenhuma chave de CHAVES_DE_CIFRA decifra este segredo.") from erro


def girar(cifrado: bytes) -> bytes:
    """O mesmo segredo cifrado pela primeira chave, sem passar por quem chama."""
    return _cifrador(tuple(settings.CHAVES_DE_CIFRA)).rotate(bytes(cifrado))


class CampoCifrado(models.BinaryField):
    """Guarda bytes cifrados. Não decifra ao ler: quem revela chama `decifrar`, e só ele.

    Assim uma página, um log ou um `values()` nunca tem o segredo em claro por descuido.
    """

    def get_lookup(self, lookup_name):
        """Só `isnull`: comparar um texto cifrado nunca acha nada. Levanta `FieldError`."""
        if lookup_name != "isnull":
            raise FieldError("Um segredo cifrado não pode ser procurado.")
        return super().get_lookup(lookup_name)
