"""Abrir, iniciar e registrar contatos que ainda não têm etiqueta."""

from datetime import datetime

from django.utils import timezone

from atendimento import auditoria, transacao
from atendimento.dominio import mensagens
from atendimento.dominio.solicitacoes import agentes, regras, vencimentos
from atendimento.dominio.solicitacoes.porta import (
    etiqueta_com_contrato_trancado,
    mudar_situacao,
    novo_protocolo,
)
from atendimento.dominio.solicitacoes.relatos import MESMO_ENVIO
from atendimento.excecoes import DadoInvalido, Impedida, SemPermissao
from atendimento.models import Canal, ContatoReceptivo, Equipe, Solicitacao
from atendimento.models.solicitacao import Prioridade, Relacao
from atendimento.prazos import Passo
from atendimento.situacoes import NENHUMA, Situacao, TipoDeTransicao
from clientes.models import Cliente
from contratos.enums import SituacaoDoContrato
from contratos.models import Etiqueta

_ACABADO = (SituacaoDoContrato.CANCELADO, SituacaoDoContrato.ENCERRADO)


def abertas_da_etiqueta(etiqueta, *, por):
    """As solicitações abertas da etiqueta que `por` vê: antes de iniciar outra, *continuar nela?*"""
    return Solicitacao.objects.visiveis_para(por).abertas().da_etiqueta(etiqueta).por_prazo()


@transacao.verbo
def abrir(
    *,
    por,
    etiqueta: Etiqueta,
    canal: str,
    solicitante_nome: str,
    descricao: str,
    solicitante_telefone: str = "",
    solicitante_relacao: str = Relacao.TITULAR,
    tipo=None,
    prazo=None,
    prazo_em: datetime | None = None,
    equipe: Equipe | None = None,
    prioridade: int = Prioridade.NORMAL,
    pai: Solicitacao | None = None,
    contato: ContatoReceptivo | None = None,
    em: datetime | None = None,
) -> Solicitacao:
    """Põe uma demanda nova na fila da equipe, sem dono. Devolve a solicitação, já com protocolo.

    Sem `equipe`, vale a do tipo ou a de `por`. Levanta `SemPermissao` e `DadoInvalido`.
    """
    regras.conferir_texto(descricao, "descricao", "A descrição", minimo=1)
    equipes = list(Equipe.objects.de(por).order_by("nome"))
    equipe = equipe or (tipo and tipo.equipe_padrao) or (equipes[0] if equipes else None)
    return _criar(
        TipoDeTransicao.ABRIR, por=por, etiqueta=etiqueta, canal=canal, descricao=descricao,
        solicitante_nome=solicitante_nome, solicitante_telefone=solicitante_telefone,
        solicitante_relacao=solicitante_relacao, tipo=tipo, prazo=prazo, prazo_em=prazo_em,
        equipe=_alcancavel(equipe, equipes, tipo), prioridade=prioridade, pai=pai, contato=contato, em=em,
    )  # fmt: skip


@transacao.verbo
def iniciar(
    *,
    por,
    etiqueta: Etiqueta,
    canal: str,
    solicitante_nome: str,
    descricao: str = "",
    solicitante_telefone: str = "",
    solicitante_relacao: str = Relacao.TITULAR,
    tipo=None,
    prazo=None,
    prazo_em: datetime | None = None,
    equipe: Equipe | None = None,
    prioridade: int = Prioridade.NORMAL,
    pai: Solicitacao | None = None,
    contato: ContatoReceptivo | None = None,
    em: datetime | None = None,
) -> Solicitacao:
    """Abre e assume no mesmo ato: o protocolo existe antes de a conversa seguir.

    A descrição pode esperar pela primeira pausa, encaminhamento ou encerramento. Levanta
    `SemPermissao`, `DadoInvalido` e `LimiteDoAgente`, que traz as que o agente já tem em mãos.
    """
    minhas = Equipe.objects.de(por).order_by("nome")
    equipe = equipe or minhas.first()
    if equipe is None:
        raise SemPermissao("Você não está em nenhuma equipe.")
    if equipe.pk not in transacao.equipes_lidas(por) and not minhas.filter(pk=equipe.pk).exists():
        raise SemPermissao(f"Você não é da equipe {equipe}.")
    return _criar(
        TipoDeTransicao.INICIAR, por=por, etiqueta=etiqueta, canal=canal, descricao=descricao,
        solicitante_nome=solicitante_nome, solicitante_telefone=solicitante_telefone,
        solicitante_relacao=solicitante_relacao, tipo=tipo, prazo=prazo, prazo_em=prazo_em,
        equipe=equipe, prioridade=prioridade, pai=pai, contato=contato, em=em,
    )  # fmt: skip


