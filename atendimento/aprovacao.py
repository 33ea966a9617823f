"""A decisão de um supervisor sobre uma execução acima do limite de quem a fez."""

from django.http import Http404
from django.utils import timezone

from atendimento import transacao
from atendimento.acoes.excecoes import ExecucaoParada, PassoInvalido
from atendimento.decisao import instanciar
from atendimento.efeito import auditar, relatar
from atendimento.excecoes import Impedida, SemPermissao
from atendimento.execucao import classe_de, devolver_recusada, efetivar_aprovada, eixo_de, trancar_execucao
from atendimento.models.execucao import Aprovacao, Decisao, Execucao
from perfis.capacidades import Capacidade


def pendentes_para(usuario):
    """A fila de aprovações que `usuario` alcança, da mais antiga à mais nova."""
    alcancadas = Execucao.objects.visiveis_para(usuario).filter(acao__in=usuario.permissoes.acoes)
    return Aprovacao.objects.filter(decisao=Decisao.PENDENTE, execucao__in=alcancadas)


def decidir(pk: int, *, por, aprovar: bool, justificativa: str, versao: int) -> Aprovacao:
    """Aprova, e a ação tem efeito agora em nome de quem pediu; ou recusa, e ela volta a quem pediu.

    Repetir a mesma decisão não muda nada. Levanta `SemPermissao`, `ExecucaoParada` (já decidida),
    `Impedida` (não se pode mais efetivar) e `Desatualizada` (o alvo mudou desde que se leu a prévia).
    """
    with transacao.de_acao():
        execucao = trancar_execucao(_execucao_do_pedido(pk))
        # A trava da execução basta: todo caminho que decide ou retira um pedido passa por ela.
        pedido = Aprovacao.objects.select_related("pedida_por", "decidida_por").get(pk=pk)
        exigir_aprovador(pedido, execucao, por)
        decisao = Decisao.APROVADA if aprovar else Decisao.RECUSADA
        if pedido.decisao != Decisao.PENDENTE:
            if (pedido.decisao, pedido.decidida_por) == (decisao, por):
                return pedido
            raise ExecucaoParada(_ja_decidido(pedido))
        auditar(execucao, "aprovar" if aprovar else "recusar", por=por, aprovacao=pk)
        if aprovar:
            _efetivar(execucao, pedido, versao)
        else:
            _recusar(execucao, por, justificativa)
        pedido.decisao, pedido.justificativa = decisao, justificativa
        pedido.decidida_por, pedido.decidida_em = por, timezone.now()
        pedido.save()
        return pedido


def exigir_aprovador(pedido: Aprovacao, execucao: Execucao, por) -> None:
    """Levanta `Http404` fora do escopo e `SemPermissao` para quem não pode decidir este pedido."""
    eixo_de(execucao, por)
    if not por.permissoes.tem(Capacidade.SUPERVISIONAR):
        raise SemPermissao("Só um supervisor aprova.")
    if not por.permissoes.acao(execucao.acao):
        raise SemPermissao("Seu perfil não permite a ação pedida.")
    if por.pk == pedido.pedida_por_id:
        raise SemPermissao("Ninguém aprova o próprio pedido: outro supervisor decide.")


def _execucao_do_pedido(pk: int):
    chave = Aprovacao.objects.filter(pk=pk).values_list("execucao_id", flat=True).first()
    if chave is None:
        raise Http404
    return chave


def _efetivar(execucao: Execucao, pedido: Aprovacao, versao: int) -> None:
    quem = pedido.pedida_por
    try:
        efetivar_aprovada(execucao, por=quem, versao=versao)
    except SemPermissao as recusa:
        # O impedimento é de quem pediu, não de quem decide: para este é um estado, não um 403.
        raise Impedida(f"{quem.nome_exibido} não pode mais fazer esta ação: {recusa.frase}") from recusa
    except PassoInvalido as recusa:
        frases = " ".join(erro for erros in recusa.form.errors.values() for erro in erros)
        raise Impedida(f"As respostas não valem mais: {frases}") from recusa


def _recusar(execucao: Execucao, por, justificativa: str) -> None:
    devolver_recusada(execucao)
    if execucao.solicitacao:
        acao = instanciar(classe_de(execucao), eixo_de(execucao, por), por)
        relatar(acao, execucao.solicitacao, f"{acao.nome}: aprovação recusada. {justificativa}")


def _ja_decidido(pedido: Aprovacao) -> str:
    quando = timezone.localtime(pedido.decidida_em)
    como = pedido.get_decisao_display().lower()
    return f"Este pedido já foi {como} por {pedido.decidida_por.nome_exibido} em {quando:%d/%m/%Y às %H:%M}."
