"""Dados hostis e muitos, sem que o teste conheça os modelos: um modelo novo entra sozinho.

De cada tabela se copiam linhas, e em cada texto livre se escreve marcação. O que uma restrição ou um
gatilho do banco recusa fica como estava: aquilo nunca chegaria à tela.
"""

from itertools import count

import pgtrigger
from django.apps import apps
from django.db import DatabaseError, models, transaction
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat

from atendimento.models import Solicitacao
from tests import fabricas

MARCACAO = "'\"><script>x1</script>"
CURTA = "<i>x1"
PROIBIDOS = ("<script>x1", "<i>x1", "'\">")
APLICATIVOS = ("clientes", "contratos", "atendimento")
COPIAS = 3
LINHAS = 3

_numero = count(1)


def multiplicar(mundo) -> None:
    """Algumas cópias de cada linha que o banco deixa copiar, e mais algumas solicitações."""
    for _ in range(COPIAS):
        fabricas.criar_solicitacao(por=mundo.colega, etiqueta=mundo.etiqueta)
        fabricas.criar_servico(mundo.contrato, etiqueta=mundo.etiqueta)
        fabricas.criar_equipamento(mundo.etiqueta)
        fabricas.criar_evento(mundo.contrato)
        fabricas.criar_debito(mundo.contrato)
    Solicitacao.objects.filter(cliente=mundo.cliente).update(tipo=fabricas.criar_tipo_de_solicitacao())
    for modelo in _modelos():
        for linha in list(modelo._default_manager.order_by("-pk")[:LINHAS]):
            for _ in range(COPIAS):
                _copiar(linha)


def envenenar() -> None:
    """Marcação em todo texto livre de toda linha."""
    with pgtrigger.ignore():
        for modelo in _modelos():
            for campo in modelo._meta.concrete_fields:
                if _e_texto_livre(campo):
                    _escrever(modelo, campo)


def _modelos():
    for modelo in apps.get_models():
        proprio = modelo._meta.app_label in APLICATIVOS and not modelo._meta.proxy
        if proprio and not hasattr(modelo, "pgh_tracked_model"):
            yield modelo


def _copiar(linha) -> None:
    linha.pk, linha._state.adding = None, True
    for campo in linha._meta.concrete_fields:
        if campo.unique and not campo.primary_key and isinstance(campo, models.CharField | models.TextField):
            setattr(
                linha,
                campo.attname,
                f"{getattr(linha, campo.attname)}"[: campo.max_length and campo.max_length - 6]
                + f"{next(_numero):06d}",
            )
    try:
        with transaction.atomic():
            linha.save(force_insert=True)
    except (DatabaseError, ValueError):
        pass


def _e_texto_livre(campo) -> bool:
    return isinstance(campo, models.CharField | models.TextField) and not campo.choices


def _escrever(modelo, campo) -> None:
    texto = MARCACAO if campo.max_length is None or campo.max_length >= len(MARCACAO) else CURTA
    if campo.max_length and campo.max_length < len(texto):
        return
    try:
        with transaction.atomic():
            valor = Concat(Value(texto), Cast("pk", CharField())) if campo.unique else texto
            modelo._default_manager.update(**{campo.attname: valor})
    except DatabaseError:
        pass
