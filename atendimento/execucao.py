"""O executor de ações: iniciar, responder, concluir, cancelar, retomar.

É a única porta por que uma ação tem efeito. Cada função abre a sua transação durável, tranca na ordem
execução, cliente, contrato, solicitação, confere tudo de novo nas linhas trancadas e só então grava.
Uma recusa é uma exceção, e uma exceção não deixa nada gravado.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError
from django.http import Http404, QueryDict
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from atendimento import transacao
from atendimento.acoes.base import ACOES, Acao, Passo
from atendimento.acoes.excecoes import ExecucaoParada, PassoInvalido
from atendimento.decisao import acima_do_limite, preparar, protocolo_em_maos
from atendimento.dominio.solicitacoes.porta import desatualizada
from atendimento.efeito import auditar, efetivar, pedir_aprovacao
from atendimento.eixo import Eixo, localizar, trancar
from atendimento.excecoes import DadoInvalido, Desatualizada, Impedida, Recusa, SemPermissao
from atendimento.models.execucao import Decisao, Execucao, SituacaoDaExecucao
from perfis.capacidades import Capacidade


def iniciar(
    classe: type[Acao], eixo: Eixo, *, por, chave: UUID, enviados: QueryDict, versao: int
) -> Execucao:
    """Guarda o primeiro passo numa execução nova; a de um passo só e sem prévia conclui aqui mesmo.

    `chave` repetida devolve a execução que ela já fez. Levanta `SemPermissao`, `Impedida`,
    `Desatualizada`, `PassoInvalido`.
    """
    try:
        with transacao.de_acao():
            return _iniciar(classe, eixo, por, chave, enviados, versao)
    except (IntegrityError, Recusa):
        # Se a chave já existe, o mesmo formulário chegou duas vezes e a primeira vale: o que se recusa agora
        # é o que ela mesma fez.
        existente = Execucao.objects.filter(pk=chave).first()
        if existente is None:
            raise
        return _a_mesma(existente, classe, eixo, por)


def _iniciar(classe, eixo, por, chave, enviados, versao) -> Execucao:
    execucao = Execucao(
        pk=chave,
        acao=classe.slug,
        alvo=eixo.alvo,
        alvo_id=eixo.objeto.pk,
        cliente=eixo.cliente,
        contrato=eixo.contrato,
        solicitacao_id=protocolo_de(classe, eixo, por),
        usuario=por,
        expira_em=_validade(),
    )
    if not classe.confirmacao:
        # Só se grava no fim, já concluída: o mesmo formulário espera a trava do alvo, e a chave o recusa.
        execucao.dados = {"1": _brutos(classe.passos[0], enviados)}
        return _finalizar(execucao, por, versao)
    execucao.save(force_insert=True)
    eixo = eixo.com_solicitacao(execucao.solicitacao_id)
    acao = preparar(classe, eixo, por, versao)
    _conferir_versao(eixo, versao)
    return _guardar(execucao, acao, 1, enviados)


def protocolo_de(classe: type[Acao], eixo: Eixo, por) -> int | None:
    """O id da solicitação em que a ação correria: o próprio alvo, a que o agente tem em mãos, ou nenhuma."""
    if eixo.solicitacao:
        return eixo.solicitacao.pk
    return protocolo_em_maos(por, eixo) if classe.exige_protocolo else None


def _a_mesma(execucao: Execucao, classe: type[Acao], eixo: Eixo, por) -> Execucao:
    if (execucao.acao, execucao.alvo, execucao.alvo_id) != (classe.slug, eixo.alvo, eixo.objeto.pk):
        raise Desatualizada("Este formulário já foi usado em outra ação. Comece de novo.")
    if execucao.usuario_id != por.pk:
        raise ExecucaoParada("Esta ação está com outro agente.")
    return execucao


def responder(chave: UUID, numero: int, *, por, enviados: QueryDict, versao: int) -> Execucao:
    """Guarda o passo `numero`. Levanta o que `iniciar` levanta, `ExecucaoParada` e `Http404`."""
    with transacao.de_acao():
        execucao = trancar_execucao(chave)
        classe = classe_de(execucao)
        if not 1 <= numero <= min(len(classe.passos), execucao.passo):
            raise Http404
        if _ja_respondido(execucao, classe, numero, enviados):
            return execucao
        _conferir_vez(execucao, por, versao)
        acao = preparar(classe, eixo_de(execucao, por), por)
        return _guardar(execucao, acao, numero, enviados)


def _ja_respondido(execucao: Execucao, classe: type[Acao], numero: int, enviados) -> bool:
    """Se é o mesmo envio outra vez (um duplo clique), que não é um conflito."""
    guardado = execucao.dados.get(str(numero))
    return execucao.passo > numero and guardado == _brutos(classe.passos[numero - 1], enviados)


def _guardar(execucao: Execucao, acao: Acao, numero: int, enviados: QueryDict) -> Execucao:
    anteriores = respostas(acao, execucao.dados, ate=numero - 1)
    brutos = _brutos(acao.passos[numero - 1], enviados)
    ligar_passo(acao, numero, brutos, anteriores, conferir=True)
    execucao.dados = execucao.dados | {str(numero): brutos}
    execucao.passo = max(execucao.passo, numero + 1)
    return _gravar(execucao, "dados", "passo")


def concluir(chave: UUID, *, por, versao: int, versao_do_alvo: int) -> Execucao:
    """Efetiva a ação, uma vez só; concluir de novo devolve o mesmo resultado.

    Acima do limite do perfil, em vez de efetivar, pede aprovação. Levanta o que `responder` levanta.
    """
    with transacao.de_acao():
        execucao = trancar_execucao(chave)
        if execucao.usuario_id == por.pk and execucao.situacao in (
            SituacaoDaExecucao.CONCLUIDA,
            SituacaoDaExecucao.AGUARDANDO_APROVACAO,
        ):
            return execucao
        _conferir_vez(execucao, por, versao)
        return _finalizar(execucao, por, versao_do_alvo)


def devolver_recusada(execucao: Execucao) -> Execucao:
    """Devolve a quem pediu a execução já trancada que um supervisor recusou: pode mudar e pedir outra vez."""
    execucao.situacao = SituacaoDaExecucao.EM_ANDAMENTO
    return _gravar(execucao, "situacao")


def efetivar_aprovada(execucao: Execucao, *, por, versao: int) -> Execucao:
    """Efetiva, em nome de quem pediu, a execução já trancada que um supervisor aprovou."""
    return _finalizar(execucao, por, versao, aprovada=True)


def _finalizar(execucao: Execucao, por, versao: int, *, aprovada: bool = False) -> Execucao:
    # Lidas de novo depois da trava: o que se tirou do agente enquanto ele preenchia já não vale.
    por.reler_permissoes()
    transacao.anotar_agente(por)
    classe = classe_de(execucao)
    eixo = eixo_de(execucao, por, travas=classe.travas())
    try:
        acao = preparar(classe, eixo, por, versao, aprovada=aprovada)
    except Impedida:
        # Se o que impede é o que alguém acabou de fazer, diz-se quem e o quê.
        _conferir_versao(eixo, versao)
        raise
    _conferir_versao(eixo, versao)
    dados = respostas(acao, execucao.dados)
    motivo = None if aprovada else acima_do_limite(acao, dados)
    if motivo:
        execucao.situacao = SituacaoDaExecucao.AGUARDANDO_APROVACAO
        _gravar(execucao, "dados", "situacao")
        pedir_aprovacao(execucao, acao, motivo)
        return execucao
    execucao.resultado = _efetivar(execucao, acao, dados)
    execucao.situacao = SituacaoDaExecucao.CONCLUIDA
    execucao.concluida_em = timezone.now()
    return _gravar(execucao, "dados", "situacao", "resultado", "concluida_em", "solicitacao")


def _efetivar(execucao: Execucao, acao: Acao, dados: Mapping[str, Any]) -> dict:
    try:
        return efetivar(execucao, acao, dados)
    except DadoInvalido as recusa:
        # O domínio recusou um campo: a frase vai para o campo, no passo que o pergunta.
        numero = _passo_do_campo(acao, recusa.campo)
        form = ligar_passo(acao, numero, execucao.dados.get(str(numero), {}), dados)
        form.add_error(recusa.campo if recusa.campo in form.fields else None, recusa.frase)
        raise PassoInvalido(numero, form) from recusa


def _passo_do_campo(acao: Acao, campo: str | None) -> int:
    com_o_campo = (n for n, passo in enumerate(acao.passos, 1) if campo in passo.base_fields)
    return next(com_o_campo, len(acao.passos))


def cancelar(chave: UUID, *, por) -> Execucao:
    """Desiste da execução; o pedido de aprovação pendente se retira. Repetir não muda nada."""
    with transacao.de_acao():
        execucao = trancar_execucao(chave)
        if execucao.situacao == SituacaoDaExecucao.CANCELADA:
            return execucao
        if not execucao.pendente:
            raise ExecucaoParada(frase_da_situacao(execucao))
        if execucao.usuario_id != por.pk and not por.permissoes.tem(Capacidade.SUPERVISIONAR):
            raise SemPermissao("Só quem faz a ação, ou um supervisor, a cancela.")
        eixo_de(execucao, por)
        execucao.aprovacoes.filter(decisao=Decisao.PENDENTE).update(
            decisao=Decisao.RETIRADA, decidida_por=por, decidida_em=timezone.now()
        )
        execucao.situacao = SituacaoDaExecucao.CANCELADA
        auditar(execucao, "desistir", por=por)
        return _gravar(execucao, "situacao")


def retomar(chave: UUID, *, por) -> Execucao:
    """Passa a execução para `por`, que precisa poder fazê-la; as respostas ficam."""
    with transacao.de_acao():
        execucao = trancar_execucao(chave)
        if execucao.situacao != SituacaoDaExecucao.EM_ANDAMENTO or execucao.expirou:
            raise ExecucaoParada(frase_da_situacao(execucao))
        if execucao.usuario_id == por.pk:
            return execucao
        preparar(classe_de(execucao), eixo_de(execucao, por), por)
        auditar(execucao, "retomar", por=por, de=execucao.usuario_id)
        execucao.usuario = por
        return _gravar(execucao, "usuario")


def expirar_vencidas() -> int:
    """Marca as execuções cujo prazo passou. O executor já as recusa antes disso; diz quantas marcou."""
    return Execucao.objects.filter(
        situacao=SituacaoDaExecucao.EM_ANDAMENTO, expira_em__lte=timezone.now()
    ).update(situacao=SituacaoDaExecucao.EXPIRADA, atualizada_em=timezone.now())


def classe_de(execucao: Execucao) -> type[Acao]:
    """A classe da ação. Levanta `ExecucaoParada` se ela saiu do código."""
    classe = ACOES.get(execucao.acao)
    if classe is None:
        raise ExecucaoParada("Esta ação não existe mais no sistema.")
    return classe


def respostas(acao: Acao, dados: Mapping[str, Any], ate: int | None = None) -> dict[str, Any]:
    """As respostas conferidas dos passos até `ate` (todos, sem ele). Levanta `PassoInvalido`."""
    limpas: dict[str, Any] = {}
    for numero in range(1, (len(acao.passos) if ate is None else ate) + 1):
        form = ligar_passo(acao, numero, dados.get(str(numero), {}), limpas, conferir=True)
        limpas |= form.cleaned_data
    return limpas


def ligar_passo(acao: Acao, numero: int, brutos, anteriores, *, conferir: bool = False) -> Passo:
    """O formulário do passo com o que foi digitado, ou em branco se `brutos` é nulo.

    Com `conferir`, levanta `PassoInvalido`.
    """
    ligados = None if brutos is None else MultiValueDict(brutos)
    form = acao.passos[numero - 1](ligados, contexto=acao.contexto, anteriores=anteriores)
    if conferir and not form.is_valid():
        raise PassoInvalido(numero, form)
    return form


def frase_da_situacao(execucao: Execucao) -> str:
    """Por que a execução não espera resposta."""
    if execucao.expirou:
        quando = timezone.localtime(execucao.expira_em)
        return f"Esta ação expirou em {quando:%d/%m/%Y às %H:%M}. Comece de novo."
    return f"Esta ação não espera resposta: {execucao.get_situacao_display().lower()}."


def trancar_execucao(chave: UUID) -> Execucao:
    """A execução, trancada antes de tudo o mais. Levanta `Http404`."""
    execucao = trancar(Execucao.objects.all()).filter(pk=chave).first()
    if execucao is None:
        raise Http404
    return execucao


def eixo_de(execucao: Execucao, por, travas: tuple[str, ...] = ()) -> Eixo:
    """O eixo no escopo de `por`. Quem já trabalhava na execução recebe 403, e não um 404 que confunde."""
    try:
        eixo = localizar(execucao.alvo, execucao.alvo_id, por, travas=travas)
    except Http404:
        if execucao.usuario_id != por.pk:
            raise
        raise SemPermissao("Você não atende mais a empresa deste cliente.") from None
    return eixo.com_solicitacao(execucao.solicitacao_id, tranca=bool(travas))


def exigir_concessao(execucao: Execucao, por) -> None:
    """Levanta `SemPermissao` para quem não tem a ação no perfil."""
    if not por.permissoes.acao(execucao.acao):
        raise SemPermissao("Seu perfil não permite esta ação.")


def _conferir_vez(execucao: Execucao, por, versao: int) -> None:
    if execucao.usuario_id != por.pk:
        raise ExecucaoParada(f"Esta ação está com {execucao.usuario.nome_exibido}.")
    if execucao.situacao != SituacaoDaExecucao.EM_ANDAMENTO or execucao.expirou:
        raise ExecucaoParada(frase_da_situacao(execucao))
    if execucao.versao != versao:
        quando = timezone.localtime(execucao.atualizada_em)
        raise Desatualizada(f"Esta ação seguiu em outra janela às {quando:%H:%M}. Confira antes de enviar.")


def _conferir_versao(eixo: Eixo, versao: int) -> None:
    if eixo.versao == versao:
        return
    if eixo.alvo == "solicitacao":
        raise desatualizada(eixo.objeto, versao)
    raise Desatualizada(f"{_NOMES[eixo.alvo]} mudou enquanto você preenchia. Confira antes de confirmar.")


_NOMES = {
    "cliente": "O cadastro do cliente",
    "contrato": "O contrato",
    "etiqueta": "O contrato da etiqueta",
}


def _brutos(passo: type[Passo], enviados: QueryDict) -> dict[str, list[str]]:
    """O que foi digitado nos campos do passo, e nada mais."""
    return {nome: enviados.getlist(nome) for nome in passo.nomes() if nome in enviados}


def _gravar(execucao: Execucao, *campos: str) -> Execucao:
    execucao.versao += 1
    execucao.atualizada_em = timezone.now()
    if execucao.situacao == SituacaoDaExecucao.EM_ANDAMENTO:
        execucao.expira_em = _validade()
    if execucao._state.adding:
        execucao.save(force_insert=True)
    else:
        execucao.save(update_fields=[*campos, "versao", "atualizada_em", "expira_em"])
    return execucao


def _validade():
    return timezone.now() + timedelta(hours=settings.EXECUCAO_EXPIRA_HORAS)
