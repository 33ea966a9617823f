"""Mudar de endereço: o pedido guarda para onde; a visita executada é que muda a etiqueta."""

from django.utils import timezone

from clientes.models import Endereco
from contratos.dominio.recusas import exigir
from contratos.enums import SituacaoDoContrato
from contratos.models import Conexao, Etiqueta, MudancaDeEndereco


def pendente(etiqueta: Etiqueta) -> MudancaDeEndereco | None:
    """A mudança pedida e ainda não feita."""
    return (
        etiqueta.mudancas.filter(concluida_em__isnull=True, desfeita_em__isnull=True)
        .select_related("de", "para")
        .first()
    )


def impedimento_de_mudar(etiqueta: Etiqueta) -> str | None:
    """Por que não se pede a mudança agora, ou `None`."""
    if etiqueta.contrato.situacao != SituacaoDoContrato.NORMAL:
        situacao = etiqueta.contrato.get_situacao_display()
        return f"Só um contrato com situação Normal muda de endereço; este está em {situacao}."
    mudanca = pendente(etiqueta)
    if mudanca:
        return f"Já há uma mudança de endereço pedida em {timezone.localtime(mudanca.pedida_em):%d/%m/%Y}."
    return None


def pedir(etiqueta: Etiqueta, lugar: dict, *, por, protocolo: str) -> MudancaDeEndereco:
    """Guarda o endereço novo no cadastro do cliente e o pedido. Levanta `NaoPode`."""
    exigir(impedimento_de_mudar(etiqueta))
    para = Endereco.objects.create(cliente_id=etiqueta.contrato.cliente_id, **lugar)
    return MudancaDeEndereco.objects.create(
        etiqueta=etiqueta, de=etiqueta.endereco, para=para, protocolo=protocolo, registrada_por=por
    )


def concluir(mudanca: MudancaDeEndereco) -> None:
    """A equipe reinstalou: a etiqueta e as conexões passam ao endereço novo."""
    mudanca.concluida_em = timezone.now()
    mudanca.save(update_fields=["concluida_em"])
    Etiqueta.objects.filter(pk=mudanca.etiqueta_id).update(endereco=mudanca.para)
    Conexao.objects.filter(etiqueta=mudanca.etiqueta_id, ativa=True).update(endereco=mudanca.para)


def desfazer(mudanca: MudancaDeEndereco) -> None:
    """O pedido não vale mais; o endereço novo fica no cadastro."""
    mudanca.desfeita_em = timezone.now()
    mudanca.save(update_fields=["desfeita_em"])
