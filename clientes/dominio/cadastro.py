"""Mudar o cadastro de uma pessoa: contatos, alertas e observação.

Quem chama tranca o cliente. Cada verbo grava só o que muda e diz o que mudou.
"""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from clientes.enums import TipoDeContato
from clientes.models import Alerta, Cliente, Contato


class CadastroRecusado(ValueError):
    """O cadastro não aceita o que se pediu; `campo` é o culpado."""

    def __init__(self, frase: str, campo: str):
        super().__init__(frase)
        self.frase, self.campo = frase, campo


def contato_novo(cliente: Cliente, tipo: str, valor: str, **campos) -> Contato:
    """O contato normalizado, ainda não gravado. Levanta `CadastroRecusado`, também se já é do cliente."""
    contato = Contato(cliente=cliente, tipo=tipo, valor=valor, **campos)
    try:
        contato.clean()
    except ValidationError as erro:
        raise CadastroRecusado(erro.messages[0], tipo) from erro
    if Contato.objects.filter(cliente=cliente, tipo=tipo, valor=contato.valor).exists():
        nome = TipoDeContato(tipo).label.lower()
        raise CadastroRecusado(f"Este {nome} já está no cadastro.", tipo)
    return contato


@transaction.atomic
def acrescentar(cliente: Cliente, tipo: str, valor: str, **campos) -> Contato:
    """Um contato novo, que passa a ser o principal de seu tipo. Levanta `CadastroRecusado`."""
    contato = contato_novo(cliente, tipo, valor, **campos)
    contato.save()
    tornar_principal(contato)
    return contato


def remover(contato: Contato) -> None:
    """Tira o contato do cadastro."""
    contato.delete()


def confirmar(contato: Contato) -> None:
    """Anota que o cliente provou agora que o contato é seu."""
    contato.confirmado_em = timezone.now()
    contato.save(update_fields=["confirmado_em"])


@transaction.atomic
def tornar_principal(contato: Contato) -> None:
    """O principal de seu tipo passa a ser este."""
    Contato.objects.filter(cliente=contato.cliente_id, tipo=contato.tipo, principal=True).update(
        principal=False
    )
    contato.principal = True
    contato.save(update_fields=["principal"])


def alertar(
    cliente: Cliente, texto: str, gravidade: str, *, por, valido_ate: datetime | None = None
) -> Alerta:
    """Fixa um aviso no painel do cliente."""
    return Alerta.objects.create(
        cliente=cliente, texto=texto, gravidade=gravidade, valido_ate=valido_ate, criado_por=por
    )


def chamar_de(cliente: Cliente, nome_social: str) -> None:
    """Troca o nome social; vazio volta ao nome civil."""
    cliente.nome_social = nome_social
    cliente.save(update_fields=["nome_social"])


def observar(cliente: Cliente, observacao: str) -> None:
    """Troca a observação administrativa."""
    cliente.observacao = observacao
    cliente.save(update_fields=["observacao"])
