"""Trocar e recolher o que se emprestou ao cliente; a conexão acompanha o equipamento."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from contratos.dominio.recusas import exigir
from contratos.models import Conexao, Equipamento, Etiqueta


@dataclass(frozen=True, slots=True)
class Novo:
    """O que entra no lugar: já normalizado."""

    tipo: str
    modelo: str
    patrimonio: str
    serial: str
    mac: str


def em_comodato(etiqueta: Etiqueta):
    """O que o cliente ainda tem na etiqueta."""
    return etiqueta.equipamentos.filter(devolvido_em__isnull=True)


def conexoes_do(equipamento: Equipamento):
    """As conexões ativas que autenticam por este equipamento."""
    igual = Q(pk__in=[])
    if equipamento.serial:
        igual |= Q(serial=equipamento.serial)
    if equipamento.mac:
        igual |= Q(mac=equipamento.mac)
    return Conexao.objects.filter(igual, etiqueta=equipamento.etiqueta_id, ativa=True)


def frase_do_novo(novo: Novo, velho: Equipamento) -> tuple[str, str] | None:
    """O campo e a frase do que já é de outro, ou `None`."""
    outros = Equipamento.objects.filter(devolvido_em__isnull=True).exclude(pk=velho.pk)
    if novo.patrimonio and outros.filter(patrimonio=novo.patrimonio).exists():
        return "patrimonio", "Este patrimônio já está com um cliente."
    ativas = Conexao.objects.filter(ativa=True).exclude(pk__in=conexoes_do(velho).values("pk"))
    if novo.serial and ativas.filter(serial=novo.serial).exists():
        return "serial", "Este serial já é de outra conexão ativa."
    return None


def trocar(velho: Equipamento, novo: Novo, hoje: date) -> Equipamento:
    """Recolhe um, entrega o outro e leva a conexão junto. Levanta `NaoPode`."""
    _exigir_em_comodato(velho)
    if recusa := frase_do_novo(novo, velho):
        exigir(recusa[1], campo=recusa[0])
    conexoes = list(conexoes_do(velho).values_list("pk", flat=True))
    _devolver(velho, hoje)
    entregue = Equipamento.objects.create(
        etiqueta_id=velho.etiqueta_id, tipo=novo.tipo, modelo=novo.modelo, patrimonio=novo.patrimonio,
        serial=novo.serial, mac=novo.mac, entregue_em=hoje,
    )  # fmt: skip
    Conexao.objects.filter(pk__in=conexoes).update(serial=novo.serial, mac=novo.mac)
    return entregue


def retirar(equipamento: Equipamento, hoje: date) -> None:
    """Recolhe sem pôr outro; a conexão deixa de ter serial e MAC. Levanta `NaoPode`."""
    _exigir_em_comodato(equipamento)
    conexoes_do(equipamento).update(serial="", mac="")
    _devolver(equipamento, hoje)


def _exigir_em_comodato(equipamento: Equipamento) -> None:
    atual = Equipamento.objects.select_for_update(of=("self",), no_key=True).get(pk=equipamento.pk)
    exigir("Este equipamento já voltou." if atual.devolvido_em else None, campo="equipamento")


def _devolver(equipamento: Equipamento, hoje: date) -> None:
    equipamento.devolvido_em = max(hoje, equipamento.entregue_em)
    equipamento.save(update_fields=["devolvido_em"])
