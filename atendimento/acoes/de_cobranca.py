"""O que as ações de cobrança têm em comum; cada uma está no módulo de seu nome.

A regra é de `contratos.dominio`: aqui se pergunta, se mostra a conta que o verbo fará e se diz o que ficou.
"""

from datetime import date, datetime

from django import forms
from django.utils import timezone

from atendimento.acoes.base import Passo
from atendimento.acoes.de_contrato import AcaoDeContrato
from contratos.dinheiro import em_reais
from contratos.dominio import debitos
from contratos.models import Contrato, Fatura

GRUPO = "Financeiro"
EVENTO_MAXIMO = 1000


class AcaoDeCobranca(AcaoDeContrato):
    """Uma ação de contrato do grupo financeiro."""

    grupo = GRUPO

    @property
    def autoria(self) -> dict:
        """Quem age e em que protocolo, como os verbos pedem."""
        return {"por": self.contexto.usuario, "protocolo": self.protocolo}


def contrato_de(passo: Passo) -> Contrato:
    """O contrato em que o passo pergunta."""
    return passo.contexto.eixo.contrato


def rotulo_da_fatura(fatura: Fatura) -> str:
    """`202602-00012 · vence em 10/02/2026 · R$ 99,90`, com o que muda o que se faz dela."""
    hoje = timezone.localdate()
    verbo = "venceu" if fatura.vencimento < hoje else "vence"
    partes = [fatura.numero, f"{verbo} em {dia(fatura.vencimento)}", em_reais(fatura.valor)]
    partes += ["contestada"] if fatura.contestada else []
    return " · ".join(partes)


class CampoDeFatura(forms.ModelChoiceField):
    """Uma fatura do contrato."""

    def __init__(self, **kwargs):
        super().__init__(Fatura.objects.none(), empty_label="Escolha…", **kwargs)

    def label_from_instance(self, fatura: Fatura) -> str:
        """Número, vencimento e valor."""
        return rotulo_da_fatura(fatura)


class CampoDeFaturas(forms.ModelMultipleChoiceField):
    """Faturas do contrato, marcadas uma a uma."""

    def __init__(self, **kwargs):
        super().__init__(Fatura.objects.none(), widget=forms.CheckboxSelectMultiple, **kwargs)

    def label_from_instance(self, fatura: Fatura) -> str:
        """Número, vencimento e valor."""
        return rotulo_da_fatura(fatura)


def so_destas(passo: Passo, campo: str, faturas: list[Fatura], *, marcadas: bool = False) -> None:
    """Deixa no campo só estas faturas; havendo uma só, já escolhida."""
    ids = [fatura.pk for fatura in faturas]
    passo.fields[campo].queryset = Fatura.objects.filter(pk__in=ids).order_by("vencimento", "id")
    if marcadas:
        passo.fields[campo].initial = ids
    elif len(ids) == 1:
        passo.fields[campo].initial = ids[0]


def sem_abertas(contrato: Contrato) -> str | None:
    """A frase de que não há fatura em aberto, ou `None`."""
    return None if debitos.abertas_de(contrato) else "O contrato não tem fatura em aberto."


def sem_vencidas(contrato: Contrato) -> str | None:
    """A frase de que não há fatura vencida, ou `None`."""
    return None if debitos.vencidas_de(contrato) else "O contrato não tem fatura vencida."


def descricao_do_evento(*partes: str) -> str:
    """`campo: de → para · Justificativa: … · Protocolo: …`, cortada no que o banco guarda."""
    return " · ".join(parte for parte in partes if parte)[:EVENTO_MAXIMO]


def dia(data: date | datetime) -> str:
    """`10/02/2026`, no fuso da instalação."""
    if isinstance(data, datetime):
        data = timezone.localdate(data)
    return f"{data:%d/%m/%Y}"
