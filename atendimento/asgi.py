"""Aplicação ASGI; as páginas são síncronas, e o WSGI é o caminho recomendado."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "atendimento.settings")
application = get_asgi_application()
