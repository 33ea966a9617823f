"""A senha da conexão: gerada aqui, cifrada aqui, e mostrada a ninguém."""

import secrets

from contratos.cifra import cifrar
from contratos.models import Conexao

# Sem os que se confundem ao ler: 0 e O, 1 e l.
ALFABETO = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
COMPRIMENTO = 12


def gerar_senha(conexao: Conexao) -> None:
    """Põe na conexão uma senha nova, ao acaso; só o envio a decifra."""
    senha = "".join(secrets.choice(ALFABETO) for _ in range(COMPRIMENTO))
    conexao.senha = cifrar(senha)
    conexao.save(update_fields=["senha"])


def trocar_mac(conexao: Conexao, mac: str) -> None:
    """Amarra a conexão a outro MAC ou, vazio, a nenhum; o gatilho leva à rede."""
    conexao.mac = mac
    conexao.save(update_fields=["mac"])
