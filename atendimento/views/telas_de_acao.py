"""O que se desenha de uma ação: passo, prévia, situação, recusa, e para onde se segue.

Cada tela é uma página inteira e é também o fragmento que o htmx põe em `#acao`, no centro do painel.
"""

import json
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse

from atendimento import execucao as executor
from atendimento.acoes.base import Acao, Passo
from atendimento.acoes.campos import CampoDeRelato
from atendimento.acoes.excecoes import PassoInvalido, SemIdentidade
from atendimento.decisao import acima_do_limite, instanciar, preparar
from atendimento.disponiveis import continuacao
from atendimento.dominio import solicitacoes
from atendimento.eixo import Eixo, localizar
from atendimento.excecoes import LimiteDoAgente, Recusa
from atendimento.models import Solicitacao
from atendimento.models.execucao import Decisao, Execucao, SituacaoDaExecucao
from atendimento.roteiro import macros_de, roteiro_de
from atendimento.views import rascunhos
from contratos.models import Etiqueta
from perfis.models import Acao as ItemDoCatalogo

# A ação que confere quem fala.
VERIFICAR_IDENTIDADE = "verificar_identidade"


def pagina_do_passo(request, atual: Execucao, eixo: Eixo, numero: int, *, aviso: str = "", status: int = 200):
    """O passo `numero` com o que já foi respondido; depois do último, a prévia."""
    classe = executor.classe_de(atual)
    try:
        pronta = preparar(classe, eixo, request.user)
        respostas = executor.respostas(pronta, atual.dados, ate=numero - 1)
        if numero > len(classe.passos):
            return _previa(request, pronta, respostas, atual, aviso=aviso, status=status)
    except PassoInvalido as recusa:
        return passo(request, pronta, recusa.numero, recusa.form, execucao=atual, aviso=aviso, status=status)
    except Recusa as recusa:
        return recusada(request, classe, eixo, recusa, execucao=atual)
    guardado = atual.dados.get(str(numero))
    form = executor.ligar_passo(pronta, numero, guardado, respostas)
    return passo(request, pronta, numero, form, execucao=atual, aviso=aviso, status=status)


def passo(request, acao: Acao, numero: int, form: Passo, *, status=200, aviso="", em_maos=(), **onde):
    """Um passo, com o que foi digitado e as frases do que se recusou; sem envio, com o rascunho."""
    contexto = _contexto(request, acao, numero, **onde)
    execucao = onde.get("execucao")
    chave = rascunhos.chave_do_passo(execucao, numero) if execucao else _chave_da_acao(acao)
    guardado = {} if form.errors or status != 200 else rascunhos.recuperar(request.user, chave, type(form))
    if guardado:
        form = type(form)(contexto=form.contexto, anteriores=form.anteriores, initial=guardado)
    _por_foco(form)
    contexto |= rascunhos.contexto(chave, volta=contexto["envio"], recuperado=bool(guardado))
    contexto |= {
        "form": form,
        "passo": acao.passos[numero - 1],
        "aviso": aviso,
        "em_maos": em_maos,
        "depois": depois(request),
        "abertas": _abertas(request, acao),
        "macros": macros_de(acao.contexto.eixo, request.user) if _tem_relato(form) else [],
    }
    return _desenhar(request, "acoes/passo.html", contexto, status)


def _tem_relato(form: Passo) -> bool:
    return any(isinstance(campo, CampoDeRelato) for campo in form.fields.values())


def _chave_da_acao(acao: Acao) -> str:
    return rascunhos.chave_da_acao(acao.slug, acao.alvo, acao.contexto.objeto.pk)


def passo_invalido(request, classe: type[Acao], recusa: PassoInvalido, **onde):
    """O passo que não passou na conferência, com as frases nos campos: 422."""
    acao = classe(recusa.form.contexto)
    return passo(request, acao, recusa.numero, recusa.form, status=recusa.status, **onde)


def sem_protocolo(request, classe: type[Acao], eixo: Eixo, recusa: Recusa):
    """Falta o protocolo: em que solicitação continuar, ou em que etiqueta iniciar."""
    abertas = Solicitacao.objects.visiveis_para(request.user).filter(cliente=eixo.cliente).abertas()
    contexto = cabecalho(request, classe, eixo) | {
        "frase": recusa.frase,
        "abertas": _continuacoes(request, abertas),
        "inicios": _inicios(request, eixo),
    }
    return _desenhar(request, "acoes/impedida.html", contexto, recusa.status)


