"""Para onde vão as contas de um contrato."""

from django.db import transaction

from clientes.models import Endereco
from contratos.models import Contrato

CAMPOS = ("cep", "logradouro", "numero", "complemento", "bairro", "cidade", "uf")


@transaction.atomic
def mudar_endereco_de_cobranca(contrato: Contrato, **campos: str) -> Endereco:
    """Um endereço novo do titular passa a ser o de cobrança; o anterior fica, para o que aponta para ele.

    Quem chama tranca o contrato e escreve o evento.
    """
    novo = Endereco.objects.create(cliente=contrato.cliente, **campos)
    contrato.endereco = novo
    contrato.save(update_fields=["endereco"])
    return novo
