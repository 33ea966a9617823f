"""As transições da solicitação, cada uma no estado em que cabe."""

from datetime import timedelta

from django.utils import timezone

from atendimento.dominio import solicitacoes
from atendimento.models import Equipe, Motivo, Solicitacao, Solucao, TipoDeSolicitacao
from contratos.models import Etiqueta
from perfis.models import Usuario
from tests.execucao.acoes.exemplos import exemplo
from tests.execucao.cenario import criar_colega
from tests.fabricas import (
    criar_contrato,
    criar_equipe,
    criar_motivo,
    criar_solicitacao,
    criar_solucao,
    criar_tipo_de_solicitacao,
)

QUEM = {"canal": "telefone", "solicitante_nome": "Jacira", "solicitante_relacao": "titular"}
PORQUE = "O cliente pediu outra coisa."


def da_vez(cenario, **campos):
    """Os argumentos de um verbo sobre a solicitação como está agora."""
    return {"por": cenario.agente, "versao": None} | campos


def com_motivo(tipo):
    def preparar(cenario):
        criar_motivo(tipo)
        criar_tipo_de_solicitacao()
        criar_solucao()

    return preparar


def respostas_com_motivo(**campos):
    return lambda cenario: [{"motivo": Motivo.objects.latest("pk").pk, **campos}]


def pausada(cenario):
    solicitacoes.pausar(cenario.solicitacao, **da_vez(cenario, motivo=criar_motivo()))


def na_fila(cenario):
    motivo, tipo = criar_motivo("encaminhamento"), criar_tipo_de_solicitacao()
    outra = criar_equipe(cenario.agente)
    cenario.equipe.encaminha_para.add(outra)
    solicitacoes.encaminhar(
        cenario.solicitacao,
        **da_vez(cenario, motivo=motivo, tipo=tipo, equipe=outra, resumo="Falta medir.", prioridade=2),
    )


def com_colega(cenario):
    criar_colega(cenario)
    criar_motivo("transferencia")


def colega_na_fila(cenario):
    na_fila(cenario)
    colega = criar_colega(cenario)
    Equipe.objects.latest("pk").membros.create(usuario=colega)


def com_destino(cenario):
    com_motivo("encaminhamento")(cenario)
    cenario.equipe.encaminha_para.add(criar_equipe())


def com_outra_etiqueta(cenario):
    criar_contrato(cenario.cliente, cenario.empresa)


def agendada(cenario):
    amanha = timezone.localdate() + timedelta(days=1)
    solicitacoes.agendar(
        cenario.solicitacao,
        **da_vez(cenario, tipo_de_visita="manutencao", data=amanha, periodo="manha", contato="Jacira"),
    )


def encerrada(cenario):
    com_motivo("reabertura")(cenario)
    solicitacoes.encerrar(
        cenario.solicitacao,
        **da_vez(
            cenario,
            tipo=TipoDeSolicitacao.objects.latest("pk"),
            solucao=Solucao.objects.latest("pk"),
            relato="Conector trocado.",
        ),
    )


def com_pai(cenario):
    criar_tipo_de_solicitacao()
    criar_solicitacao(por=cenario.agente, etiqueta=cenario.etiqueta)


def demanda(cenario):
    pai = Solicitacao.objects.exclude(pk=cenario.solicitacao.pk).latest("pk")
    campos = {"equipe": cenario.equipe.pk, "prioridade": 2, "descricao": "Sem sinal.", "pai": pai.pk}
    return [QUEM | campos | {"tipo": TipoDeSolicitacao.objects.latest("pk").pk}]


def inicio(cenario):
    tipo = TipoDeSolicitacao.objects.latest("pk")
    return [QUEM | {"equipe": cenario.equipe.pk, "descricao": "Sem sinal.", "tipo": tipo.pk}]


def livre(cenario):
    criar_tipo_de_solicitacao()
    pausada(cenario)


def encaminhamento(cenario):
    [destino] = cenario.equipe.encaminha_para.all()
    return respostas_com_motivo(
        equipe=destino.pk,
        tipo=TipoDeSolicitacao.objects.latest("pk").pk,
        prioridade=2,
        resumo="Sinal baixo na CTO; falta medir.",
        observacao="",
    )(cenario)


def colega(cenario):
    return Usuario.objects.latest("pk").pk


def encerramento(cenario):
    return [
        {
            "tipo": TipoDeSolicitacao.objects.latest("pk").pk,
            "solucao": Solucao.objects.latest("pk").pk,
            "relato": "Conector trocado.",
        }
    ]


exemplo(slug="iniciar", preparar=livre, respostas=inicio)
exemplo(slug="abrir", preparar=com_pai, respostas=demanda)
exemplo(slug="assumir", preparar=na_fila, respostas=lambda cenario: [{}])
exemplo(slug="assumir_por", preparar=colega_na_fila, respostas=lambda cenario: [{"agente": colega(cenario)}])
exemplo(slug="pausar", preparar=com_motivo("pausa"), respostas=respostas_com_motivo(observacao=""))
exemplo(slug="retomar", preparar=pausada, respostas=lambda cenario: [{}])
exemplo(slug="encaminhar", preparar=com_destino, respostas=encaminhamento)
exemplo(
    slug="transferir",
    preparar=com_colega,
    respostas=lambda cenario: respostas_com_motivo(agente=colega(cenario), observacao="")(cenario),
)
exemplo(slug="devolver", preparar=com_motivo("devolucao"), respostas=respostas_com_motivo(observacao=""))
exemplo(
    slug="alterar_etiqueta",
    preparar=com_outra_etiqueta,
    respostas=lambda cenario: [{"etiqueta": Etiqueta.objects.latest("pk").pk, "justificativa": PORQUE}],
)
exemplo(
    slug="agendar",
    respostas=lambda cenario: [
        {
            "tipo_de_visita": "manutencao",
            "data": timezone.localdate() + timedelta(days=1),
            "periodo": "manha",
            "contato": "Jacira",
            "observacao": "",
        }
    ],
)
exemplo(
    slug="retornar",
    preparar=agendada,
    respostas=lambda cenario: [{"resultado": "executada", "observacao": ""}],
)
exemplo(slug="encerrar", preparar=com_motivo("pausa"), respostas=encerramento)
exemplo(
    slug="cancelar",
    preparar=com_motivo("cancelamento"),
    respostas=respostas_com_motivo(justificativa=PORQUE, protocolo_original=""),
)
exemplo(slug="reabrir", preparar=encerrada, respostas=respostas_com_motivo(observacao=""))
