"""Endereços do console."""

from django.contrib import admin
from django.urls import path

from atendimento.views.saude import saude

urlpatterns = [
    path("saude/", saude, name="saude"),
    path("admin/", admin.site.urls),
]
