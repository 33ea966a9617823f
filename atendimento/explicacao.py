"""Por que não: a regra exata que recusa um usuário, passo a passo, pela mesma decisão do console."""

from dataclasses import dataclass

from django.http import Http404

from atendimento import decisao
from atendimento.acoes.base import ACOES
from atendimento.eixo import localizar
from clientes.models import Cliente
from contratos.models import Contrato, Empresa, Etiqueta
from perfis.capacidades import Capacidade
from perfis.explicacao import explicar_capacidade, explicar_concessao
from perfis.models import Acao
from perfis.regras import EXECUTAR_ACAO, VER_WIDGET

ATENDER_EMPRESA = "contratos.atender_empresa"


@dataclass(frozen=True, slots=True)
class Passo:
    """Uma pergunta que o console faz antes de deixar, e a resposta."""

    pergunta: str
    permitido: bool
    motivos: tuple[str, ...]


def explicar(usuario, item, alvo: str = "", objeto=None) -> list[Passo]:
    """Os passos da decisão sobre `item`: uma `Capacidade`, uma `Acao` ou um `Widget` do catálogo.

    Com `alvo` e `objeto` (cliente, contrato ou etiqueta), também o escopo e, para uma ação, o estado.
    Permitido é o que passa em todos. Quem pergunta pode estar fora do escopo do objeto: dele só se
    diz a empresa.
    """
    if isinstance(item, Capacidade):
        passos = [_capacidade(usuario, item)]
    else:
        permissao = EXECUTAR_ACAO if isinstance(item, Acao) else VER_WIDGET
        explicado = explicar_concessao(usuario, permissao, item)
        passos = [
            _capacidade(usuario, Capacidade.ATENDER),
            Passo(f"{item._meta.verbose_name.capitalize()} {item}", explicado.permitido, explicado.motivos),
        ]
    if objeto is not None:
        passos.append(_escopo(usuario, alvo, objeto))
        if isinstance(item, Acao) and all(passo.permitido for passo in passos):
            passos.append(_estado(usuario, item, alvo, objeto))
    return passos


def _capacidade(usuario, capacidade: Capacidade) -> Passo:
    explicado = explicar_capacidade(usuario, capacidade)
    return Passo(capacidade.label, explicado.permitido, explicado.motivos)


def _escopo(usuario, alvo: str, objeto) -> Passo:
    pergunta = f"Escopo: {alvo} {objeto.pk if alvo == 'cliente' else objeto}"
    try:
        localizar(alvo, objeto.pk, usuario)
    except Http404:
        permitido = False
    else:
        permitido = True
    empresas = Empresa.objects.filter(pk__in=_empresas(objeto)).order_by("nome")
    motivos = [
        motivo
        for empresa in empresas
        for motivo in explicar_concessao(usuario, ATENDER_EMPRESA, empresa).motivos
    ]
    if not motivos:
        motivos = ["Cliente sem contrato: vê-o quem atende alguma empresa."]
    return Passo(pergunta, permitido, tuple(dict.fromkeys(motivos)))


def _empresas(objeto) -> list[int]:
    if isinstance(objeto, Cliente):
        return list(Contrato.objects.filter(cliente=objeto).order_by().values_list("empresa_id", flat=True))
    return [objeto.empresa_id]


def _estado(usuario, item: Acao, alvo: str, objeto: Cliente | Contrato | Etiqueta) -> Passo:
    classe = ACOES.get(item.slug)
    if classe is None or classe.alvo != alvo:
        motivo = f"A ação age sobre {item.alvo}, não sobre {alvo}."
        return Passo("Estado", False, (motivo,))
    acao = decisao.instanciar(classe, localizar(alvo, objeto.pk, usuario), usuario)
    recusa = decisao.recusa_de(acao)
    return Passo("Estado", recusa is None, (str(recusa) if recusa else "Nada impede agora.",))
