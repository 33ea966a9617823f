"""As linhas das filas, lidas em um comando e prontas para desenhar: o template não calcula nada."""

from collections.abc import Iterable
from datetime import datetime
from uuid import uuid4

from django.db.models import QuerySet
from django.db.models.functions import Left

from atendimento.filas import tempos
from atendimento.models.solicitacao import Periodo, Prioridade
from atendimento.situacoes import Situacao

RESUMO = 120
CAMPOS = (
    "id", "protocolo", "versao", "situacao", "situacao_desde", "prioridade", "prazo_em", "prazo_congelado_em",
    "prazo_regulatorio_em", "ciclo_desde", "retorna_em", "alerta_em", "agendada_para", "periodo",
    "cliente_id", "cliente__nome", "cliente__nome_social", "etiqueta_id", "contrato__numero", "tipo__nome",
    "motivo_da_pausa__nome", "responsavel_id", "responsavel__first_name", "responsavel__last_name",
    "responsavel__username", "equipe__nome", "resumo",
)  # fmt: skip
ALERTAS = {Situacao.PAUSADA: "Além do limite", Situacao.AGENDADA: "Retorno não registrado"}
PRIORIDADES = {Prioridade.BAIXA: "neutro", Prioridade.ALTA: "atencao", Prioridade.URGENTE: "vencido"}


def com_campos(consulta: QuerySet) -> QuerySet:
    """A consulta com os campos de cada linha, em dicionários."""
    return consulta.annotate(resumo=Left("descricao", RESUMO + 1)).values(*CAMPOS)


def desenhar(linhas: Iterable[dict], *, usuario, agora: datetime) -> list[dict]:
    """As linhas como o template as mostra a `usuario`."""
    pode_assumir = usuario.permissoes.acao("assumir") is not None
    pode_retomar = usuario.permissoes.acao("retomar") is not None
    return [_desenhar(linha, usuario, agora, pode_assumir, pode_retomar) for linha in linhas]


def vistas(linhas: list[dict]) -> list[dict]:
    """O que se vê das linhas, sem a chave do formulário, que é outra a cada leitura."""
    return [{nome: valor for nome, valor in linha.items() if nome != "chave"} for linha in linhas]


def _desenhar(linha: dict, usuario, agora: datetime, pode_assumir: bool, pode_retomar: bool) -> dict:
    situacao = Situacao(linha["situacao"])
    do_prazo = tempos.prazo(
        linha["prazo_em"], desde=linha["ciclo_desde"], congelado_em=linha["prazo_congelado_em"], agora=agora
    )
    minha = linha["responsavel_id"] == usuario.pk
    return {
        # Textos: um número custaria a cada uso a pergunta de como se escreve nesta língua.
        "id": str(linha["id"]),
        "versao": str(linha["versao"]),
        "protocolo": linha["protocolo"],
        "url": f"/solicitacoes/{linha['protocolo']}/",
        "cliente": linha["cliente__nome_social"] or linha["cliente__nome"],
        "painel_url": f"/clientes/{linha['cliente_id']}/?etiqueta={linha['etiqueta_id']}",
        "contrato": linha["contrato__numero"],
        "tipo": linha["tipo__nome"] or "Sem tipo",
        "resumo": _cortar(linha["resumo"]),
        "situacao": situacao.label,
        "situacao_cor": situacao.value,
        "desde": tempos.duracao(agora - linha["situacao_desde"]),
        "detalhe": _detalhe(linha, situacao, agora),
        "alerta": ALERTAS.get(situacao, "") if linha["alerta_em"] else "",
        "prioridade": Prioridade(linha["prioridade"]).label,
        "prioridade_cor": PRIORIDADES.get(linha["prioridade"], ""),
        "prazo": do_prazo.palavra,
        "prazo_cor": do_prazo.cor,
        "prazo_quando": do_prazo.quando,
        "prazo_em": tempos.dia_e_hora(linha["prazo_em"]),
        "regulatorio": tempos.regulatorio(linha["prazo_regulatorio_em"], agora),
        "equipe": linha["equipe__nome"],
        "responsavel": _responsavel(linha),
        "minha": minha,
        "chave": str(uuid4()),
        "assumir_url": _acao("assumir", linha) if pode_assumir and situacao == Situacao.ABERTA else "",
        "retomar_url": _acao("retomar", linha)
        if pode_retomar and minha and situacao == Situacao.PAUSADA
        else "",
    }


# Endereços escritos à mão: `reverse` numa lista de cinquenta linhas seria um quarto da página.
def _acao(slug: str, linha: dict) -> str:
    return f"/acoes/{slug}/solicitacao/{linha['id']}/"


def _responsavel(linha: dict) -> str:
    nome = f"{linha['responsavel__first_name'] or ''} {linha['responsavel__last_name'] or ''}".strip()
    return nome or linha["responsavel__username"] or ""


def _detalhe(linha: dict, situacao: Situacao, agora: datetime) -> str:
    """O que falta saber da situação: o motivo e o retorno da pausa, ou o dia marcado."""
    if situacao == Situacao.PAUSADA:
        motivo = linha["motivo_da_pausa__nome"]
        if linha["retorna_em"] is None:
            return motivo
        quando = tempos.distancia(linha["retorna_em"], agora)
        return f"{motivo}; retorno {tempos.dia_e_hora(linha['retorna_em'])} ({quando})"
    if situacao == Situacao.AGENDADA:
        return f"{linha['agendada_para']:%d/%m/%Y}, {Periodo(linha['periodo']).label.lower()}"
    return ""


def _cortar(texto: str) -> str:
    return texto if len(texto) <= RESUMO else f"{texto[:RESUMO].rstrip()}…"
