"""O painel do atendente da demonstração e tudo o que ele pede sozinho cabem em quarenta comandos."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from atendimento.demonstracao.arranjos import arrumacao_de
from contratos.models import Parametros
from perfis.models import ConcessaoDeWidget, Widget
from tests.fabricas import (
    criar_contato,
    criar_contrato,
    criar_debito,
    criar_empresa,
    criar_servico,
    criar_usuario,
)

pytestmark = pytest.mark.django_db

COMANDOS = 40
ATENDENTE = "Atendente N1"


def test_o_painel_e_os_cartoes_abertos_cabem_em_quarenta_comandos(client):
    empresa = criar_empresa()
    slugs = list(Widget.objects.filter(no_codigo=True).values_list("slug", flat=True))
    agente = criar_usuario(
        capacidades=["atender", "revelar_dados"],
        acoes=["segunda_via", "desbloqueio_confianca"],
        widgets=slugs,
        empresas=[empresa],
    )
    for concessao in ConcessaoDeWidget.objects.select_related("content_object"):
        lugar = arrumacao_de(ATENDENTE, concessao.content_object.slug, concessao.ordem)
        ConcessaoDeWidget.objects.filter(pk=concessao.pk).update(recolhido=lugar.recolhido)
    Parametros.atuais()
    contrato = criar_contrato(empresa=empresa)
    criar_debito(contrato)
    criar_servico(contrato)
    criar_contato(contrato.cliente)
    client.force_login(agente)
    with CaptureQueriesContext(connection) as lidos:
        pagina = client.get(reverse("cliente", args=[contrato.cliente_id])).content.decode()
        pedidos = re.findall(r'hx-get="(/widgets/[^"]+)"\s+hx-trigger="load"', pagina)
        for url in pedidos:
            assert client.get(url, headers={"HX-Request": "true"}).status_code == 200
    assert len(pedidos) == 5
    assert len(lidos) <= COMANDOS
    # Os recolhidos estão na página, e só se leem quando se abrem.
    assert len(re.findall(r'hx-trigger="abrir"', pagina)) >= 8
