"""Por onde uma fatura se paga: a linha digitável conferida e o Pix da empresa."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from contratos import boletos, pix
from contratos.dominio import debitos
from contratos.dominio.recusas import NaoPode
from contratos.models import Empresa, Fatura


@dataclass(frozen=True, slots=True)
class Cobranca:
    """O que se paga hoje por uma fatura: valor, com os encargos do atraso."""

    fatura: Fatura
    encargos: Decimal
    dias: int

    @property
    def total(self) -> Decimal:
        """O valor de hoje."""
        return self.fatura.valor + self.encargos


def cobranca_de(fatura: Fatura, hoje: date) -> Cobranca:
    """A fatura com multa e juros até hoje."""
    acrescimo = debitos.encargos_de(fatura, hoje)
    return Cobranca(fatura, acrescimo.total, acrescimo.dias)


def linha_conferida(fatura: Fatura) -> str:
    """A linha digitável, se passa em todos os dígitos e diz o valor e o vencimento da fatura.

    Levanta `NaoPode`: uma linha que não confere paga outra conta, ou nenhuma.
    """
    if not fatura.linha_digitavel:
        raise NaoPode(
            f"A fatura {fatura.numero} ainda não tem boleto registrado: ofereça o Pix.", campo="fatura"
        )
    try:
        lido = boletos.ler(fatura.linha_digitavel, perto_de=fatura.vencimento)
    except boletos.LinhaInvalida as erro:
        raise NaoPode(
            f"A linha digitável da fatura {fatura.numero} não confere. {erro}", campo="fatura"
        ) from erro
    if lido.valor and lido.valor != fatura.valor:
        raise NaoPode(f"O valor da linha digitável não é o da fatura {fatura.numero}.", campo="fatura")
    vencimento = getattr(lido, "vencimento", None)
    if vencimento and vencimento != fatura.vencimento:
        raise NaoPode(f"O vencimento da linha digitável não é o da fatura {fatura.numero}.", campo="fatura")
    return lido.linha_digitavel


def sem_pix(empresa: Empresa) -> str | None:
    """A frase de que a empresa não recebe por Pix, ou `None`."""
    if empresa.pix_chave and empresa.pix_nome and empresa.pix_cidade:
        return None
    return f"A empresa {empresa.nome} não tem chave Pix cadastrada."


def copia_e_cola(fatura: Fatura, empresa: Empresa, hoje: date) -> str:
    """O Pix da fatura pelo valor de hoje. Levanta `NaoPode` se a empresa não recebe por Pix."""
    if frase := sem_pix(empresa):
        raise NaoPode(frase)
    codigo = pix.BrCode(
        nome=empresa.pix_nome,
        cidade=empresa.pix_cidade,
        chave=empresa.pix_chave,
        valor=cobranca_de(fatura, hoje).total,
        identificador=pix.identificador(fatura.numero),
    )
    try:
        return pix.copia_e_cola(codigo)
    except pix.BrCodeInvalido as erro:
        raise NaoPode(f"O Pix da empresa {empresa.nome} está mal cadastrado. {erro}") from erro
