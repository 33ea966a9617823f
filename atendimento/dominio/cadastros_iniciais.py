"""Os cadastros com que uma instalação começa (`dominio.md` §7): uma sugestão que o provedor ajusta.

Idempotente: cria o que falta pelo nome ou código e não mexe no que já existe, nem no encaminhamento
de uma equipe que já estava lá.
"""

from datetime import time

from django.db import transaction
from django.utils.text import slugify

from atendimento.models import (
    Calendario,
    Equipe,
    Especie,
    Motivo,
    Prazo,
    Solucao,
    TipoDeMotivo,
    TipoDeSolicitacao,
    Turno,
    TurnoDeCampo,
)

SEMPRE = "24x7"
COMERCIAL = "8x5 comercial"
# Segunda a sexta, com intervalo de almoço.
TURNOS = [(dia, inicio, fim) for dia in range(5) for inicio, fim in ((8, 12), (13, 17))]

N1, N2, NOC, CAMPO = "Atendimento N1", "Suporte N2", "NOC", "Campo/Agendamento"
FINANCEIRO, COBRANCA, RETENCAO = "Financeiro", "Cobrança", "Retenção"
CANCELAMENTO, COMERCIAL_EQUIPE, OUVIDORIA, DPO = "Cancelamento/Retirada", "Comercial", "Ouvidoria", "DPO"

EQUIPES = {
    N1: [N2, FINANCEIRO, RETENCAO, CAMPO],
    N2: [NOC, CAMPO, N1],
    NOC: [N2, CAMPO],
    CAMPO: [N2],
    FINANCEIRO: [COBRANCA, N1],
    COBRANCA: [FINANCEIRO],
    RETENCAO: [CANCELAMENTO, N1],
    CANCELAMENTO: [],
    COMERCIAL_EQUIPE: [],
    OUVIDORIA: [N1, N2, NOC, CAMPO, FINANCEIRO, COBRANCA, RETENCAO, CANCELAMENTO, COMERCIAL_EQUIPE, DPO],
    DPO: [],
}

# Nome, horas e calendário; sem horas, data livre. O primeiro é o padrão.
PRAZOS = [
    ("8x5 – Degradado", 24, COMERCIAL),
    ("24x7 – Crítico", 4, SEMPRE),
    ("8x5 – Parado", 8, COMERCIAL),
    ("Financeiro", 24, COMERCIAL),
    ("Comercial", 48, COMERCIAL),
    ("Visita", 48, COMERCIAL),
    ("Manual", None, None),
]

_BLOQUEADO = {"permite_contrato_bloqueado": True}
# Nome, prazo, equipe e o que foge do padrão.
TIPOS = [
    ("Sem conexão", "24x7 – Crítico", None, {}),
    ("Lentidão", "8x5 – Degradado", None, {}),
    ("Quedas/oscilação", "8x5 – Degradado", None, {}),
    ("Wi-Fi", "8x5 – Degradado", None, {}),
    ("2ª via", "Financeiro", None, _BLOQUEADO),
    ("Desbloqueio", "Financeiro", None, _BLOQUEADO),
    ("Negociação", "Financeiro", FINANCEIRO, _BLOQUEADO),
    ("Contestação", "Financeiro", FINANCEIRO, _BLOQUEADO),
    ("Mudança de plano", "Comercial", None, {}),
    ("Mudança de endereço", "Comercial", None, {}),
    ("Titularidade", "Comercial", None, {}),
    ("Suspensão", "Comercial", None, {}),
    ("Cancelamento", "Comercial", RETENCAO, _BLOQUEADO | {"especie": Especie.CANCELAMENTO}),
    ("Instalação", "Visita", CAMPO, {}),
    ("Retirada", "Visita", CANCELAMENTO, _BLOQUEADO),
    ("Elogio", "8x5 – Degradado", OUVIDORIA, _BLOQUEADO),
    ("Reclamação/Ouvidoria", "8x5 – Degradado", OUVIDORIA, _BLOQUEADO | {"especie": Especie.RECLAMACAO}),
    ("Anatel/Procon", "8x5 – Degradado", OUVIDORIA, _BLOQUEADO | {"especie": Especie.RECLAMACAO}),
    ("LGPD", "Comercial", DPO, _BLOQUEADO | {"especie": Especie.LGPD, "dias_do_prazo_regulatorio": 15}),
]

