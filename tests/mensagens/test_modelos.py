"""As palavras de uma mensagem só usam as variáveis da lista, e nunca sem as obrigatórias."""

import pytest
from django.core.exceptions import ValidationError

from atendimento.dominio.mensagens import espelhar_modelos
from atendimento.models import ModeloDeMensagem
from atendimento.tipos_de_mensagem import TIPOS_DE_MENSAGEM
from atendimento.variaveis import preencher, recusa_do_texto


@pytest.mark.django_db
def test_todo_tipo_tem_palavras_nos_tres_canais_e_elas_valem():
    espelhar_modelos()
    for tipo in TIPOS_DE_MENSAGEM:
        modelos = ModeloDeMensagem.objects.filter(codigo=tipo.codigo)
        assert {modelo.canal for modelo in modelos} == {"email", "sms", "whatsapp"}
        for modelo in modelos:
            modelo.clean()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("texto", "frase"),
    [
        ("{protocolo} {data} {hora} {senha}", "desconhecida: {senha}"),
        ("{protocolo} {data}", "Falta no texto: {hora}"),
        ("{protocolo} {data} {hora} {", "solto"),
        ("{protocolo} {data} {hora} {{cliente}}", "solto"),
        ("{protocolo.__class__} {data} {hora}", "solto"),
        ("{Protocolo} {data} {hora}", "solto"),
        ("{0} {protocolo} {data} {hora}", "solto"),
    ],
)
def test_um_texto_fora_da_lista_nao_se_grava(texto, frase):
    espelhar_modelos()
    modelo = ModeloDeMensagem.objects.get(codigo="protocolo", canal="sms")
    antes, modelo.texto = modelo.texto, texto
    with pytest.raises(ValidationError) as recusa:
        modelo.save()
    assert frase in recusa.value.message_dict["texto"][0]
    modelo.refresh_from_db()
    assert modelo.texto == antes


@pytest.mark.django_db
def test_o_administrador_nao_perde_as_suas_palavras_ao_migrar():
    espelhar_modelos()
    ModeloDeMensagem.objects.filter(codigo="protocolo", canal="sms").update(texto="minhas")
    espelhar_modelos()
    assert ModeloDeMensagem.objects.get(codigo="protocolo", canal="sms").texto == "minhas"


def test_preencher_troca_uma_vez_so():
    assert preencher("{a}{b}", {"a": "{b}", "b": "{a}"}) == "{b}{a}"


def test_a_recusa_de_um_texto_bom_e_nenhuma():
    assert recusa_do_texto("Olá, {cliente}", {"cliente"}) is None
