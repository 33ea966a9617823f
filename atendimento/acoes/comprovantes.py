"""O que as ações do contrato mandam ao cliente: a prova do que se fez, por um contato que ele confirmou."""

from atendimento.dominio import mensagens
from atendimento.models import Solicitacao
from atendimento.tipos_de_mensagem import TIPOS_DE_MENSAGEM, TipoDeMensagem
from clientes.models import Contato

CANCELAMENTO = TIPOS_DE_MENSAGEM.registrar(
    TipoDeMensagem(
        codigo="cancelamento",
        nome="Comprovante de cancelamento",
        assunto="Comprovante de cancelamento do contrato {contrato}",
        texto=(
            "Olá, {cliente}.\n\n"
            "O contrato {contrato} está cancelado com efeito em {efeito}, como você pediu no protocolo "
            "{protocolo}. A cobrança parou nesse dia.\n\n"
            "{conta}\n\n"
            "Este é o seu comprovante (Decreto 11.034/2022).\n\n"
            "{provedor}"
        ),
        curto=(
            "{provedor}: contrato {contrato} cancelado em {efeito}, protocolo {protocolo}. {saldo}. Guarde "
            "este "
            "comprovante."
        ),
        variaveis={
            "contrato": "número do contrato",
            "efeito": "dia em que o cancelamento vale",
            "conta": "a conta por extenso",
            "saldo": "a quem cabe o saldo",
        },
        obrigatorias=frozenset({"contrato", "efeito", "protocolo"}),
    )
)
RESUMO = TIPOS_DE_MENSAGEM.registrar(
    TipoDeMensagem(
        codigo="resumo-do-contrato",
        nome="Resumo de uma mudança no contrato",
        assunto="{assunto}: protocolo {protocolo}",
        texto="Olá, {cliente}.\n\n{resumo}\n\nProtocolo {protocolo}, de {data}.\n\n{provedor}",
        curto="{provedor}: {resumo} Protocolo {protocolo}.",
        variaveis={"assunto": "nome da ação", "resumo": "o que mudou"},
        obrigatorias=frozenset({"resumo", "protocolo"}),
    )
)
SEM_CONTATO = "Sem contato confirmado: o resultado e o protocolo foram lidos ao cliente."


def comprovar(tipo: TipoDeMensagem, contato: Contato | None, solicitacao: Solicitacao, por, **dados) -> str:
    """Põe a prova na caixa de saída; sem contato, vale a leitura. Devolve a frase do relato."""
    if contato is None:
        mensagens.registrar_leitura(solicitacao, por=por)
        return SEM_CONTATO
    mensagem = mensagens.enfileirar(
        contato=contato, modelo=tipo, dados=dados, solicitacao=solicitacao, por=por
    )
    return f"{tipo.nome} enviado por {mensagem.get_canal_display()} a {mensagem.destino_mascarado}."