@transacao.verbo
def registrar_contato(
    *,
    por,
    canal: str,
    nome: str = "",
    telefone: str = "",
    assunto: str = "",
    cliente: Cliente | None = None,
    equipe: Equipe | None = None,
    em: datetime | None = None,
) -> ContatoReceptivo:
    """Dá protocolo a uma chamada ainda sem etiqueta (ou que nunca a terá).

    O mesmo registro da mesma pessoa em menos de um minuto é um contato só. Levanta `SemPermissao`,
    `DadoInvalido`.
    """
    equipes = list(Equipe.objects.de(por).order_by("nome"))
    equipe = equipe or (equipes[0] if equipes else None)
    if not por.permissoes.tem("atender") or equipe not in equipes:
        raise SemPermissao("Só um membro da equipe registra contatos nela.")
    if cliente and not Cliente.objects.visiveis_para(por).filter(pk=cliente.pk).exists():
        raise SemPermissao("Seu perfil não atende este cliente.")
    em = em or timezone.now()
    campos = {
        "canal": regras.conferir_opcao(canal, Canal, "canal", "o canal"),
        "nome": regras.conferir_texto(nome, "nome", "O nome", maximo=120),
        "telefone": regras.conferir_telefone(telefone, "telefone"),
        "assunto": regras.conferir_texto(assunto, "assunto", "O assunto", maximo=1000),
        "cliente": cliente,
        "equipe": equipe,
        "recebido_por": por,
    }
    # Com o agente trancado, o segundo clique espera o primeiro e acha o que ele gravou.
    agentes.trancar_agente(por)
    igual = ContatoReceptivo.objects.filter(**campos, recebido_em__gt=em - MESMO_ENVIO).first()
    if igual:
        return igual
    contato = ContatoReceptivo.objects.create(**campos, protocolo=novo_protocolo(em), recebido_em=em)
    auditoria.registrar(
        "contato.registrar", por=por, alvo="contato", alvo_id=contato.pk, protocolo=contato.protocolo
    )
    return contato


@transacao.verbo
def converter_contato(
    contato: ContatoReceptivo, *, por, etiqueta: Etiqueta, atender: bool = True, **campos
) -> Solicitacao:
    """Faz do contato uma solicitação de mesmo protocolo; `campos` são os de `iniciar` ou `abrir`.

    Levanta `Impedida` se ele já foi convertido: de dois ao mesmo tempo, um só converte.
    """
    contato = ContatoReceptivo.objects.select_for_update(of=("self",), no_key=True).get(pk=contato.pk)
    if contato.solicitacao_id:
        raise Impedida(f"O contato {contato.protocolo} já virou uma solicitação.")
    if contato.cliente_id and etiqueta.contrato.cliente_id != contato.cliente_id:
        raise DadoInvalido("A etiqueta é de outro cliente.", campo="etiqueta")
    padrao = {
        "canal": contato.canal,
        "solicitante_nome": contato.nome,
        "solicitante_telefone": contato.telefone,
        "descricao": contato.assunto,
    }
    verbo = iniciar if atender else abrir
    solicitacao = verbo(por=por, etiqueta=etiqueta, contato=contato, **padrao | campos)
    contato.solicitacao = solicitacao
    contato.cliente_id = solicitacao.cliente_id
    contato.save(update_fields=["solicitacao", "cliente"])
    return solicitacao


