"""A linha digitável se confere antes de sair, e o PDF e o QR são só de quem pode."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from atendimento.popular.ficticios import linha_digitavel
from contratos.dominio import pagamento
from contratos.dominio.recusas import NaoPode
from tests.fabricas import criar_contrato, criar_empresa, criar_fatura, criar_usuario

pytestmark = pytest.mark.django_db


@pytest.fixture
def fatura():
    empresa = criar_empresa(pix_chave="pix@exemplo.net", pix_nome="Conecta Ipe", pix_cidade="Vale do Ipe")
    contrato = criar_contrato(empresa=empresa)
    vencimento = timezone.localdate() + timedelta(days=5)
    linha = linha_digitavel(7, vencimento, Decimal("99.90"))
    return criar_fatura(contrato, numero="202602-00012", vencimento=vencimento, linha_digitavel=linha)


def url(fatura, rota):
    return reverse(rota, args=[fatura.pk])


def entrar(client, fatura, **campos):
    padrao = {
        "capacidades": ["atender"],
        "acoes": ["segunda_via", "pix"],
        "empresas": [fatura.contrato.empresa],
    }
    client.force_login(criar_usuario(**padrao | campos))


def test_a_linha_de_outro_valor_vencimento_ou_digito_nao_sai(fatura):
    assert pagamento.linha_conferida(fatura) == fatura.linha_digitavel
    certa = fatura.linha_digitavel
    ruins = {
        linha_digitavel(7, fatura.vencimento, Decimal("1.00")): "O valor",
        linha_digitavel(7, fatura.vencimento + timedelta(days=1), fatura.valor): "O vencimento",
        certa[:-1] + str((int(certa[-1]) + 1) % 10): "dígito",
        "": "ofereça o Pix",
    }
    for linha, frase in ruins.items():
        fatura.linha_digitavel = linha
        with pytest.raises(NaoPode, match=frase):
            pagamento.linha_conferida(fatura)


def test_o_pdf_sai_com_o_documento_mascarado_e_nao_se_guarda(client, fatura):
    entrar(client, fatura)
    resposta = client.get(url(fatura, "fatura_boleto"))
    assert resposta.status_code == 200
    assert resposta["Content-Type"] == "application/pdf"
    assert resposta.content.startswith(b"%PDF")
    assert "no-store" in resposta["Cache-Control"]
    assert fatura.contrato.cliente.documento.encode() not in resposta.content


def test_o_qr_e_svg_do_pix_de_hoje(client, fatura):
    entrar(client, fatura)
    resposta = client.get(url(fatura, "fatura_pix"))
    assert resposta["Content-Type"] == "image/svg+xml"
    assert resposta.content.startswith(b"<svg")


@pytest.mark.parametrize("rota", ["fatura_boleto", "fatura_pix"])
def test_sem_a_acao_e_403_de_fora_e_404_e_a_paga_ja_nao_tem(client, fatura, rota):
    entrar(client, fatura, acoes=[])
    assert client.get(url(fatura, rota)).status_code == 403
    entrar(client, fatura, empresas=[criar_empresa()])
    assert client.get(url(fatura, rota)).status_code == 404
    entrar(client, fatura)
    fatura.situacao, fatura.pago_em, fatura.valor_pago = "paga", timezone.localdate(), 1
    fatura.save()
    assert client.get(url(fatura, rota)).status_code == 404
    client.logout()
    assert client.get(url(fatura, rota)).status_code == 302


def test_sem_linha_ou_sem_chave_e_409_com_a_frase(client, fatura):
    entrar(client, fatura)
    fatura.linha_digitavel = ""
    fatura.save()
    fatura.contrato.empresa.pix_chave = ""
    fatura.contrato.empresa.save()
    assert client.get(url(fatura, "fatura_boleto")).status_code == 409
    assert client.get(url(fatura, "fatura_pix")).status_code == 409
