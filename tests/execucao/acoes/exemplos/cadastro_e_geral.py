"""As ações dos grupos Cadastro e Geral."""

from django.utils import timezone

from atendimento.dominio import solicitacoes
from atendimento.dominio.identidade import verificar
from atendimento.models import Reclamacao, Solicitacao, TipoDeSolicitacao, VerificacaoDeIdentidade
from clientes import emails, telefones
from clientes.models import Contato
from tests.execucao.acoes.exemplos import exemplo
from tests.fabricas import (
    criar_contato,
    criar_equipe,
    criar_motivo,
    criar_solucao,
    criar_tipo_de_solicitacao,
)

QUEIXA = "Diz que ficou três dias sem conexão e ninguém veio."


def conferida(cenario):
    verificar(cenario.solicitacao, por=cenario.agente, fatores=["documento", "nascimento"])


def com_email_confirmado(cenario):
    """Um e-mail confirmado e um telefone por confirmar, que nada recebe."""
    criar_contato(cenario.cliente)
    criar_contato(cenario.cliente, tipo="email", valor="jacira@exemplo.net", confirmado_em=timezone.now())


def cancelada(cenario):
    solicitacoes.cancelar(
        cenario.solicitacao, por=cenario.agente, versao=None, motivo=criar_motivo("cancelamento"),
        justificativa="Aberta por engano agora há pouco.",
    )  # fmt: skip


def pausada(cenario):
    solicitacoes.pausar(cenario.solicitacao, por=cenario.agente, versao=None, motivo=criar_motivo())


exemplo(
    slug="verificar_identidade",
    respostas=lambda cenario: [{"fatores": ["documento", "nascimento"]}],
    ruins=lambda cenario: [{}, {"fatores": ["documento"]}, {"fatores": ["documento", "palpite"]}],
    deixa_evento=False,
    retratar=lambda cenario: list(VerificacaoDeIdentidade.objects.values()),
)

exemplo(
    slug="informar_protocolo",
    preparar=lambda cenario: criar_contato(cenario.cliente),
    respostas=lambda cenario: [{"como": "voz"}],
    ruins=lambda cenario: [{}, {"como": Contato.objects.get().pk}],
    deixa_evento=False,
)


def ler_cadastro(cenario, rotulo):
    if rotulo == "Nome social":
        return cenario.cliente.nome_social
    tipo, mascarar = (
        ("email", emails.mascarar) if rotulo == "E-mail novo" else ("telefone", telefones.mascarar)
    )
    contato = Contato.objects.filter(cliente=cenario.cliente, tipo=tipo, principal=True).first()
    return mascarar(contato.valor) if contato else ""


exemplo(
    slug="atualizar_cadastro",
    preparar=conferida,
    respostas=lambda cenario: [
        {"nome_social": "Jaci", "email": "JACI@exemplo.net", "telefone": "(54) 90000-0077",
         "confirmados": "on"},
        {},
    ],
    ler=ler_cadastro,
    ruins=lambda cenario: [{"email": "não é e-mail"}, {"telefone": "12"}, {"nome_social": "x" * 151}],
    deixa_evento=False,
)  # fmt: skip

exemplo(
    slug="documentos",
    preparar=com_email_confirmado,
    respostas=lambda cenario: [{"documento": "resumo", "contato": Contato.objects.get(tipo="email").pk}],
    so_da_previa=frozenset({"Documento", "Vai por"}),
    impedir=lambda cenario: Contato.objects.update(confirmado_em=None),
    ruins=lambda cenario: [
        {},
        {"documento": "quitacao", "contato": Contato.objects.get(tipo="email").pk},
        {"documento": "resumo", "contato": Contato.objects.get(tipo="telefone").pk},
    ],
    deixa_evento=False,
)


def ler_aviso(cenario, rotulo):
    if rotulo == "Observação":
        return cenario.cliente.observacao
    alerta = cenario.cliente.alertas.first()
    return alerta.texto if alerta else ""


