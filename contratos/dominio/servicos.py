"""Trocar o plano, incluir e excluir serviços, com o acerto dos dias que faltam no mês."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q

from contratos.dinheiro import em_reais
from contratos.dominio import provisionamento
from contratos.dominio.acerto import proporcional
from contratos.dominio.leituras import competencias_a_faturar
from contratos.dominio.periodos import dias, mes_de, vespera
from contratos.dominio.recusas import exigir
from contratos.enums import (
    MotivoDoEventual,
    SituacaoDaFatura,
    SituacaoDoContrato,
    TipoDeEventual,
    TipoDeFaturamento,
    TipoDePlano,
)
from contratos.models import Conexao, Contrato, Etiqueta, Eventual, Parametros, Plano, ServicoContratado

ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class AcertoDoMes:
    """`valor` em reais: positivo se acresce à fatura de `competencia`, negativo se desconta."""

    valor: Decimal
    competencia: date
    memoria: str


def impedimento_de_alterar(contrato: Contrato) -> str | None:
    """Por que os serviços não mudam agora, ou `None`."""
    if contrato.situacao != SituacaoDoContrato.NORMAL:
        situacao = contrato.get_situacao_display()
        return f"Só um contrato com situação Normal muda de serviços; este está em {situacao}."
    return None


def ativos(contrato: Contrato, hoje: date):
    """Os serviços que correm hoje."""
    return contrato.servicos.filter(Q(fim__isnull=True) | Q(fim__gt=hoje), inicio__lte=hoje)


def internet(contrato: Contrato, hoje: date):
    """Os planos de internet que correm hoje, de etiquetas ativas."""
    return ativos(contrato, hoje).filter(plano__tipo=TipoDePlano.INTERNET, etiqueta__ativa=True)


def avulsos(contrato: Contrato, hoje: date):
    """Os serviços que se podem excluir sem cancelar: todos, menos o plano de internet."""
    return ativos(contrato, hoje).exclude(plano__tipo=TipoDePlano.INTERNET)


def acerto_do_mes(contrato: Contrato, diferenca: Decimal, hoje: date) -> AcertoDoMes:
    """O acerto de uma mensalidade que muda de `diferenca` hoje, na próxima fatura.

    Se a fatura do mês já saiu com o preço velho, acertam-se os dias de hoje em diante; se ainda vai sair, com
    o preço novo, acertam-se os dias já passados.
    """
    mes = mes_de(hoje)
    [competencia] = competencias_a_faturar(contrato, hoje, 1)
    if contrato.tipo_de_faturamento == TipoDeFaturamento.NAO_PREVE or not diferenca:
        return AcertoDoMes(ZERO, competencia, "")
    emitida = contrato.faturas.filter(competencia=mes[0]).exclude(situacao=SituacaoDaFatura.CANCELADA)
    if emitida.exists():
        quantos, sinal, quais = dias((hoje, mes[1])), 1, f"de {hoje:%d/%m} a {vespera(mes[1]):%d/%m}"
    else:
        quantos, sinal, quais = dias((mes[0], hoje)), -1, f"de {mes[0]:%d/%m} a {vespera(hoje):%d/%m}"
    valor = sinal * (
        proporcional(diferenca, quantos, mes) if diferenca > 0 else -proporcional(-diferenca, quantos, mes)
    )
    if not valor:
        return AcertoDoMes(ZERO, competencia, "")
    nome = "Acréscimo" if valor > 0 else "Desconto"
    return AcertoDoMes(
        valor,
        competencia,
        f"{nome} de {em_reais(abs(valor))} na fatura de {competencia:%m/%Y}: diferença de "
        f"{em_reais(abs(diferenca))} × {quantos} de {dias(mes)} dias ({quais})",
    )


def lancar(contrato: Contrato, acerto: AcertoDoMes, descricao: str, *, por, protocolo: str) -> None:
    """Põe o acerto na próxima fatura; nada, se não há o que acertar."""
    if acerto.valor:
        Eventual.objects.create(
            contrato=contrato,
            tipo=TipoDeEventual.ACRESCIMO if acerto.valor > 0 else TipoDeEventual.DESCONTO,
            motivo=MotivoDoEventual.PROPORCIONAL, valor=abs(acerto.valor), competencia=acerto.competencia,
            descricao=descricao[:300], usuario=por, protocolo=protocolo,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class TrocaDePlano:
    """O que a troca faria, calculado uma vez para a prévia e para o efeito."""

    de: ServicoContratado
    para: Plano
    dia: date
    acerto: AcertoDoMes
    mensalidade: Decimal
    fidelidade_meses: int
    beneficio: Decimal

    @property
    def diferenca(self) -> Decimal:
        """Quanto o preço muda por mês."""
        return self.para.valor - self.de.total

    @property
    def sobe(self) -> bool:
        """Se é um upgrade: mais caro ou, no mesmo preço, mais rápido."""
        if self.diferenca:
            return self.diferenca > 0
        return (self.para.download_mbps or 0) >= (self.de.plano.download_mbps or 0)


def planejar_troca(
    contrato: Contrato, de: ServicoContratado, para: Plano, hoje: date, *, beneficio: Decimal | None = None
) -> TrocaDePlano:
    """O que a troca faria; com `beneficio`, o cliente aceitou uma nova fidelidade. Não escreve."""
    meses = min(para.fidelidade_meses, Parametros.atuais().fidelidade_maxima_meses) if beneficio else 0
    diferenca = para.valor - de.total
    acerto = acerto_do_mes(contrato, diferenca, hoje)
    return TrocaDePlano(de, para, hoje, acerto, contrato.valor + diferenca, meses, beneficio or ZERO)


def trocar_plano(contrato: Contrato, troca: TrocaDePlano, *, por, protocolo: str) -> ServicoContratado:
    """Troca o serviço do contrato já trancado. Levanta `NaoPode`."""
    exigir(impedimento_de_alterar(contrato))
    exigir(None if troca.para.ativo else "Este plano não se vende mais.", campo="plano")
    novo = ServicoContratado.objects.create(
        contrato=contrato, etiqueta=troca.de.etiqueta, plano=troca.para, codigo=troca.para.codigo,
        descricao=troca.para.nome, valor=troca.para.valor, inicio=troca.dia,
    )  # fmt: skip
    _terminar(troca.de, troca.dia)
    Conexao.objects.filter(servico=troca.de).update(servico=novo)
    Etiqueta.objects.filter(pk=troca.de.etiqueta_id, descricao=troca.de.descricao).update(
        descricao=novo.descricao
    )
    campos = ["valor"]
    contrato.valor = troca.mensalidade
    if troca.fidelidade_meses:
        contrato.fidelidade_inicio = troca.dia
        contrato.fidelidade_meses = troca.fidelidade_meses
        contrato.fidelidade_beneficio = troca.beneficio
        campos += ["fidelidade_inicio", "fidelidade_meses", "fidelidade_beneficio"]
    contrato.save(update_fields=campos)
    lancar(
        contrato, troca.acerto, f"Proporcional da troca de {troca.de.descricao} por {novo.descricao}",
        por=por, protocolo=protocolo,
    )  # fmt: skip
    if troca.de.etiqueta_id:
        provisionamento.da_etiqueta(troca.de.etiqueta_id, "plano")
    return novo


def incluir(
    contrato: Contrato, plano: Plano, etiqueta: Etiqueta, quantidade: int, hoje: date, *, por, protocolo: str
) -> ServicoContratado:
    """Acrescenta um serviço ao contrato já trancado. Levanta `NaoPode`."""
    exigir(impedimento_de_alterar(contrato))
    exigir(None if plano.ativo else "Este serviço não se vende mais.", campo="plano")
    acerto = acerto_do_mes(contrato, plano.valor * quantidade, hoje)
    novo = ServicoContratado.objects.create(
        contrato=contrato, etiqueta=etiqueta, plano=plano, codigo=plano.codigo, descricao=plano.nome,
        quantidade=quantidade, valor=plano.valor, inicio=hoje,
    )  # fmt: skip
    contrato.valor += novo.total
    contrato.save(update_fields=["valor"])
    lancar(contrato, acerto, f"Proporcional da inclusão de {plano.nome}", por=por, protocolo=protocolo)
    return novo


def excluir(contrato: Contrato, servico: ServicoContratado, hoje: date, *, por, protocolo: str) -> None:
    """Termina um serviço avulso do contrato já trancado. Levanta `NaoPode`."""
    exigir(impedimento_de_alterar(contrato))
    acerto = acerto_do_mes(contrato, -servico.total, hoje)
    _terminar(servico, hoje)
    contrato.valor = max(ZERO, contrato.valor - servico.total)
    contrato.save(update_fields=["valor"])
    lancar(contrato, acerto, f"Proporcional da exclusão de {servico.descricao}", por=por, protocolo=protocolo)


def _terminar(servico: ServicoContratado, dia: date) -> None:
    servico.fim = max(servico.inicio, dia)
    servico.save(update_fields=["fim"])
