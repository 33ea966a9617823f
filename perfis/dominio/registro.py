"""O histórico que o admin mostra de um perfil ou de um usuário."""

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType


def registrar(objeto, frases: list[str], *, por, criado: bool = False) -> None:
    """Grava quem mudou o quê. `por=None` é o sistema: aí só o histórico do banco (pghistory) guarda."""
    if por is None or not (frases or criado):
        return
    LogEntry.objects.create(
        user_id=por.pk,
        content_type=ContentType.objects.get_for_model(objeto),
        object_id=str(objeto.pk),
        object_repr=str(objeto)[:200],
        action_flag=ADDITION if criado else CHANGE,
        change_message="; ".join([*(["Criado"] if criado else []), *frases]),
    )


def ultima_mudanca(objeto) -> LogEntry | None:
    """O último registro de `objeto`, com quem o fez."""
    return (
        LogEntry.objects.filter(
            content_type=ContentType.objects.get_for_model(objeto), object_id=str(objeto.pk)
        )
        .select_related("user")
        .order_by("-action_time", "-pk")
        .first()
    )