exemplo(
    slug="alerta_observacao",
    respostas=lambda cenario: [
        {"alerta": "Visita prometida para sexta.", "gravidade": "atencao", "observacao": "Prefere a tarde."}
    ],
    ler=ler_aviso,
    ruins=lambda cenario: [
        {"gravidade": "atencao"},
        {"alerta": "x" * 301, "gravidade": "atencao"},
        {"alerta": "Velho", "gravidade": "atencao", "valido_ate": "2020-01-01"},
    ],
    deixa_evento=False,
)


def com_classificacao(cenario):
    criar_tipo_de_solicitacao(nome="Lentidão")
    criar_solucao(nome="Orientação ao cliente")


def ler_classificacao(cenario, rotulo):
    solicitacao = cenario.solicitacao
    return {
        "Tipo": str(solicitacao.tipo or ""),
        "Situação": solicitacao.get_situacao_display(),
        "Solução": str(solicitacao.solucao or ""),
    }[rotulo]


def classificacao(cenario):
    tipo, solucao = TipoDeSolicitacao.objects.get(), criar_solucao()
    return [
        {"tipo": tipo.pk},
        {"desfecho": "resolvida", "solucao": solucao.pk, "relato": "Orientado a trocar o canal do Wi-Fi."},
    ]


exemplo(
    slug="atendimento_padrao",
    preparar=com_classificacao,
    respostas=classificacao,
    ler=ler_classificacao,
    impedir=pausada,
    ruins=lambda cenario: [{}, {"tipo": 10**9}],
    deixa_evento=False,
    retratar=lambda cenario: list(Solicitacao.objects.order_by("pk").values()),
)


def ler_reclamacao(cenario, rotulo):
    solicitacao = cenario.solicitacao
    return {
        "Tipo": str(solicitacao.tipo or ""),
        "Prioridade": solicitacao.get_prioridade_display(),
        "Pode ser cancelada": "nunca mais" if solicitacao.incancelavel else "sim",
    }[rotulo]


def queixa(cenario):
    tipo = TipoDeSolicitacao.objects.get()
    return [{"orgao": "anatel", "numero_externo": "2026-77", "tipo": tipo.pk, "relato": QUEIXA}]


exemplo(
    slug="reclamacao",
    preparar=lambda cenario: criar_tipo_de_solicitacao(especie="reclamacao", nome="Anatel"),
    respostas=queixa,
    ler=ler_reclamacao,
    impedir=cancelada,
    ruins=lambda cenario: [
        {},
        {"orgao": "anatel", "tipo": TipoDeSolicitacao.objects.get().pk, "relato": QUEIXA},
        {"orgao": "ouvidoria", "tipo": TipoDeSolicitacao.objects.get().pk, "relato": "curto"},
    ],
    deixa_evento=False,
    retratar=lambda cenario: (
        list(Solicitacao.objects.order_by("pk").values()), list(Reclamacao.objects.values())
    ),
)  # fmt: skip

exemplo(
    slug="retorno",
    respostas=lambda cenario: [{"canal": "telefone", "resultado": "nao_atendeu", "relato": ""}],
    impedir=cancelada,
    ruins=lambda cenario: [{}, {"canal": "sinal_de_fumaca", "resultado": "falou"}],
    deixa_evento=False,
)


def com_encarregado(cenario):
    conferida(cenario)
    criar_tipo_de_solicitacao(
        especie="lgpd", nome="LGPD", equipe_padrao=criar_equipe(), dias_do_prazo_regulatorio=15
    )


exemplo(
    slug="lgpd",
    preparar=com_encarregado,
    respostas=lambda cenario: [{"direito": "acesso", "detalhe": "Quer cópia de tudo o que se guarda."}],
    so_da_previa=frozenset({"Solicitação nova"}),
    impedir=lambda cenario: TipoDeSolicitacao.objects.update(ativo=False),
    ruins=lambda cenario: [{}, {"direito": "acesso", "detalhe": "curto"}],
    deixa_evento=False,
    retratar=lambda cenario: list(Solicitacao.objects.order_by("pk").values()),
)

exemplo(
    slug="historico",
    respostas=lambda cenario: [{"formato": "tela"}],
    ruins=lambda cenario: [
        {"formato": "csv"},
        {"formato": "tela", "de": "2026-02-02", "ate": "2026-01-01"},
    ],
    deixa_evento=False,
)
