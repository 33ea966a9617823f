"""Uma ação sobre o contrato do cenário, percorrida do primeiro passo ao fim."""

from uuid import uuid4

from django.urls import reverse

from atendimento.models import Execucao, Relato
from contratos.models import Contrato, EventoDeContrato, Eventual, Fatura, ServicoContratado
from tests.execucao.conftest import comecar, enviar, texto_de


def ate_a_previa(navegador, cenario, slug: str, *passos: dict) -> Execucao:
    """A execução com todos os passos respondidos; falha com a frase da tela se um não passou."""
    chave = uuid4()
    resposta = comecar(navegador, cenario, slug, chave=chave, **passos[0])
    assert resposta.status_code == 302, texto_de(resposta)
    execucao = Execucao.objects.get(pk=chave)
    for numero, campos in enumerate(passos[1:], 2):
        resposta = enviar(navegador, execucao, "execucao_passo", numero, **campos)
        assert resposta.status_code == 302, texto_de(resposta)
    return execucao


def ver_previa(navegador, execucao: Execucao) -> str:
    """O texto da prévia."""
    return texto_de(navegador.get(reverse("execucao_previa", args=[execucao.pk])))


def concluir(navegador, execucao: Execucao):
    """POST da conclusão."""
    return enviar(navegador, execucao, "execucao_concluir")


def fazer(navegador, cenario, slug: str, *passos: dict) -> Execucao:
    """A ação inteira, concluída."""
    execucao = ate_a_previa(navegador, cenario, slug, *passos)
    resposta = concluir(navegador, execucao)
    assert resposta.status_code == 302, texto_de(resposta)
    execucao.refresh_from_db()
    return execucao


def retrato() -> tuple:
    """Tudo o que uma ação do contrato poderia mudar."""
    modelos = (Contrato, ServicoContratado, Fatura, Eventual, EventoDeContrato)
    return (*(list(m.objects.order_by("pk").values()) for m in modelos), Relato.objects.count())