def _criar(transicao, *, por, etiqueta, tipo, prazo, prazo_em, equipe, pai, contato, em, **campos):
    etiqueta = transacao.tomar(Etiqueta, etiqueta.pk) or etiqueta_com_contrato_trancado(
        etiqueta.pk, Etiqueta.objects.select_related("contrato__cliente")
    )
    contrato = etiqueta.contrato
    regras.exigir_atendente(por, contrato.empresa_id)
    if not etiqueta.ativa and contrato.situacao not in _ACABADO:
        raise DadoInvalido(f"A etiqueta {etiqueta.codigo} está inativa.", campo="etiqueta")
    if tipo:
        regras.conferir_tipo(tipo, contrato)
    em = em or timezone.now()
    aberta_em = contato.recebido_em if contato else em
    nova = Solicitacao(
        protocolo=contato.protocolo if contato else novo_protocolo(em),
        cliente=contrato.cliente,
        contrato=contrato,
        etiqueta=etiqueta,
        empresa_id=contrato.empresa_id,
        situacao=NENHUMA,
        equipe=equipe,
        responsavel=por if transicao == TipoDeTransicao.INICIAR else None,
        tipo=tipo,
        incancelavel=bool(tipo and tipo.incancelavel),
        pai=_pai(pai, contrato.cliente_id, por),
        aberta_em=aberta_em,
        ciclo_desde=aberta_em,
        prazo_regulatorio_em=vencimentos.regulatorio(tipo, aberta_em),
        demo=contrato.cliente.demo,
        **_do_formulario(campos),
    )
    prazo = prazo or vencimentos.prazo_inicial(tipo)
    passo = Passo(em, Situacao.ABERTA)
    mudar_situacao(
        nova,
        transicao,
        por=por,
        em=em,
        relato=nova.descricao or "Atendimento iniciado.",
        dados={"canal": nova.canal, "etiqueta": etiqueta.pk, "tipo": tipo and tipo.pk},
        **vencimentos.campos_do_prazo(nova, prazo, prazo_em, passo=passo),
    )
    mensagens.enviar_protocolo(nova, por=por)
    return nova


def _do_formulario(campos: dict) -> dict:
    return {
        "canal": regras.conferir_opcao(campos["canal"], Canal, "canal", "o canal"),
        "prioridade": regras.conferir_opcao(campos["prioridade"], Prioridade, "prioridade", "a prioridade"),
        "solicitante_nome": regras.conferir_texto(
            campos["solicitante_nome"], "solicitante_nome", "O nome do solicitante", minimo=2, maximo=120
        ),
        "solicitante_telefone": regras.conferir_telefone(campos["solicitante_telefone"]),
        "solicitante_relacao": regras.conferir_opcao(
            campos["solicitante_relacao"], Relacao, "solicitante_relacao", "a relação com o titular"
        ),
        "descricao": regras.conferir_texto(campos["descricao"], "descricao", "A descrição"),
    }


def _alcancavel(equipe: Equipe | None, minhas: list[Equipe], tipo) -> Equipe:
    """A equipe, se é de quem abre, do tipo ou das que as dele podem encaminhar."""
    if equipe is None:
        raise DadoInvalido("Escolha a equipe.", campo="equipe")
    if not equipe.ativa:
        raise DadoInvalido(f"A equipe {equipe} está inativa.", campo="equipe")
    if equipe in minhas or (tipo and tipo.equipe_padrao_id == equipe.pk):
        return equipe
    if not equipe.recebe_de.filter(pk__in=[minha.pk for minha in minhas]).exists():
        raise DadoInvalido(f"Sua equipe não abre solicitações para {equipe}.", campo="equipe")
    return equipe


def _pai(pai: Solicitacao | None, cliente_id: int, por) -> Solicitacao | None:
    if pai is None:
        return None
    do_cliente = Solicitacao.objects.visiveis_para(por).abertas().filter(cliente=cliente_id)
    if not do_cliente.filter(pk=pai.pk).exists():
        raise DadoInvalido("A solicitação pai não está aberta, ou é de outro cliente.", campo="pai")
    return pai