def _previa(request, acao: Acao, respostas, execucao: Execucao, *, aviso: str, status: int):
    contexto = _contexto(request, acao, len(acao.passos) + 1, execucao=execucao) | {
        "previa": acao.previa(respostas),
        "recusada": execucao.aprovacoes.filter(decisao=Decisao.RECUSADA).order_by("-decidida_em").first(),
        "aprovacao": acima_do_limite(acao, respostas),
        "aviso": aviso,
    }
    return _desenhar(request, "acoes/previa.html", contexto, status)


def situacao(request, atual: Execucao, eixo: Eixo):
    """Como a execução terminou, ou o que ela espera de outros."""
    classe = executor.classe_de(atual)
    contexto = cabecalho(request, classe, eixo) | {
        "execucao": atual,
        "resultado": atual.resultado,
        "aguardando": atual.aprovacoes.filter(decisao=Decisao.PENDENTE).select_related("pedida_por").first(),
        "frase": executor.frase_da_situacao(atual),
        "de_outro": atual.situacao == SituacaoDaExecucao.EM_ANDAMENTO and not atual.expirou,
        "de_novo": reverse("acao", args=[atual.acao, atual.alvo, atual.alvo_id]),
    }
    return _desenhar(request, "acoes/resultado.html", contexto, 200)


def recusada(request, classe, eixo: Eixo, recusa: Recusa, *, enviados=None, numero: int = 1, **onde):
    """A recusa com a sua frase. O formulário que a provocou volta com o que foi digitado."""
    if recusa.status == 403:
        raise recusa
    if enviados is None:
        contexto = cabecalho(request, classe, eixo) | {
            "frase": recusa.frase,
            "verificacao": _verificacao(request, classe, eixo, recusa),
            **onde,
        }
        return _desenhar(request, "acoes/impedida.html", contexto, recusa.status)
    execucao = onde.get("execucao")
    eixo = localizar(eixo.alvo, eixo.objeto.pk, request.user)
    eixo = eixo.com_solicitacao(execucao.solicitacao_id if execucao else None)
    pronta = instanciar(classe, eixo, request.user)
    if execucao:
        execucao.refresh_from_db()
    onde["em_maos"] = _pausaveis(request, recusa)
    anteriores = _anteriores(pronta, execucao, numero)
    form = executor.ligar_passo(pronta, numero, dict(enviados.lists()), anteriores)
    return passo(request, pronta, numero, form, status=recusa.status, aviso=recusa.frase, **onde)


def _verificacao(request, classe: type[Acao], eixo: Eixo, recusa: Recusa) -> str:
    """Onde conferir quem fala e voltar a esta ação, se é o que falta e o perfil o concede."""
    if not isinstance(recusa, SemIdentidade) or not request.user.permissoes.acao(VERIFICAR_IDENTIDADE):
        return ""
    volta = urlencode({"depois": reverse("acao", args=[classe.slug, eixo.alvo, eixo.objeto.pk])})
    return f"{reverse('acao', args=[VERIFICAR_IDENTIDADE, 'cliente', eixo.cliente.pk])}?{volta}"


def _abertas(request, acao: Acao) -> list[dict]:
    if not acao.avisa_abertas:
        return []
    etiqueta = acao.contexto.eixo.etiqueta
    return _continuacoes(request, solicitacoes.abertas_da_etiqueta(etiqueta, por=request.user))


def _continuacoes(request, abertas) -> list[dict]:
    """As solicitações abertas em que se pode continuar, e por qual ação."""
    linhas = abertas.select_related("equipe", "responsavel").order_by("-aberta_em")[:10]
    return [{"solicitacao": aberta} | continuacao(request.user, aberta) for aberta in linhas]


def _pausaveis(request, recusa: Recusa) -> list[dict]:
    """As que o agente já tem em mãos, quando é por elas que não cabe mais uma."""
    if not isinstance(recusa, LimiteDoAgente) or not request.user.permissoes.acao("pausar"):
        return []
    return [
        {
            "solicitacao": uma,
            "url": reverse("acao", args=["pausar", "solicitacao", uma.pk]),
            "rotulo": "Pausar",
        }
        for uma in recusa.solicitacoes
        if uma.responsavel_id == request.user.pk
    ]


def _inicios(request, eixo: Eixo) -> list[dict]:
    """As etiquetas em que se pode iniciar o atendimento que falta, e voltar a esta ação."""
    if not request.user.permissoes.acao("iniciar"):
        return []
    etiquetas = Etiqueta.objects.visiveis_para(request.user).filter(ativa=True)
    do_alvo = {"contrato": eixo.contrato} if eixo.contrato else {"contrato__cliente": eixo.cliente}
    if eixo.etiqueta:
        do_alvo = {"pk": eixo.etiqueta.pk}
    volta = urlencode({"depois": request.path})
    return [
        {"etiqueta": etiqueta, "url": f"{reverse('acao', args=['iniciar', 'etiqueta', etiqueta.pk])}?{volta}"}
        for etiqueta in etiquetas.filter(**do_alvo).order_by("id")[:20]
    ]


