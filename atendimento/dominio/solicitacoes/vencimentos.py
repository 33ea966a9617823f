"""Os prazos que uma solicitação recebe: o de atendimento e o regulatório."""

from datetime import datetime

from atendimento.dominio import calendarios
from atendimento.excecoes import DadoInvalido
from atendimento.models import Prazo, Solicitacao
from atendimento.prazos import Passo, prazo_regulatorio, vencimento
from atendimento.situacoes import Situacao

# O prazo regulatório de quem ainda não tem tipo (Decreto 11.034/2022, art. 13).
DIAS_REGULATORIOS = 7


def prazo_inicial(tipo) -> Prazo | None:
    """O prazo de quem não escolheu um: o do tipo ou o padrão do cadastro."""
    if tipo and tipo.prazo_padrao_id:
        return tipo.prazo_padrao
    return Prazo.objects.select_related("calendario").filter(padrao=True, ativo=True).first()


def campos_do_prazo(
    solicitacao: Solicitacao, prazo: Prazo | None, prazo_em: datetime | None, *, passo: Passo
) -> dict:
    """Os campos `prazo` e `prazo_em` para um prazo escolhido, contado do começo do ciclo atual.

    `passo` é o que está para ser gravado. O prazo manual vence em `prazo_em`; sem prazo nenhum, vale o
    regulatório. Levanta `DadoInvalido`.
    """
    if prazo is None:
        return {"prazo": None, "prazo_em": solicitacao.prazo_regulatorio_em}
    if not prazo.ativo and prazo.pk != solicitacao.prazo_id:
        raise DadoInvalido(f"O prazo “{prazo}” está inativo.", campo="prazo")
    if not prazo.manual:
        return {"prazo": prazo, "prazo_em": _vencimento(solicitacao, prazo, passo)}
    if prazo_em is None and prazo.pk == solicitacao.prazo_id:
        return {"prazo": prazo, "prazo_em": solicitacao.prazo_em}
    if prazo_em is None or prazo_em <= passo.em:
        raise DadoInvalido("Dê a data e a hora do prazo, no futuro.", campo="prazo_em")
    return {"prazo": prazo, "prazo_em": prazo_em}


def prazo_descongelado(solicitacao: Solicitacao, passo: Passo) -> dict:
    """O novo `prazo_em` de quem sai de uma pausa que congelava; nada, se não congelava."""
    prazo = solicitacao.prazo
    if not solicitacao.prazo_congelado_em or prazo is None or prazo.manual:
        return {}
    return {"prazo_em": _vencimento(solicitacao, prazo, passo)}


def prazo_reaberto(solicitacao: Solicitacao, em: datetime) -> dict:
    """Os prazos do ciclo que começa: inteiros outra vez, para que reabrir nunca nasça vencido.

    O manual ganha o mesmo tempo de relógio que tinha no ciclo anterior.
    """
    regulatorio_em = regulatorio(solicitacao.tipo, em)
    prazo = solicitacao.prazo
    if prazo is None:
        prazo_em = regulatorio_em
    elif prazo.manual:
        prazo_em = em + (solicitacao.prazo_em - solicitacao.ciclo_desde)
    else:
        prazo_em = _vencimento(solicitacao, prazo, Passo(em, Situacao.ABERTA))
    return {"prazo_em": prazo_em, "prazo_regulatorio_em": regulatorio_em}


def regulatorio(tipo, inicio: datetime) -> datetime:
    """O prazo regulatório de um ciclo: dias corridos do tipo; nenhuma pausa o para."""
    dias = tipo.dias_do_prazo_regulatorio if tipo else DIAS_REGULATORIOS
    return prazo_regulatorio(inicio, dias, calendarios.fuso())


def _vencimento(solicitacao: Solicitacao, prazo: Prazo, passo: Passo) -> datetime:
    historia = calendarios.passos(solicitacao) if solicitacao.pk else []
    calendario = calendarios.calendario_util(prazo.calendario)
    return vencimento([*historia, passo], calendario, calendarios.duracao(prazo))
