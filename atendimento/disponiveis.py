"""As ações que o perfil concede sobre um cliente, um contrato, uma etiqueta ou uma solicitação.

A que o estado impede aparece desligada, com a frase; a que o perfil não concede não aparece.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace

from django.urls import reverse

from atendimento.acoes.base import ACOES, Acao, Contexto
from atendimento.catalogo_guardado import acoes_do_catalogo
from atendimento.decisao import equipes_de, limites_de, protocolo_em_maos, recusa_de
from atendimento.eixo import Eixo
from atendimento.models import Solicitacao
from atendimento.situacoes import Situacao

SEM_CONTRATO = "Cliente sem contrato: não pode ser atendido."
SEM_ETIQUETA = "Este contrato não tem etiqueta de serviço."

# A ação que leva adiante o que está parado.
ADIANTE = {
    Situacao.ABERTA: "assumir",
    Situacao.PAUSADA: "retomar",
    Situacao.AGENDADA: "retornar",
    Situacao.ENCERRADA: "reabrir",
}


@dataclass(frozen=True, slots=True)
class AcaoDisponivel:
    """Uma ação no menu. `url` é sempre a da ação; `impedimento` diz por que não se abre agora."""

    slug: str
    nome: str
    grupo: str
    icone: str
    alvo: str
    favorita: bool
    perigosa: bool
    url: str
    impedimento: str = ""


def acoes_disponiveis(
    usuario, eixo: Eixo, *, so: Collection[str] | None = None, equipes: frozenset[int] | None = None
) -> list[AcaoDisponivel]:
    """Na ordem da concessão. O eixo diz sobre o quê: com solicitação, também as transições dela.

    O de um cliente com contratos é o da etiqueta escolhida; o de cliente, só para quem não tem nenhum.
    `so` são os slugs que interessam (todos, sem ele); `equipes`, as do usuário, se já foram lidas.

    No máximo um comando SQL, por mais ações que haja, e mais um quando o catálogo mudou (fora o que os
    impedimentos leem).
    """
    classes = [
        classe
        for classe in _em_ordem(usuario.permissoes)
        if (so is None or classe.slug in so) and not (classe.alvo == "solicitacao" and not eixo.solicitacao)
    ]
    itens = acoes_do_catalogo(usuario.permissoes.versao_do_catalogo) if classes else {}
    if equipes is None:
        equipes = equipes_de(usuario, eixo)
    return [
        _descrever(classe, itens[classe.slug], usuario, eixo, equipes)
        for classe in classes
        if classe.slug in itens
    ]


def com_atendimento(usuario, eixo: Eixo) -> Eixo:
    """O eixo com a solicitação deste cliente que o agente tem em mãos, se tem."""
    return eixo.com_solicitacao(protocolo_em_maos(usuario, eixo))


def continuacao(usuario, solicitacao: Solicitacao) -> dict[str, str]:
    """Endereço e rótulo da ação com que `usuario` continua uma solicitação aberta; vazios, sem nenhuma."""
    slug = ADIANTE.get(Situacao(solicitacao.situacao)) if solicitacao.esta_aberta else None
    minha = solicitacao.responsavel_id in (None, usuario.pk)
    if not (slug and minha and usuario.permissoes.acao(slug)):
        return {"url": "", "rotulo": ""}
    url = reverse("acao", args=[slug, "solicitacao", solicitacao.pk])
    return {"url": url, "rotulo": ACOES[slug].confirmar}


def _em_ordem(permissoes) -> list[type[Acao]]:
    concedidas = permissoes.acoes
    classes = [
        c for c in ACOES if c.slug in concedidas and (not c.capacidade or permissoes.tem(c.capacidade))
    ]
    return sorted(classes, key=lambda c: (concedidas[c.slug].ordem, c.ordem, c.slug))


def _descrever(classe: type[Acao], item, usuario, eixo: Eixo, equipes: frozenset[int]) -> AcaoDisponivel:
    proprio = replace(eixo, alvo=classe.alvo)
    objeto = proprio.objeto
    return AcaoDisponivel(
        slug=classe.slug,
        nome=item.nome,
        grupo=item.grupo,
        icone=item.icone or classe.icone,
        alvo=classe.alvo,
        favorita=usuario.permissoes.acao(classe.slug).marcado,
        perigosa=classe.perigosa,
        url=reverse("acao", args=[classe.slug, classe.alvo, objeto.pk]) if objeto else "",
        impedimento=_impedimento(classe, item, proprio, usuario, equipes),
    )


def _impedimento(classe: type[Acao], item, eixo: Eixo, usuario, equipes: frozenset[int]) -> str:
    if eixo.contrato is None:
        return SEM_CONTRATO
    if eixo.objeto is None:
        return SEM_ETIQUETA
    configuracao = getattr(item, "configuracao", None)
    limites = limites_de(classe, usuario, configuracao)
    acao = classe(Contexto(usuario, eixo, limites, equipes, configuracao=configuracao))
    recusa = recusa_de(acao)
    return recusa.frase if recusa else ""
