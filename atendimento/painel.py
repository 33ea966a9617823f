"""O que o painel *Informações do cliente* mostra, lido em três comandos SQL para qualquer cliente."""

from dataclasses import dataclass, field

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.http import Http404

from atendimento import cartoes, mascaras
from atendimento.arranjo import lugares
from atendimento.consultas import ID, Consulta
from atendimento.massivas import ler_do_cliente
from atendimento.models import Massiva
from atendimento.widgets.base import WIDGETS, Widget
from clientes.models import Cliente
from contratos.enums import SITUACOES_ATIVAS, SituacaoDoContrato
from contratos.models import Contrato, Etiqueta
from perfis.capacidades import Capacidade
from perfis.models.concessao import Coluna

SEM_CONTRATO = "Cliente sem contrato: não pode ser atendido."


@dataclass
class Painel:
    """Um cliente, seus contratos visíveis e o eixo escolhido (contrato + etiqueta)."""

    cliente: dict
    contratos: list[dict]
    contrato: dict | None = None
    etiqueta: dict | None = None
    abas: list[type[Widget]] = field(default_factory=list)
    colunas: dict[str, list[dict]] = field(default_factory=dict)
    massivas: list[Massiva] = field(default_factory=list)
    documento_revelavel: bool = False

    @property
    def impedimento(self) -> str | None:
        """Por que este cliente não pode ser atendido, ou `None`."""
        return None if self.contratos else SEM_CONTRATO

    def objeto_de(self, alvo: str) -> int | None:
        """O id do alvo de um widget no eixo escolhido."""
        escolhido = {"cliente": self.cliente, "contrato": self.contrato, "etiqueta": self.etiqueta}[alvo]
        return escolhido["id"] if escolhido else None


def montar(
    usuario, *, cliente_id: int | None = None, contrato_id: int | None = None, etiqueta_id=None
) -> Painel:
    """O painel do cliente (ou do dono do contrato) com o eixo escolhido.

    Levanta `Http404` para cliente, contrato ou etiqueta que não existe ou está fora do escopo.
    """
    painel = Painel(_cliente(usuario, cliente_id, contrato_id), [])
    painel.contratos = _contratos(usuario, painel.cliente["id"])
    _escolher(painel, contrato_id, numero(etiqueta_id))
    painel.documento_revelavel = not usuario.permissoes.tem(Capacidade.VER_DOCUMENTO) and (
        usuario.permissoes.tem(Capacidade.REVELAR_DADOS)
    )
    painel.abas = abas_de(usuario)
    painel.massivas = ler_do_cliente(painel.cliente["id"]) if painel.contratos else []
    painel.colunas = _colunas(painel, usuario)
    return painel


def abas_de(usuario) -> list[type[Widget]]:
    """As abas do contrato que o perfil concede, na ordem do perfil."""
    concedidos = usuario.permissoes.widgets
    abas = [w for w in WIDGETS if w.regiao == "aba" and w.slug in concedidos]
    return sorted(abas, key=lambda w: (concedidos[w.slug].ordem, w.ordem, w.slug))


def _colunas(painel: Painel, usuario) -> dict[str, list[dict]]:
    """Os cartões de cada coluna, com o endereço de cada um no eixo escolhido."""
    colunas: dict[str, list[dict]] = {coluna: [] for coluna in Coluna.values}
    for lugar in lugares(usuario.permissoes, usuario.arranjo):
        widget, pk = lugar.widget, painel.objeto_de(lugar.widget.alvo)
        if pk is not None:
            url = f"/widgets/{widget.slug}/{widget.alvo}/{pk}/"
            recolhido = lugar.recolhido and not widget.urgente(painel)
            colunas[lugar.coluna].append(
                {
                    "widget": widget,
                    "url": url,
                    "recolhido": recolhido,
                    "cabecalho": cartoes.cabecalho(widget, recolhido),
                    "esqueleto": cartoes.esqueleto(widget),
                }
            )
    return colunas


def numero(texto: str | None) -> int | None:
    """O id que veio num endereço, ou `None` sem nenhum. Levanta `Http404` para outra coisa."""
    if texto is None or texto == "":
        return None
    if not str(texto).isascii() or not str(texto).isdigit() or len(str(texto)) > 18:
        raise Http404
    return int(texto)


def _cadastro(clientes: QuerySet) -> QuerySet:
    return clientes.order_by().values(
        "id", "tipo", "nome", "nome_social", "nome_fantasia", "documento", "nascimento", "segmento",
        "observacao", "demo",
    )[:1]  # fmt: skip


CLIENTE = Consulta(lambda quem, pk: _cadastro(Cliente.objects.visiveis_para(quem).filter(pk=pk)), ID)
TITULAR = Consulta(
    lambda quem, contrato: _cadastro(Cliente.objects.visiveis_para(quem).filter(contratos=contrato)), ID
)


def _cliente(usuario, cliente_id: int | None, contrato_id: int | None) -> dict:
    cliente = CLIENTE.primeira(usuario, cliente_id) if cliente_id else TITULAR.primeira(usuario, contrato_id)
    if cliente is None:
        raise Http404
    documento = cliente.pop("documento")
    return cliente | {
        "nome_exibido": cliente["nome_social"] or cliente["nome"],
        "documento": mascaras.documento(documento, usuario.permissoes),
    }


def _contratos_com_etiquetas(quem, cliente) -> QuerySet:
    etiquetas = (
        Etiqueta.objects.filter(contrato_id=OuterRef("pk"))
        .order_by("-ativa", "id")
        .values(
            dados=JSONObject(
                id=F("id"), codigo=F("codigo"), descricao=F("descricao"), ativa=F("ativa"),
                logradouro=F("endereco__logradouro"), numero=F("endereco__numero"),
                bairro=F("endereco__bairro"),
            )
        )
    )  # fmt: skip
    return (
        Contrato.objects.visiveis_para(quem)
        .filter(cliente_id=cliente)
        .order_by("id")
        .values("id", "numero", "situacao", "empresa__nome", "valor", "vigencia_inicio")
        .annotate(etiquetas=ArraySubquery(etiquetas))
    )


CONTRATOS = Consulta(_contratos_com_etiquetas, ID)


def _contratos(usuario, cliente_id: int) -> list[dict]:
    contratos = CONTRATOS(usuario, cliente_id)
    for contrato in contratos:
        contrato["ativo"] = contrato["situacao"] in SITUACOES_ATIVAS
        contrato["situacao_texto"] = SituacaoDoContrato(contrato["situacao"]).label
        for etiqueta in contrato["etiquetas"]:
            etiqueta["contrato_id"] = contrato["id"]
    return sorted(contratos, key=lambda c: not c["ativo"])


def _escolher(painel: Painel, contrato_id: int | None, etiqueta_id: int | None) -> None:
    """Marca o contrato e a etiqueta pedidos; sem pedido, a primeira ativa do primeiro contrato."""
    contratos = [c for c in painel.contratos if contrato_id in (None, c["id"])]
    if etiqueta_id is not None:
        contratos = [c for c in contratos if any(e["id"] == etiqueta_id for e in c["etiquetas"])]
    if not contratos:
        if contrato_id is not None or etiqueta_id is not None:
            raise Http404
        return
    painel.contrato = contratos[0]
    etiquetas = painel.contrato["etiquetas"]
    painel.etiqueta = next(
        (e for e in etiquetas if etiqueta_id in (None, e["id"])), etiquetas[0] if etiquetas else None
    )
