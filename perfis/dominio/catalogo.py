"""Manutenção do espelho do catálogo no banco."""

from django.db import transaction

from perfis.models import Acao, Widget


@transaction.atomic
def espelhar(modelo: type[Acao] | type[Widget], itens: dict[str, dict]) -> None:
    """Deixa uma linha por item do código, por slug.

    O que o administrador escreveu (nome, ajuda, ordem, grupo, ativo) fica; o que é do código (alvo,
    região) se atualiza; o que sumiu do código perde `no_codigo`, e com ele todo efeito.
    """
    existentes = {linha.slug: linha for linha in modelo.objects.all()}
    do_codigo = {campo.name for campo in modelo._meta.fields if not campo.editable}
    modelo.objects.bulk_create(
        [modelo(slug=slug, **campos) for slug, campos in itens.items() if slug not in existentes]
    )
    for slug, linha in existentes.items():
        novo = {"no_codigo": slug in itens} | {
            campo: valor for campo, valor in itens.get(slug, {}).items() if campo in do_codigo
        }
        if any(getattr(linha, campo) != valor for campo, valor in novo.items()):
            modelo.objects.filter(pk=linha.pk).update(**novo)