def depois(request) -> str:
    """A ação a que voltar depois de iniciar o atendimento. Levanta `BadRequest` para outro endereço."""
    caminho = request.POST.get("depois") or request.GET.get("depois") or ""
    if not caminho:
        return ""
    try:
        destino = resolve(caminho)
    except Resolver404:
        destino = None
    if destino is None or destino.url_name != "acao":
        raise BadRequest("Endereço de volta desconhecido.")
    return reverse("acao", kwargs=destino.kwargs)


def _anteriores(acao: Acao, execucao: Execucao | None, numero: int) -> dict:
    if execucao is None:
        return {}
    try:
        return executor.respostas(acao, execucao.dados, ate=numero - 1)
    except PassoInvalido:
        return {}


def _contexto(request, acao: Acao, numero: int, *, chave=None, execucao: Execucao | None = None) -> dict:
    eixo = acao.contexto.eixo
    voltar, envio = painel(eixo), reverse("acao", args=[acao.slug, acao.alvo, eixo.objeto.pk])
    if execucao:
        envio = reverse("execucao_passo", args=[execucao.pk, numero])
        if numero > 1:
            voltar = reverse("execucao_passo", args=[execucao.pk, numero - 1])
    return cabecalho(request, type(acao), eixo) | {
        "acao": acao,
        "execucao": execucao,
        "chave": chave,
        "versao_do_alvo": eixo.versao,
        "numero": numero,
        "passos": [passo.titulo for passo in acao.passos] + (["Conferência"] if acao.confirmacao else []),
        "envio": envio,
        "voltar": voltar,
    }


def cabecalho(request, classe: type[Acao], eixo: Eixo) -> dict:
    """O que toda tela de uma ação mostra no alto."""
    item = ItemDoCatalogo.objects.select_related("configuracao").filter(slug=classe.slug).first()
    configuracao = getattr(item, "configuracao", None)
    return {
        "classe": classe,
        "nome": item.nome if item else classe.nome,
        "icone": item.icone if item else classe.icone,
        "eixo": eixo,
        "painel_url": painel(eixo),
        "roteiro": roteiro_de(configuracao, eixo, request.user),
        "trilha": [
            ("Estrutura de Atendimento", ""),
            ("Atendimento", reverse("inicio")),
            ("Informações do cliente", painel(eixo)),
            (item.nome if item else classe.nome, ""),
        ],
    }


def _desenhar(request, template: str, contexto: dict, status: int):
    inteira = not request.htmx or request.htmx.history_restore_request or request.htmx.target != "acao"
    return render(request, template if inteira else f"{template}#acao", contexto, status=status)


def seguir(request, execucao: Execucao, *, depois: str = ""):
    """Para onde ir depois de um envio aceito: o que falta, o resultado, ou o destino que a ação deu."""
    if execucao.situacao == SituacaoDaExecucao.CONCLUIDA and execucao.resultado["destino"]:
        messages.success(request, execucao.resultado["mensagem"])
        return ir(request, depois or execucao.resultado["destino"])
    return ir(request, _onde(execucao), no_painel=True)


def _onde(execucao: Execucao) -> str:
    passos = len(executor.classe_de(execucao).passos)
    if execucao.situacao != SituacaoDaExecucao.EM_ANDAMENTO:
        return reverse("execucao", args=[execucao.pk])
    if execucao.passo > passos:
        return reverse("execucao_previa", args=[execucao.pk])
    return reverse("execucao_passo", args=[execucao.pk, execucao.passo])


def ir(request, url: str, *, no_painel: bool = False):
    """Um passo adiante. No painel, o htmx troca só `#acao`; um 302 poria uma página inteira nele."""
    if not request.htmx:
        return redirect(url)
    if no_painel and request.htmx.target == "acao":
        destino = {"path": url, "target": "#acao", "swap": "innerHTML"}
        return HttpResponse(headers={"HX-Location": json.dumps(destino)})
    return HttpResponse(headers={"HX-Redirect": url})


def painel(eixo: Eixo) -> str:
    url = reverse("cliente", args=[eixo.cliente.pk])
    return f"{url}?etiqueta={eixo.etiqueta.pk}" if eixo.etiqueta else url


def _por_foco(form: Passo) -> None:
    """O foco vai ao primeiro campo com erro; sem erro, ao primeiro."""
    nomes = [nome for nome in form.fields if nome in form.errors] if form.is_bound else []
    for nome in nomes[:1] or list(form.fields)[:1]:
        form.fields[nome].widget.attrs["autofocus"] = True
