"""Vida e prontidão do servidor, para quem o vigia; não diz mais que isso."""

from django.db import Error, connection
from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from atendimento.acesso import publico


@publico
@never_cache
@require_safe
def saude(request):
    """200 `ok` com o banco respondendo; 503 `não ok` sem ele."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return HttpResponse("não ok", content_type="text/plain; charset=utf-8", status=503)
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")
