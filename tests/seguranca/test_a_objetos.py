"""Seção A: acesso a objetos por portas laterais.

O grosso é o percurso do URLconf (`test_portas`, `test_vazamentos`), o escopo (`test_escopo`) e o contrato das
ações; aqui fica o que nenhum deles prova.
"""

import pytest
from django.contrib import admin
from django.urls import reverse

from contratos.models import ConcessaoDeEmpresa
from tests.fabricas import conceder_empresa, criar_empresa
from tests.seguranca.casos import REAIS
from tests.seguranca.enderecos import ENDERECOS
from tests.seguranca.mundo import desfeito

pytestmark = pytest.mark.django_db


def test_nao_ha_porta_generica_que_apague_qualquer_coisa(mundo):
    """GLPI CVE-2026-42318, CVE-2024-48912, CVE-2025-53112."""
    apagam = {
        endereco.nome
        for endereco in ENDERECOS
        if any(palavra in f"{endereco.padrao} {endereco.nome}" for palavra in ("delete", "apagar", "excluir"))
    }
    # Uma por modelo do admin, com a permissão dele, e o rascunho, que é de quem o digitou.
    assert {nome for nome in apagam if not nome.startswith("admin:")} == {"rascunho_apagar"}
    assert not {nome for nome in apagam if nome.startswith("admin:") and not nome.endswith("_delete")}
    assert not [e.nome for e in ENDERECOS if "content_type_id" in e.padrao or e.nome.endswith("view_on_site")]

    navegador = mundo.navegador(mundo.protagonista)
    with desfeito():
        for modelo in (type(mundo.equipe), type(mundo.cliente)):
            antes = modelo.objects.count()
            lista = reverse(f"admin:{modelo._meta.app_label}_{modelo._meta.model_name}_changelist")
            marcados = {"action": "delete_selected", "_selected_action": [mundo.equipe.pk], "post": "yes"}
            navegador.post(lista, marcados)
            assert modelo.objects.count() == antes
    assert "delete_selected" not in dict(admin.site.actions)


def test_um_corpo_ruim_nao_deixa_distinguir_o_que_e_de_fora_do_que_nao_existe(mundo):
    """O corpo se confere depois do escopo: senão um 400 no lugar do 404 diria que o objeto existe."""
    distinguem = {}
    with desfeito():
        ConcessaoDeEmpresa.objects.filter(group=mundo.perfil).delete()
        conceder_empresa(mundo.perfil, criar_empresa())
        navegador = mundo.navegador(mundo.protagonista)
        for pedido in REAIS:
            ausente = pedido.url_inexistente(mundo)
            if pedido.metodo != "POST" or ausente is None or pedido.alheio is not None:
                continue
            corpos = ({"campo_a_mais": "1"}, pedido.corpo(mundo) | {"campo_a_mais": "1"}, {})
            for corpo in corpos:
                recebidos = [navegador.post(url, corpo).status_code for url in (pedido.url(mundo), ausente)]
                if recebidos[0] != recebidos[1]:
                    distinguem[str(pedido)] = recebidos
    assert distinguem == {}


@pytest.mark.parametrize(
    "caminho",
    [
        "/setup/", "/install/", "/instalar/", "/debug/", "/__debug__/", "/api/", "/metrics/", "/status/",
        "/.env", "/media/anexos/1", "/var/anexos/", "/static/../manage.py", "/admin/r/1/1/",
        "/accounts/login/",
    ],
)  # fmt: skip
def test_endereco_de_instalacao_depuracao_ou_arquivo_nao_existe(client, caminho):
    """Zammad CVE-2026-34723, FreeScout CVE-2026-48812."""
    resposta = client.get(caminho)
    assert resposta.status_code == (302 if caminho.startswith("/admin/") else 404)
