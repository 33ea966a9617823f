"""Roteiros, textos prontos e contatos confirmados da demonstração, para que haja o que mostrar."""

from django.utils import timezone

from atendimento.demonstracao.cenarios import codigo_do_cenario
from atendimento.dominio import cadastros_iniciais as cadastros
from atendimento.models import ConfiguracaoDeAcao, Equipe, Macro
from clientes.models import Contato

# Deste cliente todos os contatos estão confirmados; daquele, nenhum: o protocolo se lê em voz alta.
CONFIRMADO, POR_CONFIRMAR = 1, 6

ROTEIROS = {
    "iniciar": "{saudacao}, aqui é {atendente}, da {provedor}. Falo com {cliente}?",
    "atualizar_cadastro": "{cliente}, para sua segurança, confirmo os dados novos um a um antes de gravar.",
    "reclamacao": "Sinto muito pelo transtorno, {cliente}. Sua reclamação está no protocolo {protocolo}.",
    "lgpd": "{cliente}, seu pedido vai ao encarregado de dados, que responde em até 15 dias.",
}

# Nome, texto e equipes; sem equipes, vale para todas.
MACROS = [
    ("Orientação de reinício", "Orientei {cliente} a desligar a ONU por 30 segundos e ligar de novo.", ()),
    ("Sem resposta", "Procurei {cliente} em {data} e não houve resposta. Protocolo {protocolo}.", ()),
    ("Wi-Fi", "Wi-Fi: sugeri o canal 5 GHz e o roteador fora do armário.", (cadastros.N1,)),
    (
        "Sinal medido",
        "Sinal da ONU medido em __ dBm; sessão boa desde __.",
        (cadastros.N2, cadastros.NOC),
    ),
]


def criar_textos() -> None:
    """Escreve, uma vez só, os roteiros e os textos prontos."""
    if Macro.objects.exists():
        return
    for slug, roteiro in ROTEIROS.items():
        ConfiguracaoDeAcao.objects.filter(acao__slug=slug, roteiro="").update(roteiro=roteiro)
    for ordem, (nome, texto, equipes) in enumerate(MACROS):
        macro = Macro.objects.create(nome=nome, texto=texto, ordem=ordem)
        macro.equipes.set(Equipe.objects.filter(nome__in=equipes))


def acertar_contatos() -> None:
    """Antes das solicitações: quem tem contato confirmado recebe o protocolo."""
    _dos(CONFIRMADO).update(confirmado_em=timezone.now())
    _dos(POR_CONFIRMAR).update(confirmado_em=None)


def _dos(cenario: int):
    return Contato.objects.filter(cliente__codigo_externo=codigo_do_cenario(cenario))
