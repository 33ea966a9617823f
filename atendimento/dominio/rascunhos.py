"""Rascunhos e presença: o que se digita e quem está olhando, no banco para qualquer processo web."""

import json
from datetime import timedelta

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from atendimento.excecoes import DadoInvalido
from atendimento.models import Presenca, Rascunho, Solicitacao

TAMANHO_MAXIMO = 64 * 1024
CHAVE_MAXIMA = 120
# Sem sinal por este tempo, a pessoa já não está ali.
PRESENTE_POR = timedelta(seconds=45)


def salvar_rascunho(*, por, chave: str, dados: dict) -> None:
    """Guarda (ou troca) os campos digitados no formulário `chave`. Levanta `DadoInvalido`."""
    texto = json.dumps(dados)
    if len(texto) > TAMANHO_MAXIMO or "\\u0000" in texto or not 0 < len(chave) <= CHAVE_MAXIMA:
        raise DadoInvalido("O rascunho é grande demais para ser guardado.")
    Rascunho.objects.bulk_create(
        [Rascunho(usuario=por, chave=chave, dados=dados, atualizado_em=timezone.now())],
        update_conflicts=True,
        unique_fields=["usuario", "chave"],
        update_fields=["dados", "atualizado_em"],
    )


def ler_rascunho(*, por, chave: str) -> dict:
    """Os campos guardados, ou um dicionário vazio."""
    return Rascunho.objects.filter(usuario=por, chave=chave).values_list("dados", flat=True).first() or {}


def apagar_rascunho(*, por, chave: str) -> None:
    """Esquece o rascunho: o formulário foi enviado ou abandonado."""
    # O `delete` do Django abriria, para um comando só, uma transação.
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM atendimento_rascunho WHERE usuario_id = %s AND chave = %s", [por.pk, chave]
        )


def marcar_presenca(*, por, solicitacao: Solicitacao | int | None = None, escrevendo: bool = False) -> None:
    """Dá sinal de vida no console ou, com `solicitacao`, naquela solicitação."""
    pk = solicitacao.pk if isinstance(solicitacao, Solicitacao) else solicitacao
    Presenca.objects.bulk_create(
        [Presenca(usuario=por, solicitacao_id=pk, escrevendo=escrevendo, vista_em=timezone.now())],
        update_conflicts=True,
        unique_fields=["solicitacao", "usuario"],
        update_fields=["escrevendo", "vista_em"],
    )


def presentes(solicitacao: Solicitacao, *, exceto=None):
    """Quem está na solicitação agora, fora `exceto`, do sinal mais novo ao mais velho."""
    presencas = Presenca.objects.filter(solicitacao=solicitacao, vista_em__gte=timezone.now() - PRESENTE_POR)
    return (
        presencas.exclude(Q(usuario=exceto) if exceto else Q(pk=None))
        .select_related("usuario")
        .order_by("-vista_em")
    )


def online(equipe):
    """Os membros da equipe que deram sinal no console há pouco."""
    return (
        Presenca.objects.filter(
            solicitacao__isnull=True,
            vista_em__gte=timezone.now() - PRESENTE_POR,
            usuario__participacoes__equipe=equipe,
            usuario__participacoes__ativo=True,
        )
        .select_related("usuario")
        .order_by("usuario__username")
    )
