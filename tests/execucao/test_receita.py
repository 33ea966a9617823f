"""A receita do README se faz como está escrita, num pacote de fora: nenhum arquivo existente muda."""

import re
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines
from django.urls import reverse

from atendimento.acoes.base import ACOES
from atendimento.catalogo import espelhar_catalogo
from atendimento.models import Execucao
from atendimento.widgets.base import WIDGETS
from perfis.models import Acao, Widget
from tests.execucao.cenario import criar_cenario
from tests.execucao.conftest import comecar, enviar, texto_de
from tests.fabricas import criar_perfil

README = Path(settings.BASE_DIR) / "README.md"
BLOCO = re.compile(r"```(?:python|html)\n(?:# |{# )(?P<caminho>\S+?)(?: #})?\n(?P<texto>.*?)```", re.S)


def blocos() -> dict[str, str]:
    """Cada bloco do README que diz, na primeira linha, o arquivo que seria."""
    return {achado["caminho"]: achado["texto"] for achado in BLOCO.finditer(README.read_text())}


@pytest.fixture
def pacote(tmp_path, monkeypatch, acoes_de_teste):
    """Os arquivos da receita num pacote fora da árvore, descobertos como os de casa."""
    receita = blocos()
    for pasta in ("receita_acoes", "receita_widgets"):
        (tmp_path / pasta).mkdir()
        (tmp_path / pasta / "__init__.py").touch()
    (tmp_path / "receita_acoes/elogio.py").write_text(receita["atendimento/acoes/elogio.py"])
    (tmp_path / "receita_widgets/observacoes.py").write_text(receita["atendimento/widgets/observacoes.py"])
    (tmp_path / "widgets").mkdir()
    (tmp_path / "widgets/observacoes.html").write_text(receita["templates/widgets/observacoes.html"])
    monkeypatch.syspath_prepend(tmp_path)
    for carregador in engines["django"].engine.template_loaders:
        for interno in getattr(carregador, "loaders", [carregador]):
            if hasattr(interno, "dirs"):
                monkeypatch.setattr(interno, "dirs", [*interno.get_dirs(), tmp_path])
    ACOES.descobrir("receita_acoes")
    WIDGETS.descobrir("receita_widgets")
    espelhar_catalogo()
    yield
    ACOES.retirar("registrar_elogio")
    WIDGETS.retirar("observacoes")
    for modulo in [nome for nome in sys.modules if nome.startswith("receita_")]:
        del sys.modules[modulo]


def test_o_readme_traz_a_receita_inteira():
    assert set(blocos()) == {
        "atendimento/acoes/elogio.py",
        "atendimento/widgets/observacoes.py",
        "templates/widgets/observacoes.html",
    }


def test_a_acao_da_receita_se_faz_do_comeco_ao_fim(client, pacote):
    cenario = criar_cenario(acoes=("registrar_elogio",))
    client.force_login(cenario.agente)
    assert Acao.objects.get(slug="registrar_elogio").configuracao
    assert "anota o elogio" in texto_de(client.get(reverse("ajuda_acao", args=["registrar_elogio"])))

    assert comecar(client, cenario, "registrar_elogio", quem="").status_code == 422
    comecar(client, cenario, "registrar_elogio", quem="Otávio, o técnico")
    execucao = Execucao.objects.get()
    previa = texto_de(client.get(reverse("execucao_previa", args=[execucao.pk])))
    assert "Observação — Elogiou Otávio, o técnico." in previa
    for _ in range(2):
        assert enviar(client, execucao, "execucao_concluir").status_code == 302

    cenario.cliente.refresh_from_db()
    assert cenario.cliente.observacao == "Elogiou Otávio, o técnico."
    assert cenario.solicitacao.relatos.filter(texto="Elogio a Otávio, o técnico.").count() == 1
    impedida = client.get(reverse("acao", args=["registrar_elogio", "cliente", cenario.cliente.pk]))
    assert impedida.status_code == 409
    assert "O cliente já tem uma observação." in texto_de(impedida)


def test_o_widget_da_receita_se_ve_so_quando_concedido(client, pacote):
    cenario = criar_cenario()
    cenario.cliente.observacao = "Prefere <b>a tarde</b>."
    cenario.cliente.save()
    client.force_login(cenario.agente)
    url = reverse("widget", args=["observacoes", "cliente", cenario.cliente.pk])
    assert Widget.objects.filter(slug="observacoes", no_codigo=True).exists()
    assert client.get(url).status_code == 403

    com_ele = criar_perfil(capacidades=["atender"], widgets=["observacoes"], empresas=[cenario.empresa])
    cenario.agente.groups.add(com_ele)

    assert "Prefere &lt;b&gt;a tarde&lt;/b&gt;." in client.get(url).content.decode()
