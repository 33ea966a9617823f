"""A única porta por onde a situação de uma solicitação muda."""

from datetime import date, datetime

from django.db import connection
from django.db.models import CharField, Func, Model, OuterRef, Subquery, Value
from django.utils import timezone
from django.utils.formats import date_format
from psycopg.types.json import Jsonb

from atendimento import auditoria, transacao
from atendimento.dominio import calendarios
from atendimento.dominio.solicitacoes import agentes
from atendimento.excecoes import Desatualizada, TransicaoInvalida
from atendimento.models import Apontamento, Solicitacao, Transicao
from atendimento.models.solicitacao import SolicitacaoQuerySet
from atendimento.situacoes import NENHUMA, Situacao, TipoDeTransicao, destino
from contratos.models import Contrato, Etiqueta
from contratos.models.etiqueta import EtiquetaQuerySet

_RELACIONADOS = (
    "cliente", "contrato", "etiqueta", "equipe", "responsavel", "tipo", "prazo__calendario",
    "motivo_da_pausa",
)  # fmt: skip

# O que toda transição grava, e o que só existe na pausa.
_SEMPRE = {"situacao", "situacao_desde", "versao", "alerta_em"}
_SO_DA_PAUSA = ("motivo_da_pausa", "retorna_em", "pausa_ate", "prazo_congelado_em")


def novo_protocolo(em: datetime) -> Func:
    """O próximo protocolo, que o banco dá ao gravar: a data local `AAAAMMDD` e seis algarismos da sequência.

    A sequência não desfaz: um número tirado por quem desistiu fica como um buraco.
    """
    dia = f"{em.astimezone(calendarios.fuso()):%Y%m%d}"
    numero = "to_char(nextval('atendimento_protocolo'), 'FM000000')"
    return Func(Value(dia), template=f"%(expressions)s || {numero}", output_field=CharField())


def trancar(solicitacao: Solicitacao | int, *, versao: int | None) -> Solicitacao:
    """A solicitação com a linha trancada e lida depois da tranca; a que o executor já trancou não se relê.

    Levanta `Desatualizada` se não é mais a `versao` que o formulário mostrava.
    """
    pk = solicitacao if isinstance(solicitacao, int) else solicitacao.pk
    trancada = transacao.tomar(Solicitacao, pk) or ler_trancada(pk, Solicitacao.objects.all())
    if versao is not None and trancada.versao != versao:
        raise desatualizada(trancada, versao)
    return trancada


def ler_trancada(pk: int, escopo: SolicitacaoQuerySet) -> Solicitacao:
    """A solicitação trancada, com o que os verbos leem dela. Levanta `DoesNotExist` fora do `escopo`.

    Duas leituras de propósito: a tranca com junções perderia a linha se quem a tinha mudou a equipe.
    """
    Solicitacao.objects.select_for_update(of=("self",), no_key=True).only("pk").get(pk=pk)
    ultima = Transicao.objects.filter(solicitacao=OuterRef("pk")).order_by("-versao").values("em")[:1]
    return escopo.select_related(*_RELACIONADOS).annotate(ultima_em=Subquery(ultima)).get(pk=pk)


def etiqueta_com_contrato_trancado(pk: int, escopo: EtiquetaQuerySet) -> Etiqueta:
    """A etiqueta lida depois de se trancar o contrato dela. Levanta `DoesNotExist` fora do `escopo`.

    A situação do contrato decide que tipos valem: trancado, ninguém o bloqueia no meio.
    """
    contratos = Contrato.objects.filter(etiquetas=pk).select_for_update(of=("self",), no_key=True)
    trancados = list(contratos.order_by().values_list("pk", flat=True))
    return escopo.filter(contrato__in=trancados).get(pk=pk)


def desatualizada(solicitacao: Solicitacao, versao: int) -> Desatualizada:
    """A recusa que conta quem mudou o quê desde `versao`."""
    mudancas = list(
        Transicao.objects.filter(solicitacao=solicitacao, versao__gt=versao)
        .select_related("usuario", "equipe", "responsavel", "motivo")
        .order_by("versao")
    )
    contadas = "; ".join(f"{_quem(m)}: {m.get_transicao_display().lower()} ({_hora(m.em)})" for m in mudancas)
    return Desatualizada(
        f"A solicitação {solicitacao.protocolo} mudou enquanto você escrevia "
        f"({contadas or 'a versão não confere'}). "
        f"Agora está {solicitacao.get_situacao_display().lower()}. Seu texto foi mantido.",
        mudancas=mudancas,
    )


def exigir_transicao(solicitacao: Solicitacao, transicao: TipoDeTransicao) -> Situacao:
    """A situação a que a transição leva. Levanta `TransicaoInvalida` se a tabela não a prevê."""
    para = destino(transicao, solicitacao.situacao)
    if para is None:
        raise TransicaoInvalida(
            f"A solicitação {solicitacao.protocolo} está {solicitacao.get_situacao_display().lower()}: "
            f"não se pode {transicao.label.lower()}."
        )
    return para


