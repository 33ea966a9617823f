"""A busca feita à força: todas as linhas, em Python, sem índice, coluna gerada nem SQL da busca.

Serve para comparar: `conferir` diz se o que `busca.procurar` devolveu é o que se acha olhando cliente por
cliente, na ordem prometida: chave inteira, começo, palavras do nome, palavras do endereço.
"""

import re
import unicodedata
from collections import defaultdict
from contextlib import suppress
from functools import lru_cache
from ipaddress import ip_address

from atendimento import busca, busca_palavras
from atendimento.models import Solicitacao
from clientes.models import Cliente, Contato, Endereco
from contratos.identificadores import normalizar_serial
from contratos.models import Conexao, Contrato, Equipamento, Etiqueta

CHAVE, COMECO, NOME, ENDERECO = range(4)
PARTICULAS = ("de", "da", "do", "das", "dos", "e", "me", "epp", "ltda", "s/a", "eireli")


@lru_cache(maxsize=20_000)
def sem_acento(texto: str) -> str:
    letras = unicodedata.normalize("NFD", texto)
    return " ".join("".join(c for c in letras if not unicodedata.combining(c)).lower().split())


def _inteiras(palavras: list[str], nome: str) -> bool:
    return set(palavras) <= set(nome.split())


def _comecada(palavras: list[str], nome: str) -> bool:
    """A última ainda se digita."""
    *outras, ultima = palavras
    return _inteiras(outras, nome) and f" {ultima}" in f" {nome}"


def _contidas(palavras: list[str], nome: str) -> bool:
    return all(palavra in nome for palavra in palavras)


class Retrato:
    """Todas as linhas que a busca poderia achar, lidas de uma vez."""

    def __init__(self):
        self.clientes = {
            pk: (sem_acento(nome), sem_acento(f"{nome} {social} {fantasia}"), documento)
            for pk, nome, social, fantasia, documento in Cliente.objects.order_by().values_list(
                "id", "nome", "nome_social", "nome_fantasia", "documento"
            )
        }
        self.contatos = list(Contato.objects.order_by().values_list("cliente", "tipo", "valor"))
        self.enderecos = [
            (cliente, sem_acento(" ".join(partes)))
            for cliente, *partes in Endereco.objects.order_by().values_list(
                "cliente", "logradouro", "numero", "bairro", "cidade"
            )
        ]
        self.contratos = {
            pk: resto
            for pk, *resto in Contrato.objects.order_by().values_list("id", "cliente", "empresa", "numero")
        }
        self.etiquetas = {
            pk: (*self.contratos[contrato][:2], codigo)
            for pk, contrato, codigo in Etiqueta.objects.order_by().values_list("id", "contrato", "codigo")
        }
        self.conexoes = list(
            Conexao.objects.order_by().values_list("etiqueta", "login", "mac", "serial", "ip", "ativa")
        )
        self.equipamentos = list(Equipamento.objects.order_by().values_list("etiqueta", "serial"))
        self.solicitacoes = list(
            Solicitacao.objects.order_by().values_list("cliente", "empresa", "etiqueta", "protocolo")
        )
        self.empresas_de = defaultdict(set)
        for cliente, empresa, _ in self.contratos.values():
            self.empresas_de[cliente].add(empresa)

    def ve(self, cliente: int, empresas: set[int]) -> bool:
        return not self.empresas_de[cliente] or bool(self.empresas_de[cliente] & empresas)

    def candidatos(self, texto: str, empresas: set[int]) -> set[tuple]:
        """(cliente, ordem, chave, etiqueta) de tudo o que casa com o texto, sem limite."""
        achados = {*self._dos_clientes(texto, empresas), *self._palavras(texto, empresas)}
        for cliente, empresa, *resto in self._dos_contratos(texto):
            if empresa in empresas:
                achados.add((cliente, *resto))
        return achados

    def _dos_clientes(self, texto, empresas):
        documento = re.sub(r"[\s.\-/]", "", texto).upper()
        comeco = sem_acento(texto)
        algarismos = re.sub(r"\D", "", texto)
        algarismos = algarismos if len(algarismos) <= 9 else algarismos.lstrip("0")
        telefone = algarismos if re.fullmatch(r"[\d\s()+.\-/]+", texto) else ""
        for pk, (_, busca_do_nome, do_cliente) in self.clientes.items():
            if self.ve(pk, empresas):
                if do_cliente == documento:
                    yield pk, CHAVE, "documento", None
                if busca_do_nome.startswith(comeco):
                    yield pk, COMECO, "nome", None
        for cliente, tipo, valor in self.contatos:
            if self.ve(cliente, empresas):
                if tipo == "email" and valor == texto.lower():
                    yield cliente, CHAVE, "e-mail", None
                if tipo == "telefone" and len(telefone) >= 4 and valor.endswith(telefone):
                    yield cliente, CHAVE, "telefone", None

    def _dos_contratos(self, texto):
        """(cliente, empresa, ordem, chave, etiqueta): só quem atende a empresa acha por aqui."""
        serial = normalizar_serial(texto) if len(texto) <= 32 else ""
        protocolo = re.sub(r"[\s.\-/]", "", texto)
        for cliente, empresa, numero in self.contratos.values():
            if numero == texto.upper():
                yield cliente, empresa, CHAVE, "contrato", None
        for pk, (cliente, empresa, codigo) in self.etiquetas.items():
            if codigo == texto.upper():
                yield cliente, empresa, CHAVE, "etiqueta", pk
        for etiqueta, ordem, chave in self._das_conexoes(texto, serial):
            yield *self.etiquetas[etiqueta][:2], ordem, chave, etiqueta
        for etiqueta, do_equipamento in self.equipamentos:
            if do_equipamento and do_equipamento == serial:
                yield *self.etiquetas[etiqueta][:2], CHAVE, "serial", etiqueta
        for cliente, empresa, etiqueta, da_solicitacao in self.solicitacoes:
            if da_solicitacao == protocolo:
                yield cliente, empresa, CHAVE, "protocolo", etiqueta

    def _das_conexoes(self, texto, serial):
        minusculo, mac, ip = texto.lower(), re.sub(r"[:\-.\s]", "", texto).upper(), None
        with suppress(ValueError):
            ip = str(ip_address(texto))
        for etiqueta, login, do_mac, do_serial, do_ip, ativa in self.conexoes:
            casam = (
                (login == minusculo, CHAVE, "login"),
                (len(texto) >= 3 and login.startswith(minusculo), COMECO, "login"),
                (do_mac and do_mac == mac, CHAVE, "MAC"),
                (do_serial and do_serial == serial, CHAVE, "serial"),
                (ip and do_ip == ip and ativa, CHAVE, "IP"),
            )
            yield from ((etiqueta, ordem, chave) for casa, ordem, chave in casam if casa)

    def que_contam(self, texto: str) -> list[str]:
        """As palavras, sem as partículas dos nomes."""
        return [
            sem_acento(palavra)
            for palavra in texto.replace(",", " ").split()
            if palavra.lower()
            not in ["de", "da", "do", "das", "dos", "e", "me", "epp", "ltda", "s/a", "eireli"]
        ]

    def _palavras(self, texto, empresas):
        palavras = self.que_contam(texto)
        if not any(len(palavra) >= 3 for palavra in palavras):
            return
        for casa in (_inteiras, _comecada, _contidas):
            nomes = [
                pk
                for pk, (_, nome, _) in self.clientes.items()
                if casa(palavras, nome) and self.ve(pk, empresas)
            ]
            yield from ((pk, NOME, "nome", None) for pk in nomes)
            if nomes:
                break
        for cliente, endereco in self.enderecos:
            if all(palavra in endereco for palavra in palavras) and self.ve(cliente, empresas):
                yield cliente, ENDERECO, "endereço", None

    def na_ordem_das_palavras(self, clientes, texto: str) -> list[int]:
        """Primeiro aqueles em que toda palavra digitada começa uma palavra; depois, por nome."""
        palavras = [f" {palavra}" for palavra in self.que_contam(texto)]

        def posicao(pk):
            ordem, nome, _ = self.clientes[pk]
            return (not all(palavra in f" {nome}" for palavra in palavras), ordem, pk)

        return sorted(clientes, key=posicao)


