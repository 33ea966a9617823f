"""Aplicação WSGI servida em produção."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "atendimento.settings")
application = get_wsgi_application()