_T = TipoDeMotivo
MOTIVOS: dict[str, list[tuple[str, dict]]] = {
    _T.PAUSA: [
        ("Aguardando retorno do cliente na linha", {"minutos_maximos": 5}),
        ("Cliente solicitou espera", {"minutos_maximos": 15}),
        ("Aguardando retorno do cliente", {"exige_retorno": True, "congela_prazo": True}),
        ("Consulta ao N2", {"minutos_maximos": 30}),
        ("Consulta ao financeiro", {"minutos_maximos": 30}),
        ("Teste em andamento", {"minutos_maximos": 60}),
        ("Aguardando reinício do equipamento", {"minutos_maximos": 10}),
        ("Intervalo", {"minutos_maximos": 20}),
        ("Reunião/treinamento", {"minutos_maximos": 120}),
        ("Falha de sistema", {"exige_observacao": True}),
        ("Fim de turno", {"exige_retorno": True}),
        ("Sessão expirada", {}),
    ],
    _T.ENCAMINHAMENTO: [
        ("Fora da alçada", {}),
        ("Exige análise técnica", {}),
        ("Exige visita", {}),
        ("Análise financeira", {}),
        ("Pedido de cancelamento", {}),
        ("Cliente pediu supervisor", {}),
        ("Erro de triagem", {}),
        ("Massiva", {}),
    ],
    _T.CANCELAMENTO: [
        ("Aberto por engano", {}),
        ("Duplicado", {"exige_protocolo": True}),
        ("Cliente desistiu", {}),
        ("Contato indevido/trote", {}),
        ("Cliente errado", {}),
        ("Teste", {}),
    ],
    _T.REABERTURA: [("Problema voltou", {}), ("Não foi resolvido", {}), ("Dado novo", {})],
    _T.ALTERACAO_DE_ETIQUETA: [
        ("Contrato errado", {}),
        ("Cliente trata de outro endereço", {}),
        ("Serviço migrado", {}),
    ],
    _T.TRANSFERENCIA: [("Troca de turno", {}), ("Carga de trabalho", {}), ("Especialidade", {})],
    _T.DEVOLUCAO: [("Agente ausente", {}), ("Agente desativado", {}), ("Distribuição", {})],
    _T.CANCELAMENTO_DE_CONTRATO: [
        ("Mudança para área sem cobertura", {}),
        ("Preço", {}),
        ("Concorrência", {}),
        ("Insatisfação técnica", {}),
        ("Insatisfação com atendimento", {}),
        ("Financeiro", {}),
        ("Não usa mais", {}),
        ("Óbito", {}),
        ("Encerramento de empresa", {}),
        ("Descumprimento do provedor", {"dispensa_multa": True}),
        ("Inadimplência", {}),
    ],
    _T.SUSPENSAO: [("Viagem", {}), ("Reforma", {}), ("Imóvel vazio", {}), ("Não informado", {})],
}

SOLUCOES = [
    "Orientação ao cliente",
    "Equipamento reiniciado",
    "Configuração corrigida",
    "Equipamento trocado",
    "Reparo na rede",
    "Visita realizada",
    "Segunda via enviada",
    "Contrato desbloqueado",
    "Pedido atendido",
    "Sem defeito encontrado",
]


# Equipe, período, horas e vagas: quantas visitas cada equipe de campo faz.
TURNOS_DE_CAMPO = [
    (CAMPO, "manha", time(8), time(12), 4),
    (CAMPO, "tarde", time(13), time(17), 4),
    (CANCELAMENTO, "manha", time(8), time(12), 2),
    (CANCELAMENTO, "tarde", time(13), time(17), 2),
]


@transaction.atomic
def garantir_cadastros() -> None:
    """Cria os calendários, prazos, equipes, tipos, motivos e soluções que faltam."""
    calendarios = _calendarios()
    prazos = _prazos(calendarios)
    equipes = _equipes(calendarios[COMERCIAL])
    for ordem, (nome, prazo, equipe, campos) in enumerate(TIPOS):
        TipoDeSolicitacao.objects.get_or_create(
            codigo=slugify(nome),
            defaults={"nome": nome, "prazo_padrao": prazos[prazo], "equipe_padrao": equipes.get(equipe)}
            | {"ordem": ordem}
            | campos,
        )
    for equipe, periodo, inicio, fim, vagas in TURNOS_DE_CAMPO:
        TurnoDeCampo.objects.get_or_create(
            equipe=equipes[equipe],
            periodo=periodo,
            defaults={"inicio": inicio, "fim": fim, "vagas": vagas},
        )
    for tipo, motivos in MOTIVOS.items():
        for ordem, (nome, campos) in enumerate(motivos):
            Motivo.objects.get_or_create(tipo=tipo, nome=nome, defaults={"ordem": ordem} | campos)
    for ordem, nome in enumerate(SOLUCOES):
        Solucao.objects.get_or_create(nome=nome, defaults={"ordem": ordem})


def _calendarios() -> dict[str, Calendario]:
    sempre, _ = Calendario.objects.get_or_create(nome=SEMPRE, defaults={"sempre": True})
    comercial, novo = Calendario.objects.get_or_create(nome=COMERCIAL, defaults={"uf": "RS"})
    if novo:
        Turno.objects.bulk_create(
            Turno(calendario=comercial, dia=dia, inicio=time(inicio), fim=time(fim))
            for dia, inicio, fim in TURNOS
        )
    return {SEMPRE: sempre, COMERCIAL: comercial}


def _prazos(calendarios: dict[str, Calendario]) -> dict[str, Prazo]:
    ha_padrao = Prazo.objects.filter(padrao=True).exists()
    prazos = {}
    for ordem, (nome, horas, calendario) in enumerate(PRAZOS):
        prazos[nome], _ = Prazo.objects.get_or_create(
            nome=nome,
            defaults={
                "horas": horas,
                "calendario": calendarios.get(calendario),
                "manual": horas is None,
                "padrao": ordem == 0 and not ha_padrao,
                "ordem": ordem,
            },
        )
    return prazos


def _equipes(calendario: Calendario) -> dict[str, Equipe]:
    equipes, novas = {}, []
    for nome in EQUIPES:
        equipes[nome], nova = Equipe.objects.get_or_create(
            slug=slugify(nome), defaults={"nome": nome, "calendario": calendario}
        )
        novas += [nome] if nova else []
    for nome in novas:
        equipes[nome].encaminha_para.set([equipes[destino] for destino in EQUIPES[nome]])
    return equipes
