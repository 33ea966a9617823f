"""Agendar uma visita ou um retorno e registrar o que deu."""

from datetime import date, datetime, timedelta

from atendimento import transacao
from atendimento.dominio import calendarios, visitas
from atendimento.dominio.solicitacoes import regras
from atendimento.dominio.solicitacoes.porta import exigir_transicao, instante, mudar_situacao, trancar
from atendimento.dominio.solicitacoes.trabalho import com_descricao, frase_de_quem_toma
from atendimento.excecoes import DadoInvalido
from atendimento.models import Solicitacao
from atendimento.models.solicitacao import Periodo, ResultadoDaVisita, TipoDeVisita
from atendimento.situacoes import TipoDeTransicao

AGENDA_MAXIMA = timedelta(days=365)


@transacao.verbo
def agendar(
    solicitacao: Solicitacao,
    *,
    por,
    versao: int | None,
    data: date | None,
    periodo: str,
    contato: str,
    tipo_de_visita: str,
    observacao: str = "",
    descricao: str = "",
    em: datetime | None = None,
) -> Solicitacao:
    """Marca dia e período; a solicitação continua com seu responsável.

    Levanta `DadoInvalido`, `SemPermissao`, `TransicaoInvalida`, `Desatualizada`.
    """
    solicitacao = trancar(solicitacao, versao=versao)
    regras.exigir_dono_ou_supervisor(por, solicitacao)
    exigir_transicao(solicitacao, TipoDeTransicao.AGENDAR)
    em = instante(solicitacao, em)
    _exigir_data(data, em.astimezone(calendarios.fuso()).date())
    periodo = regras.conferir_opcao(periodo, Periodo, "periodo", "o período")
    tipo_de_visita = regras.conferir_opcao(tipo_de_visita, TipoDeVisita, "tipo_de_visita", "o tipo de visita")
    contato = regras.conferir_texto(contato, "contato", "O contato no local", minimo=2, maximo=120)
    observacao = regras.conferir_texto(observacao, "observacao", "A observação")
    mudar_situacao(
        solicitacao,
        TipoDeTransicao.AGENDAR,
        por=por,
        em=em,
        relato=(
            f"{tipo_de_visita.label} para {data:%d/%m/%Y} ({periodo.label.lower()}), contato no local: "
            f"{contato}. {observacao}"
        ).strip(),
        dados={"data": data.isoformat(), "periodo": periodo, "tipo_de_visita": tipo_de_visita},
        agendada_para=data,
        periodo=periodo,
        contato_da_visita=contato,
        tipo_de_visita=tipo_de_visita,
        **com_descricao(solicitacao, descricao),
    )
    return solicitacao


@transacao.verbo
def retornar(
    solicitacao: Solicitacao,
    *,
    por,
    versao: int | None,
    resultado: str,
    observacao: str = "",
    justificativa: str = "",
    em: datetime | None = None,
) -> Solicitacao:
    """Registra o que deu da visita ou do retorno e volta ao trabalho, nas mãos de `por`.

    Um supervisor que registra a de outro fica com ela, e diz por quê. Levanta `DadoInvalido`,
    `LimiteDoAgente`, `SemPermissao`, `TransicaoInvalida`, `Desatualizada`.
    """
    solicitacao = trancar(solicitacao, versao=versao)
    regras.exigir_dono_ou_supervisor(por, solicitacao)
    exigir_transicao(solicitacao, TipoDeTransicao.RETORNAR)
    resultado = regras.conferir_opcao(resultado, ResultadoDaVisita, "resultado", "o resultado")
    observacao = regras.conferir_texto(observacao, "observacao", "A observação")
    fato = frase_de_quem_toma(f"Retorno: {resultado.label.lower()}", solicitacao, por, justificativa)
    mudar_situacao(
        solicitacao,
        TipoDeTransicao.RETORNAR,
        por=por,
        em=instante(solicitacao, em),
        relato=f"{fato} {observacao}".strip(),
        dados={"resultado": resultado, "data": solicitacao.agendada_para.isoformat()},
        responsavel=por,
        **SEM_AGENDA,
    )
    visitas.concluir_da(solicitacao, resultado, por=por)
    return solicitacao


# Como a solicitação fica depois que a visita acabou.
SEM_AGENDA = {"agendada_para": None, "periodo": "", "contato_da_visita": "", "tipo_de_visita": ""}


def _exigir_data(data: date | None, hoje: date) -> None:
    if data is None or not hoje <= data <= hoje + AGENDA_MAXIMA:
        raise DadoInvalido("Escolha um dia de hoje em diante, em até um ano.", campo="data")
