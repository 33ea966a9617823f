"""Classificar sem mudar de situação, e fazer de uma solicitação uma reclamação."""

from datetime import date, datetime, time, timedelta

from django.db import IntegrityError, transaction

from atendimento import auditoria, transacao
from atendimento.dominio import calendarios
from atendimento.dominio.solicitacoes import regras
from atendimento.dominio.solicitacoes.fechamento import item_do_tipo
from atendimento.dominio.solicitacoes.fila import classificacao
from atendimento.dominio.solicitacoes.porta import instante, trancar
from atendimento.excecoes import DadoInvalido, TransicaoInvalida
from atendimento.models import Especie, Reclamacao, Solicitacao
from atendimento.models.reclamacao import Orgao
from atendimento.models.solicitacao import Prioridade
from atendimento.prazos import Passo


@transacao.verbo
def classificar(
    solicitacao: Solicitacao,
    *,
    por,
    versao: int | None,
    tipo=None,
    prazo=None,
    prazo_em: datetime | None = None,
    item_de_catalogo=None,
    em: datetime | None = None,
) -> Solicitacao:
    """Troca tipo, item e prazo de uma aberta, que fica com quem está. O relato é de quem chama.

    Levanta `DadoInvalido`, `SemPermissao`, `TransicaoInvalida`, `Desatualizada`.
    """
    solicitacao = _aberta(solicitacao, por, versao)
    passo = Passo(instante(solicitacao, em), solicitacao.situacao)
    campos = classificacao(solicitacao, tipo, prazo, prazo_em, passo)
    campos |= item_do_tipo(campos["tipo"], item_de_catalogo or solicitacao.item_de_catalogo)
    return _gravar(solicitacao, "classificar", por, campos)


@transacao.verbo
def registrar_reclamacao(
    solicitacao: Solicitacao,
    *,
    por,
    versao: int | None,
    tipo,
    orgao: str,
    numero_externo: str = "",
    prazo_em: date | None = None,
    em: datetime | None = None,
) -> Solicitacao:
    """Faz dela uma reclamação: urgente, com o prazo do órgão se for mais curto, e para sempre incancelável.

    Levanta `DadoInvalido` (tipo que não é de reclamação, número que falta ou já está em outra),
    `SemPermissao`, `TransicaoInvalida`, `Desatualizada`.
    """
    solicitacao = _aberta(solicitacao, por, versao)
    em = instante(solicitacao, em)
    orgao = regras.conferir_opcao(orgao, Orgao, "orgao", "o órgão")
    if tipo is None or tipo.especie != Especie.RECLAMACAO:
        raise DadoInvalido("Escolha um tipo de reclamação.", campo="tipo")
    numero = regras.conferir_texto(numero_externo, "numero_externo", "O número no órgão", maximo=40)
    if orgao != Orgao.OUVIDORIA and not numero:
        raise DadoInvalido(f"Informe o número da reclamação ({orgao.label}).", campo="numero_externo")
    campos = classificacao(solicitacao, tipo, None, None, Passo(em, solicitacao.situacao))
    campos["prioridade"] = Prioridade.URGENTE
    campos |= _prazo_mais_curto(solicitacao, campos, prazo_em, em)
    try:
        with transaction.atomic():
            Reclamacao.objects.update_or_create(
                solicitacao=solicitacao,
                defaults={"orgao": orgao, "numero_externo": numero, "prazo_em": prazo_em},
            )
    except IntegrityError as erro:
        raise DadoInvalido("Este número já está em outra solicitação.", campo="numero_externo") from erro
    return _gravar(solicitacao, "reclamar", por, campos, orgao=orgao.value)


def _aberta(solicitacao: Solicitacao, por, versao: int | None) -> Solicitacao:
    solicitacao = trancar(solicitacao, versao=versao)
    regras.exigir_dono_ou_supervisor(por, solicitacao)
    if not solicitacao.esta_aberta:
        situacao = solicitacao.get_situacao_display().lower()
        raise TransicaoInvalida(f"A solicitação {solicitacao.protocolo} está {situacao}.")
    return solicitacao


def _prazo_mais_curto(solicitacao, campos: dict, prazo_em: date | None, em: datetime) -> dict:
    """O fim do dia que o órgão dá, se vem antes do prazo que a norma já dava."""
    if prazo_em is None:
        return {}
    fuso = calendarios.fuso()
    limite = datetime.combine(prazo_em + timedelta(days=1), time(), tzinfo=fuso) - timedelta(seconds=1)
    if limite <= em:
        raise DadoInvalido("O prazo do órgão já passou.", campo="prazo_em")
    regulatorio = campos.get("prazo_regulatorio_em", solicitacao.prazo_regulatorio_em)
    de_atendimento = campos.get("prazo_em", solicitacao.prazo_em)
    return {"prazo_regulatorio_em": min(regulatorio, limite), "prazo_em": min(de_atendimento, limite)}


def _gravar(solicitacao: Solicitacao, verbo: str, por, campos: dict, **dados) -> Solicitacao:
    for nome, valor in campos.items():
        setattr(solicitacao, nome, valor)
    solicitacao.save(update_fields=sorted(campos))
    auditoria.registrar(
        f"solicitacao.{verbo}", por=por, alvo="solicitacao", alvo_id=solicitacao.pk,
        protocolo=solicitacao.protocolo, dados={"tipo": solicitacao.tipo_id} | dados,
    )  # fmt: skip
    return solicitacao