def conferir(
    retrato: Retrato, texto: str, achados: list[busca.Achado], empresas: set[int], ate: int = busca.LINHAS
) -> None:
    """Levanta `AssertionError` se a busca esqueceu alguém, trouxe quem não devia ou trocou a ordem."""
    candidatos = retrato.candidatos(" ".join(texto.split()), empresas)
    vieram = [achado.cliente_id for achado in achados]
    assert len(vieram) == len(set(vieram)), (texto, achados)
    for achado in achados:
        assert (achado.cliente_id, achado.ordem, achado.chave, achado.etiqueta_id) in candidatos, (
            texto,
            achado,
        )
    melhor: dict[int, int] = {}
    for cliente, ordem, *_ in sorted(candidatos, key=lambda c: c[1]):
        melhor.setdefault(cliente, ordem)
    # Com uma chave inteira não se procura o resto; nem quando os começos já enchem a lista.
    teto = COMECO if CHAVE in melhor.values() else ENDERECO
    esperados = [ordem for ordem in sorted(melhor.values()) if ordem <= teto][:ate]
    assert [achado.ordem for achado in achados] == esperados, (texto, achados, melhor)
    assert all(melhor[achado.cliente_id] == achado.ordem for achado in achados), (texto, achados)
    _conferir_nomes(retrato, texto, achados, melhor)


def _conferir_nomes(retrato, texto, achados, melhor) -> None:
    """Dentro do começo do nome e das palavras dele a ordem também é prometida."""
    pelo_comeco = [
        retrato.clientes[a.cliente_id][1] for a in achados if (a.ordem, a.chave) == (COMECO, "nome")
    ]
    assert pelo_comeco == sorted(pelo_comeco), (texto, pelo_comeco)
    palavras = [pk for pk, ordem in melhor.items() if ordem == NOME]
    vieram = [achado.cliente_id for achado in achados if achado.ordem == NOME]
    if len(palavras) <= busca_palavras.CERCA:
        assert vieram == retrato.na_ordem_das_palavras(palavras, texto)[: len(vieram)], texto
