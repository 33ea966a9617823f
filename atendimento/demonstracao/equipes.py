"""Quem está em cada equipe: os logins da demonstração e alguns colegas que não entram, só aparecem."""

from dataclasses import dataclass

from atendimento.dominio import cadastros_iniciais as cadastros
from atendimento.dominio.cadastros_iniciais import garantir_cadastros
from atendimento.models import Equipe, MembroDaEquipe
from perfis.models import Perfil, Usuario


@dataclass(frozen=True)
class Colega:
    """Um usuário sem senha, de um perfil da demonstração."""

    usuario: str
    nome: tuple[str, str]
    perfil: str


COLEGAS = (
    Colega("italo", ("Ítalo", "Angico"), "Atendente N1"),
    Colega("lia", ("Lia", "Caliandra"), "Atendente N1"),
    Colega("caua", ("Cauã", "Ingá"), "Suporte N2"),
    Colega("nara", ("Nara", "Paineira"), "Atendente N1"),
    Colega("tome", ("Tomé", "Cedro"), "Atendente N1"),
)

MEMBROS = {
    "atendente": [cadastros.N1],
    "suporte": [cadastros.N2, cadastros.NOC],
    "supervisor": list(cadastros.EQUIPES),
    "encarregado": [cadastros.DPO, cadastros.OUVIDORIA],
    "italo": [cadastros.N1],
    "lia": [cadastros.N1],
    "caua": [cadastros.N2, cadastros.CAMPO],
    "nara": [cadastros.FINANCEIRO, cadastros.COBRANCA],
    "tome": [cadastros.RETENCAO, cadastros.CANCELAMENTO, cadastros.COMERCIAL_EQUIPE],
}


def garantir_equipes() -> None:
    """Cria os cadastros, os colegas e as participações que faltam."""
    garantir_cadastros()
    for colega in COLEGAS:
        _garantir(colega)
    equipes = {equipe.nome: equipe for equipe in Equipe.objects.all()}
    usuarios = {usuario.username: usuario for usuario in Usuario.objects.filter(demo=True)}
    MembroDaEquipe.objects.bulk_create(
        [
            MembroDaEquipe(equipe=equipes[nome], usuario=usuarios[quem], lider=quem == "supervisor")
            for quem, nomes in MEMBROS.items()
            for nome in nomes
            if quem in usuarios and nome in equipes
        ],
        ignore_conflicts=True,
    )


def _garantir(colega: Colega) -> None:
    perfil = Perfil.objects.filter(name=colega.perfil).first()
    if perfil is None or Usuario.objects.filter(username=colega.usuario).exists():
        return
    prenome, sobrenome = colega.nome
    usuario = Usuario(username=colega.usuario, first_name=prenome, last_name=sobrenome, demo=True)
    usuario.email = f"{colega.usuario}@exemplo.net"
    usuario.set_unusable_password()
    usuario.save()
    usuario.groups.add(perfil)
