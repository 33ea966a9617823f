"""Uma rede simulada mínima, e como se roda o que o trabalhador faria."""

from contratos.models import Conexao, Etiqueta
from tests import fabricas

MAC = "00005E005301"


def criar_conexao(etiqueta: Etiqueta | None = None, *, roteiro: dict | None = None, **campos) -> Conexao:
    """Uma conexão num concentrador e numa OLT simulados; `roteiro` é o defeito dela (no RADIUS e na OLT)."""
    login = campos.setdefault("login", "jacira@ipe")
    serial = campos.setdefault("serial", "HWTC1A2B3C4D")
    defeito = roteiro or {}
    olt = campos.pop("olt", None) or fabricas.criar_olt(integracao="simulada", roteiro={serial: defeito})
    return fabricas.criar_conexao(
        etiqueta,
        **{
            "concentrador": fabricas.criar_concentrador(integracao="simulada", roteiro={login: defeito}),
            "olt": olt,
            "slot_olt": 1,
            "porta_olt": 2,
            "mac": MAC,
        }
        | campos,
    )


def reler(conexao: Conexao) -> Conexao:
    """A mesma, como está no banco."""
    return Conexao.objects.get(pk=conexao.pk)
