"""Relatos e anexos: o que se acrescenta à solicitação sem mudar sua situação."""

import hashlib
from datetime import datetime, timedelta

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from atendimento import auditoria, transacao
from atendimento.dominio.solicitacoes import regras
from atendimento.dominio.solicitacoes.formatos import reconhecer
from atendimento.dominio.solicitacoes.porta import trancar
from atendimento.excecoes import AnexoRecusado, DadoInvalido, TransicaoInvalida
from atendimento.models import Anexo, Relato, Solicitacao

RELATO_MAXIMO = 8000
# O mesmo envio outra vez (um duplo clique, um POST repetido) chega logo depois do primeiro.
MESMO_ENVIO = timedelta(minutes=1)


@transacao.verbo
def relatar(
    solicitacao: Solicitacao,
    *,
    por,
    texto: str,
    visivel_ao_cliente: bool = False,
    corrige: Relato | None = None,
    em: datetime | None = None,
) -> Relato:
    """Acrescenta um relato; `corrige` aponta o que ele corrige, que fica como está.

    Quem atende a empresa pode, em qualquer situação. O mesmo texto do mesmo autor em menos de um minuto é
    um relato só. Levanta `SemPermissao`, `DadoInvalido`.
    """
    solicitacao = trancar(solicitacao, versao=None)
    regras.exigir_atendente(por, solicitacao.empresa_id)
    if corrige and corrige.solicitacao_id != solicitacao.pk:
        raise DadoInvalido("O relato corrigido é de outra solicitação.", campo="corrige")
    campos = {
        "solicitacao": solicitacao,
        "autor": por,
        "texto": regras.conferir_texto(texto, "texto", "O relato", minimo=1, maximo=RELATO_MAXIMO),
        "visivel_ao_cliente": visivel_ao_cliente,
        "corrige": corrige,
    }
    em = em or timezone.now()
    igual = Relato.objects.filter(**campos, em__gt=em - MESMO_ENVIO).first()
    if igual:
        return igual
    relato = Relato.objects.create(**campos, em=em)
    _auditar("relatar", solicitacao, por, relato=relato.pk, corrige=corrige and corrige.pk)
    return relato


@transacao.verbo
def anexar(solicitacao: Solicitacao, *, por, arquivo: File, visivel_ao_cliente: bool = False) -> Anexo:
    """Guarda um arquivo, se seu conteúdo é de um formato aceito e cabe no limite.

    O mesmo arquivo da mesma pessoa em menos de um minuto é um anexo só. Levanta `AnexoRecusado`,
    `SemPermissao`, e `TransicaoInvalida` numa solicitação fechada.
    """
    solicitacao = trancar(solicitacao, versao=None)
    regras.exigir_atendente(por, solicitacao.empresa_id)
    if not solicitacao.esta_aberta:
        raise TransicaoInvalida(f"A solicitação {solicitacao.protocolo} está fechada: não recebe anexos.")
    if not arquivo.size:
        raise AnexoRecusado("O arquivo está vazio.")
    if arquivo.size > settings.ANEXO_MAXIMO_BYTES:
        raise AnexoRecusado(f"O arquivo passa de {settings.ANEXO_MAXIMO_BYTES // 1024 // 1024} MB.")
    formato, resumo = reconhecer(arquivo), _resumo(arquivo)
    igual = solicitacao.anexos.filter(
        sha256=resumo, enviado_por=por, enviado_em__gte=timezone.now() - MESMO_ENVIO
    ).first()
    if igual:
        return igual
    anexo = Anexo(
        solicitacao=solicitacao,
        nome=_nome_limpo(arquivo.name or "anexo"),
        formato=formato,
        tamanho=arquivo.size,
        sha256=resumo,
        visivel_ao_cliente=visivel_ao_cliente,
        enviado_por=por,
        enviado_em=timezone.now(),
    )
    anexo.arquivo.save(anexo.nome, arquivo, save=False)
    try:
        with transaction.atomic():
            anexo.save(force_insert=True)
            _auditar("anexar", solicitacao, por, anexo=anexo.pk, sha256=anexo.sha256)
    except BaseException:
        anexo.arquivo.storage.delete(anexo.arquivo.name)
        raise
    return anexo


def _auditar(verbo: str, solicitacao: Solicitacao, por, **dados) -> None:
    auditoria.registrar(
        f"solicitacao.{verbo}",
        por=por,
        alvo="solicitacao",
        alvo_id=solicitacao.pk,
        protocolo=solicitacao.protocolo,
        dados=dados,
    )


def _resumo(arquivo: File) -> str:
    resumo = hashlib.sha256()
    for pedaco in arquivo.chunks():
        resumo.update(pedaco)
    return resumo.hexdigest()


def _nome_limpo(nome: str) -> str:
    """Só o nome, sem pastas nem caracteres de controle, com a extensão quando é preciso encurtar."""
    nome = (
        "".join(c for c in nome.replace("\\", "/").split("/")[-1] if c.isprintable()).strip(". ") or "anexo"
    )
    raiz, ponto, extensao = nome.rpartition(".")
    if ponto and len(nome) > 120:
        extensao = extensao[:10]
        return f"{raiz[: 119 - len(extensao)]}.{extensao}"
    return nome[:120]