def instante(solicitacao: Solicitacao, em: datetime | None) -> datetime:
    """Agora, ou `em`; nunca antes da última transição, mesmo que os relógios de dois servidores difiram."""
    em = em or timezone.now()
    return max(em, solicitacao.ultima_em)


def mudar_situacao(
    solicitacao: Solicitacao,
    transicao: TipoDeTransicao,
    *,
    por,
    em: datetime,
    relato: str,
    motivo=None,
    visivel: bool = False,
    congela: bool = False,
    dados: dict | None = None,
    **campos,
) -> None:
    """Leva a solicitação trancada (ou nova) pela transição e escreve tudo o que ela deixa.

    Grava a linha, o intervalo de trabalho, a transição, o relato e a auditoria. `campos` são os da
    solicitação que mudam. Levanta `TransicaoInvalida`, ou `LimiteDoAgente` sem vaga para o responsável.
    """
    de = solicitacao.situacao
    para = exigir_transicao(solicitacao, transicao)
    mudados = _aplicar(solicitacao, transicao, para, em, campos)
    if de == NENHUMA:
        solicitacao.save(force_insert=True)
    else:
        solicitacao.save(update_fields=sorted(mudados | _SEMPRE))
    _apontar(solicitacao, de, para, em)
    valores = {
        "solicitacao": solicitacao.pk,
        "versao": solicitacao.versao,
        "transicao": transicao.value,
        "de": str(de),
        "para": para.value,
        "em": em,
        "usuario": por and por.pk,
        "perfil": auditoria.perfis_de(por),
        "equipe": solicitacao.equipe_id,
        "responsavel": solicitacao.responsavel_id,
        "motivo": motivo and motivo.pk,
        "congela": congela,
        "dados": Jsonb(dados or {}),
        "relato": relato,
        "visivel": visivel,
    }
    with connection.cursor() as cursor:
        cursor.execute(_TRANSICAO_E_RELATO, valores)
    auditoria.registrar(
        f"solicitacao.{transicao.value}",
        por=por,
        alvo="solicitacao",
        alvo_id=solicitacao.pk,
        protocolo=solicitacao.protocolo,
        dados={"versao": solicitacao.versao, "de": de, "para": para, "mudou": _para_json(campos)},
    )


# Os dois num comando: o relato aponta a transição que acaba de nascer.
_TRANSICAO_E_RELATO = """
WITH passo AS (
  INSERT INTO atendimento_transicao (
    solicitacao_id, versao, transicao, de, para, em, usuario_id, perfil, equipe_id, responsavel_id,
    motivo_id, congela, dados
  ) VALUES (
    %(solicitacao)s, %(versao)s, %(transicao)s, %(de)s, %(para)s, %(em)s, %(usuario)s, %(perfil)s,
    %(equipe)s, %(responsavel)s, %(motivo)s, %(congela)s, %(dados)s
  ) RETURNING id
)
INSERT INTO atendimento_relato (solicitacao_id, autor_id, texto, visivel_ao_cliente, em, transicao_id)
  SELECT %(solicitacao)s, %(usuario)s, %(relato)s, %(visivel)s, %(em)s, id FROM passo
"""


def _aplicar(solicitacao, transicao, para, em, campos) -> set[str]:
    """Põe os campos na instância e devolve os nomes dos que se gravam."""
    if para != Situacao.PAUSADA:
        campos = dict.fromkeys(_SO_DA_PAUSA) | campos
    for campo, valor in campos.items():
        setattr(solicitacao, campo, valor)
    if solicitacao.situacao != para or transicao == TipoDeTransicao.TRANSFERIR:
        solicitacao.situacao_desde = em
        solicitacao.alerta_em = None
    if solicitacao.situacao != NENHUMA:
        solicitacao.versao += 1
    solicitacao.situacao = para
    return set(campos)


def _apontar(solicitacao, de, para, em) -> None:
    """Fecha o intervalo de quem deixou o atendimento e abre o de quem entrou."""
    if de == Situacao.EM_ATENDIMENTO != para:
        Apontamento.objects.filter(solicitacao=solicitacao, fim__isnull=True).update(fim=em)
    if para == Situacao.EM_ATENDIMENTO != de:
        agentes.ocupar_vaga(solicitacao.responsavel, solicitacao, em)


def _para_json(campos: dict) -> dict:
    """Os campos que mudaram; textos livres e nomes ficam só no relato."""
    convertidos = {}
    for nome, valor in campos.items():
        if isinstance(valor, Model):
            convertidos[nome] = valor.pk
        elif isinstance(valor, datetime | date):
            convertidos[nome] = valor.isoformat()
        elif valor is None or isinstance(valor, bool | int):
            convertidos[nome] = valor
    return convertidos


def _quem(transicao: Transicao) -> str:
    return transicao.usuario.nome_exibido if transicao.usuario else "o sistema"


def _hora(em: datetime) -> str:
    return date_format(timezone.localtime(em), "d/m H:i")
