"""A vida de uma massiva: abre-se ou confirma-se, vinculam-se solicitações, e encerra-se com elas em bloco.

Cada verbo confere a permissão, tranca a linha, confere a situação, grava e audita. As solicitações se
encerram uma a uma, cada uma em sua transação e com o seu relato: a que alguém tem em mãos fica, e o
resultado diz por quê.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from atendimento import auditoria
from atendimento.dominio.solicitacoes import encerrar_em_bloco, regras
from atendimento.dominio.solicitacoes.porta import trancar
from atendimento.excecoes import DadoInvalido, Recusa, SemPermissao, TransicaoInvalida
from atendimento.massivas import da_etiqueta
from atendimento.models import Massiva, Relato, Solicitacao
from atendimento.models.massiva import CAMPOS_DO_ESCOPO, DE_TEXTO, DO_ALVO, Escopo, SituacaoDaMassiva
from perfis.capacidades import Capacidade

JA_HA_UMA = "Já há uma massiva viva neste mesmo lugar."


@dataclass(frozen=True, slots=True)
class Fechamento:
    """O que houve com uma solicitação vinculada."""

    solicitacao: Solicitacao
    frase: str
    feito: bool


@transaction.atomic
def abrir(
    *, por, titulo: str, escopo: str, alvo: dict, inicio: datetime, texto: str = "", previsao=None
) -> Massiva:
    """Uma massiva que vale desde já. `alvo` são os campos do escopo.

    Levanta `SemPermissao`, `DadoInvalido`.
    """
    exigir_supervisor(por)
    massiva = Massiva(
        titulo=regras.conferir_texto(titulo, "titulo", "O título", minimo=1, maximo=120),
        texto=regras.conferir_texto(texto, "texto", "O texto", maximo=1000),
        inicio=inicio,
        previsao=_conferir_previsao(previsao, inicio),
        criada_por=por,
        **_conferir_alvo(escopo, alvo),
    )
    if inicio > timezone.now():
        raise DadoInvalido("O início é no passado ou agora.", campo="inicio")
    _gravar(massiva, force_insert=True)
    _auditar("abrir", massiva, por)
    return massiva


@transaction.atomic
def sugerir(*, escopo: str, alvo: dict, inicio: datetime, evidencia: dict, titulo: str) -> Massiva | None:
    """O que o detector viu, à espera de um supervisor; nada, se ali já há uma viva. É do trabalhador."""
    campos = _conferir_alvo(escopo, alvo)
    massiva = Massiva(
        titulo=titulo[:120], inicio=inicio, evidencia=evidencia, situacao=SituacaoDaMassiva.SUGERIDA, **campos
    )
    try:
        _gravar(massiva, force_insert=True)
    except DadoInvalido:
        return None
    _auditar("sugerir", massiva, None, evidencia=evidencia)
    return massiva


@transaction.atomic
def confirmar(massiva: Massiva, *, por, titulo: str, texto: str = "", previsao=None) -> Massiva:
    """Faz de uma sugestão uma massiva aberta; numa já aberta, muda o que se diz dela."""
    exigir_supervisor(por)
    massiva = _trancar(massiva)
    if massiva.situacao not in (SituacaoDaMassiva.SUGERIDA, SituacaoDaMassiva.ABERTA):
        raise TransicaoInvalida(f"A massiva está {massiva.get_situacao_display().lower()}.")
    massiva.titulo = regras.conferir_texto(titulo, "titulo", "O título", minimo=1, maximo=120)
    massiva.texto = regras.conferir_texto(texto, "texto", "O texto", maximo=1000)
    massiva.previsao = _conferir_previsao(previsao, massiva.inicio)
    massiva.situacao = SituacaoDaMassiva.ABERTA
    massiva.decidida_por = por
    massiva.save()
    _auditar("confirmar", massiva, por)
    return massiva


@transaction.atomic
def descartar(massiva: Massiva, *, por) -> Massiva:
    """Diz que a sugestão era engano. Levanta `TransicaoInvalida` para o que não é sugestão."""
    exigir_supervisor(por)
    massiva = _trancar(massiva)
    if massiva.situacao != SituacaoDaMassiva.SUGERIDA:
        raise TransicaoInvalida(f"A massiva está {massiva.get_situacao_display().lower()}: não se descarta.")
    massiva.situacao, massiva.decidida_por = SituacaoDaMassiva.DESCARTADA, por
    massiva.save()
    _auditar("descartar", massiva, por)
    return massiva


@transaction.atomic
def vincular(
    solicitacao: Solicitacao, *, por, massiva: Massiva | None, versao: int | None = None
) -> Solicitacao:
    """Liga a solicitação à massiva, ou a desliga dela. Não muda a situação nem a versão.

    Levanta `SemPermissao`, `TransicaoInvalida` (fechada, ou a massiva acabou), `DadoInvalido` (não atinge).
    """
    solicitacao = trancar(solicitacao, versao=versao)
    # Com a massiva trancada, ou o encerramento em bloco vê este vínculo, ou isto vê que ela acabou.
    if massiva:
        massiva = _trancar(massiva)
    regras.exigir_atendente(por, solicitacao.empresa_id)
    if not solicitacao.esta_aberta:
        raise TransicaoInvalida(f"A solicitação {solicitacao.protocolo} está fechada: não se vincula.")
    if massiva and massiva.situacao != SituacaoDaMassiva.ABERTA:
        raise TransicaoInvalida(f"A massiva “{massiva}” está {massiva.get_situacao_display().lower()}.")
    if massiva and not da_etiqueta(solicitacao.etiqueta_id).filter(pk=massiva.pk).exists():
        raise DadoInvalido("Esta massiva não atinge a etiqueta da solicitação.", campo="massiva")
    solicitacao.massiva = massiva
    solicitacao.save(update_fields=["massiva"])
    Relato.objects.create(
        solicitacao=solicitacao,
        autor=por,
        texto=f"Vinculada à massiva “{massiva}”." if massiva else "Desvinculada da massiva.",
        em=timezone.now(),
    )
    auditoria.registrar(
        "solicitacao.vincular_massiva", por=por, alvo="solicitacao", alvo_id=solicitacao.pk,
        protocolo=solicitacao.protocolo, dados={"massiva": massiva and massiva.pk},
    )  # fmt: skip
    return solicitacao


def encerrar(massiva: Massiva, *, por, fim: datetime, solucao, relato: str, tipo=None) -> list[Fechamento]:
    """Encerra a massiva e, uma a uma, as solicitações vinculadas que ninguém tem em mãos.

    Repetir, se caiu no meio, fecha as que faltaram. Levanta `SemPermissao`, `DadoInvalido`,
    `TransicaoInvalida`.
    """
    exigir_supervisor(por)
    relato = regras.conferir_texto(relato, "relato", "O relato", minimo=regras.RESUMO_MINIMO)
    if solucao is None or not solucao.ativo:
        raise DadoInvalido("Escolha a solução.", campo="solucao")
    massiva = _terminar(massiva, por, fim)
    vinculadas = Solicitacao.objects.visiveis_para(por).filter(massiva=massiva).abertas().order_by("id")
    return [_fechar(s, massiva, por, solucao, relato, tipo) for s in vinculadas]


@transaction.atomic
def _terminar(massiva: Massiva, por, fim: datetime) -> Massiva:
    massiva = _trancar(massiva)
    if massiva.situacao == SituacaoDaMassiva.ENCERRADA:
        return massiva
    if massiva.situacao != SituacaoDaMassiva.ABERTA:
        raise TransicaoInvalida(f"A massiva está {massiva.get_situacao_display().lower()}: não se encerra.")
    if not massiva.inicio < fim <= timezone.now():
        raise DadoInvalido("O fim vem depois do início, e não no futuro.", campo="fim")
    massiva.fim, massiva.situacao, massiva.decidida_por = fim, SituacaoDaMassiva.ENCERRADA, por
    massiva.save()
    _auditar("encerrar", massiva, por)
    return massiva


def _fechar(solicitacao, massiva, por, solucao, relato, tipo) -> Fechamento:
    try:
        fechada = encerrar_em_bloco(
            solicitacao,
            por=por,
            solucao=solucao,
            tipo=tipo,
            relato=f"Massiva “{massiva}” encerrada. {relato}",
        )
    except Recusa as recusa:
        return Fechamento(solicitacao, recusa.frase, feito=False)
    return Fechamento(fechada, "Encerrada.", feito=True)


def exigir_supervisor(por) -> None:
    """Levanta `SemPermissao` para quem não supervisiona."""
    if not por.permissoes.tem(Capacidade.SUPERVISIONAR):
        raise SemPermissao("Só quem supervisiona decide sobre massivas.")


def _trancar(massiva: Massiva) -> Massiva:
    return Massiva.objects.select_for_update(of=("self",), no_key=True).get(pk=massiva.pk)


def _gravar(massiva: Massiva, **como) -> None:
    try:
        with transaction.atomic():
            massiva.save(**como)
    except IntegrityError as erro:
        if "massiva_viva_unica_por_alvo" in str(erro):
            raise DadoInvalido(JA_HA_UMA, campo="escopo") from erro
        raise


def _conferir_alvo(escopo: str, alvo: dict) -> dict:
    """Os campos do alvo: os do escopo preenchidos, os outros vazios."""
    try:
        campos = CAMPOS_DO_ESCOPO[Escopo(escopo)]
    except ValueError as erro:
        raise DadoInvalido("Escolha o que a massiva atinge.", campo="escopo") from erro
    for campo in campos:
        if alvo.get(campo) in (None, ""):
            raise DadoInvalido("Diga onde é a massiva.", campo=campo)
    vazios = {campo: "" if campo in DE_TEXTO else None for campo in DO_ALVO}
    return vazios | {campo: alvo[campo] for campo in campos} | {"escopo": escopo}


def _conferir_previsao(previsao: datetime | None, inicio: datetime) -> datetime | None:
    if previsao and previsao <= inicio:
        raise DadoInvalido("A previsão vem depois do início.", campo="previsao")
    return previsao


def _auditar(verbo: str, massiva: Massiva, por, **dados) -> None:
    auditoria.registrar(
        f"massiva.{verbo}", por=por, alvo="massiva", alvo_id=massiva.pk,
        dados={"titulo": massiva.titulo, "escopo": massiva.escopo, "onde": massiva.onde} | dados,
    )  # fmt: skip
