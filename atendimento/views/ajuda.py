"""O manual, em português, para quem atende e para quem administra."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from atendimento.acesso import autenticado
from atendimento.acoes.base import ACOES
from atendimento.decisao import configuracao_de, limites_de
from atendimento.widgets.base import WIDGETS
from contratos.enums import SituacaoDoContrato
from perfis.models import Acao

PAGINAS = {
    "informacoes-do-cliente": "Informações do cliente",
    "solicitacoes": "Solicitações: da ligação ao encerramento",
    "contatos": "Contatos ainda sem cliente",
    "busca": "Buscar um cliente",
    "minhas-tarefas": "Minhas tarefas",
    "filas": "Filas",
    "supervisao": "Supervisão",
    "massivas": "Massivas",
    "painel": "Os cartões do painel",
    "atalhos": "Atalhos do teclado",
    "dados-pessoais": "Dados pessoais e senhas",
    "rede": "A rede: leituras e comandos",
    "mensagens": "Mensagens ao cliente e o protocolo",
    "perfis": "Configurações de Perfis",
    "acoes": "Configurações de Ações",
    "glossario": "Glossário",
}


@require_safe
@autenticado
def indice(request):
    """As páginas do manual e as ações e widgets que o perfil concede."""
    permissoes = request.user.permissoes
    contexto = {
        "paginas": PAGINAS,
        "acoes": Acao.objects.filter(slug__in=permissoes.acoes),
        "widgets": [w for w in WIDGETS if permissoes.widget(w.slug)],
    }
    return render(request, "ajuda/indice.html", contexto)


@require_safe
@autenticado
def pagina(request, slug: str):
    """Uma página do manual."""
    if slug not in PAGINAS:
        raise Http404
    return render(request, f"ajuda/{slug}.html", {"titulo": PAGINAS[slug]})


@require_safe
@autenticado
def widget(request, slug: str):
    """Para que serve um widget; só os que o perfil concede."""
    classe = WIDGETS.get(slug)
    if classe is None or request.user.permissoes.widget(slug) is None:
        raise Http404
    return render(request, "ajuda/widget.html", {"widget": classe})


@require_safe
@autenticado
def acao(request, slug: str):
    """Quando usar, o que pergunta e o que faz uma ação; só as que o perfil concede."""
    classe = ACOES.get(slug)
    if classe is None or request.user.permissoes.acao(slug) is None:
        raise Http404
    item = Acao.objects.get(slug=slug)
    configuracao = configuracao_de(classe)
    limites = limites_de(classe, request.user, configuracao)
    contexto = {
        "acao": classe,
        "item": item,
        "configuracao": configuracao,
        "situacoes": [SituacaoDoContrato(s).label for s in sorted(configuracao.situacoes_aceitas)],
        "limites": [(limite, limites[nome]) for nome, limite in classe.limites.items()],
    }
    return render(request, "ajuda/acao.html", contexto)
