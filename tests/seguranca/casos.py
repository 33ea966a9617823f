"""Como se pede cada endereço e o que cada um recebe: uma linha por rota, e uma rota sem linha reprova.

Quem acrescenta uma rota acrescenta aqui uma linha: `"rota": [Pedido(lambda m: [m.cliente.pk])]`. O que o
decorador declara já diz o que recebe quem não entrou, quem não tem a capacidade e quem é de outra empresa;
a linha só diz os argumentos e o que foge disso. Ações, widgets e o admin entram sozinhos, pelos registros.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth import get_permission_codename
from django.urls import reverse

from atendimento.acoes.base import ACOES
from atendimento.eixo import ALVOS
from atendimento.views.ajuda import PAGINAS
from atendimento.views.rede import LEITURAS
from atendimento.views.revelar import REVELAVEIS
from atendimento.widgets.base import WIDGETS
from tests.seguranca.enderecos import DO_ADMIN, DO_CONSOLE, Endereco
from tests.seguranca.mundo import EM_CURSO, Mundo


@dataclass(frozen=True)
class Pedido:
    """Um pedido e o que responde a cada um. Status nulo é o que a regra do acesso declarado diz.

    `certo` é de quem pode tudo; `tirado`, de quem pode tudo menos `tira` (`acao:`, `widget:` ou uma
    permissão); `alheio`, de quem pode tudo em outra empresa; `ninguem`, do staff sem perfil; `anonimo`, de
    quem não entrou. Um conjunto é um entre vários, para o que depende do estado. `outro_alvo` é um par de
    slug e alvo que não existe, para ninguém.
    """

    args: Callable[[Mundo], list] = lambda m: []
    metodo: str = "GET"
    corpo: Callable[[Mundo], dict] = lambda m: {}
    consulta: str | Callable[[Mundo], str] = ""
    certo: int | set[int] = 200
    tira: str = ""
    tirado: int = 403
    alheio: int | None = None
    ninguem: int | None = None
    anonimo: int | None = None
    outro_alvo: bool = False
    rotulo: str = ""
    rota: str = ""
    acesso: str = ""
    caminho: str = ""

    def url(self, mundo: Mundo) -> str:
        """O endereço."""
        base = self.caminho or reverse(self.rota, args=self.args(mundo))
        consulta = self.consulta if isinstance(self.consulta, str) else self.consulta(mundo)
        return f"{base}?{consulta}" if consulta else base

    def url_inexistente(self, mundo: Mundo) -> str | None:
        """O mesmo endereço de um objeto que não existe; nulo se ele não nomeia objeto nenhum."""
        trocados = [_ausente(valor) for valor in self.args(mundo)]
        if self.caminho or trocados == list(self.args(mundo)):
            return None
        return reverse(self.rota, args=trocados)

    def __str__(self):
        return f"{self.metodo} {self.rota} {self.rotulo}".strip()


def _ausente(valor):
    if isinstance(valor, UUID):
        return UUID(int=7)
    if isinstance(valor, str) and len(valor) == 14 and valor.isdigit():
        return "20010101999999"
    return 987_654_321 if isinstance(valor, int) else valor


def _post(mundo: Mundo) -> dict:
    return {"versao": 1, "versao_do_alvo": mundo.solicitacao.versao}


def _comeco(alvo: str) -> Callable[[Mundo], dict]:
    def corpo(mundo: Mundo) -> dict:
        objeto = mundo.contrato if alvo == "etiqueta" else mundo.alvo(alvo)
        return {"chave": uuid4(), "versao_do_alvo": objeto.versao}

    return corpo


def _sobre(slug: str, alvo: str) -> Callable[[Mundo], list]:
    return lambda m: [slug, alvo, m.alvo(alvo).pk]


def _das_acoes() -> list[Pedido]:
    pedidos = []
    for classe in ACOES:
        slug, tira = classe.slug, f"acao:{classe.slug}"
        nome = f"{slug}/{classe.alvo}"
        args = _sobre(slug, classe.alvo)
        pedidos.append(Pedido(args, certo={200, 409}, tira=tira, rotulo=nome))
        pedidos.append(
            Pedido(args, "POST", _comeco(classe.alvo), certo={302, 409, 422}, tira=tira, rotulo=nome)
        )
        pedidos += [
            Pedido(_sobre(slug, alvo), certo=404, outro_alvo=True, rotulo=f"{slug}/{alvo}")
            for alvo in ALVOS
            if alvo != classe.alvo
        ]
    return pedidos


def _dos_widgets() -> list[Pedido]:
    pedidos = []
    for classe in WIDGETS:
        tira, nome = f"widget:{classe.slug}", f"{classe.slug}/{classe.alvo}"
        pedidos.append(Pedido(_sobre(classe.slug, classe.alvo), tira=tira, rotulo=nome))
        pedidos += [
            Pedido(_sobre(classe.slug, alvo), certo=404, outro_alvo=True, rotulo=f"{classe.slug}/{alvo}")
            for alvo in ALVOS
            if alvo != classe.alvo
        ]
    return pedidos


def _da_aba(slug: str) -> Callable[[Mundo], list]:
    return lambda m: [m.contrato.pk, slug]


DE_REVELAR = {
    "cliente": lambda m: m.cliente,
    "contato": lambda m: m.contatos["telefone"],
    "conexao": lambda m: m.conexao,
    "solicitacao": lambda m: m.solicitacao,
}


def _de_revelar(alvo: str, campo: str) -> Callable[[Mundo], list]:
    return lambda m: [alvo, DE_REVELAR[alvo](m).pk, campo]


def _da_leitura(slug: str) -> Callable[[Mundo], list]:
    return lambda m: [slug, m.conexao.pk]


def _com_slug(slug: str) -> Callable[[Mundo], list]:
    return lambda m: [slug]


def _fatura(mundo: Mundo) -> list:
    return [mundo.linha("contratos.fatura").pk]


def _protocolo(mundo: Mundo) -> list:
    return [mundo.solicitacao.protocolo]


DA_EXECUCAO = Pedido(lambda m: [m.execucao.pk], tira=f"acao:{EM_CURSO}", alheio=403)
DO_PASSO = replace(DA_EXECUCAO, args=lambda m: [m.execucao.pk, 1])
DO_PEDIDO = Pedido(lambda m: [m.aprovacao.pk], tira=f"acao:{EM_CURSO}")

PEDIDOS: dict[str, list[Pedido]] = {
    "inicio": [Pedido()],
    "busca": [
        Pedido(),
        Pedido(consulta="q=azambuja", rotulo="nome"),
        Pedido(consulta="q=52998224725", certo=400, rotulo="documento no endereço"),
        Pedido(
            metodo="POST",
            corpo=lambda m: {"q": m.cliente.documento},
            certo=302,
            alheio=200,
            rotulo="documento",
        ),
        Pedido(
            metodo="POST",
            corpo=lambda m: {"q": m.contatos["email"].valor},
            certo=302,
            alheio=200,
            rotulo="e-mail",
        ),
    ],
    "cliente": [Pedido(lambda m: [m.cliente.pk])],
    "arranjo": [
        Pedido(),
        Pedido(metodo="POST", corpo=lambda m: {"gesto": "padrao"}, certo=302, rotulo="padrão"),
        Pedido(metodo="POST", corpo=lambda m: {"gesto": "voar"}, certo=400, rotulo="gesto inventado"),
    ],
    "contrato": [
        Pedido(_da_aba(classe.slug), tira=f"widget:{classe.slug}", rotulo=classe.slug)
        for classe in WIDGETS
        if classe.regiao == "aba"
    ],
    "widget": _dos_widgets(),
    "revelar": [
        Pedido(
            _de_revelar(alvo, campo),
            "POST",
            tira=f"perfis.{revelavel.capacidade.value}",
            rotulo=f"{alvo}.{campo}",
        )
        for (alvo, campo), revelavel in REVELAVEIS.items()
    ],
    "leitura": [
        pedido
        for slug in LEITURAS
        for pedido in (
            Pedido(_da_leitura(slug), certo=302, tira=f"widget:{slug}", rotulo=slug),
            Pedido(_da_leitura(slug), "POST", certo=302, tira=f"widget:{slug}", rotulo=slug),
        )
    ]
    + [Pedido(_da_leitura("faturas"), certo=404, rotulo="leitura inventada")],
    "ajuda": [Pedido()],
    "ajuda_pagina": [Pedido(_com_slug(slug), rotulo=slug) for slug in PAGINAS],
    "ajuda_widget": [
        Pedido(
            _com_slug(classe.slug), tira=f"widget:{classe.slug}", tirado=404, ninguem=404, rotulo=classe.slug
        )
        for classe in WIDGETS
    ],
    "ajuda_acao": [
        Pedido(
            _com_slug(classe.slug), tira=f"acao:{classe.slug}", tirado=404, ninguem=404, rotulo=classe.slug
        )
        for classe in ACOES
    ],
    "acao": _das_acoes(),
    "execucao": [DA_EXECUCAO],
    "execucao_passo": [DO_PASSO, replace(DO_PASSO, metodo="POST", corpo=_post, certo=422)],
    "execucao_previa": [DA_EXECUCAO],
    "execucao_concluir": [replace(DA_EXECUCAO, metodo="POST", corpo=_post, certo=422)],
    "execucao_cancelar": [replace(DA_EXECUCAO, metodo="POST", certo=302)],
    "execucao_retomar": [replace(DA_EXECUCAO, metodo="POST", certo=302)],
    "aprovacoes": [Pedido()],
    "aprovacao_decidir": [DO_PEDIDO, replace(DO_PEDIDO, metodo="POST", certo=422)],
    "filas": [Pedido(), Pedido(consulta="situacao=inventada", certo=400, rotulo="filtro inventado")],
    "fila": [
        Pedido(lambda m: [m.equipe.slug]),
        Pedido(lambda m: [m.equipe_alheia.slug], certo=404, rotulo="de outra equipe"),
    ],
    "supervisao": [Pedido()],
    # Uma massiva é da rede, comum a todas as empresas; as solicitações dela, não.
    "massivas": [Pedido(), Pedido(metodo="POST", certo=422)],
    "massiva": [
        Pedido(lambda m: [m.linha("atendimento.massiva").pk], alheio=200),
        Pedido(
            lambda m: [m.linha("atendimento.massiva").pk],
            "POST",
            lambda m: {"gesto": "descartar"},
            certo=409,
            alheio=409,
            rotulo="descartar uma aberta",
        ),
        Pedido(
            lambda m: [m.linha("atendimento.massiva").pk],
            "POST",
            lambda m: {"gesto": "encerrar"},
            certo=422,
            alheio=422,
            rotulo="encerrar sem dados",
        ),
    ],
    "redistribuir": [
        Pedido(certo=400),
        Pedido(consulta=lambda m: f"agente={m.colega.pk}", rotulo="de um agente"),
        Pedido(metodo="POST"),
    ],
    "presenca": [Pedido(metodo="POST", certo=204)],
    "presenca_na_solicitacao": [Pedido(lambda m: [m.solicitacao.pk], "POST")],
    # De quem o digitou, e de mais ninguém: a chave só vale com o usuário.
    "rascunho": [Pedido(lambda m: [f"relato-{m.solicitacao.pk}"], "POST", certo=204, alheio=204)],
    "rascunho_apagar": [
        Pedido(lambda m: [f"relato-{m.solicitacao.pk}"], "POST", certo=302, alheio=302),
    ],
    "fatura_boleto": [Pedido(_fatura, certo={200, 409}, tira="acao:segunda_via")],
    "fatura_pix": [Pedido(_fatura, certo={200, 409}, tira="acao:pix")],
    "historico_exportado": [
        Pedido(lambda m: [m.cliente.pk, "csv"], tira="acao:historico", rotulo="csv"),
        Pedido(
            lambda m: [m.cliente.pk, "pdf"], consulta="ate=2026-01-31", tira="acao:historico", rotulo="pdf"
        ),
        Pedido(
            lambda m: [m.cliente.pk, "csv"], consulta="x=1", certo=400, alheio=404, rotulo="filtro inventado"
        ),
    ],
    "acoes_do_cliente": [Pedido(lambda m: [m.cliente.pk])],
    "contatos": [Pedido(), Pedido(metodo="POST", certo=422)],
    # De quem é da equipe, seja qual for a empresa: ainda não há cliente.
    "contato": [
        Pedido(lambda m: [m.contato.protocolo], alheio=200),
        Pedido(
            lambda m: [m.contato.protocolo],
            "POST",
            lambda m: {"q": m.cliente.documento},
            alheio=200,
            rotulo="q",
        ),
    ],
    "contato_converter": [
        Pedido(lambda m: [m.contato.protocolo], certo=302, alheio=302),
        Pedido(lambda m: [m.contato.protocolo], "POST", certo=422, alheio=422, tira="acao:iniciar"),
    ],
    "resumo": [Pedido(_protocolo), Pedido(_protocolo, "POST", certo=422)],
    "anexar": [Pedido(_protocolo, certo=302), Pedido(_protocolo, "POST", certo=422)],
    "anexo": [Pedido(lambda m: [m.anexo.pk])],
    "solicitacoes_do_cliente": [Pedido(lambda m: [m.cliente.pk])],
    "saude": [Pedido()],
    "account_login": [
        Pedido(certo=302, anonimo=200),
        Pedido(metodo="POST", certo=302, anonimo=422, rotulo="em branco"),
    ],
    "mfa_authenticate": [Pedido(certo=302)],
    "account_inactive": [Pedido()],
    "account_logout": [Pedido(anonimo=302), Pedido(metodo="POST", certo=302)],
    "conta": [Pedido()],
    "tema": [Pedido(metodo="POST", corpo=lambda m: {"tema": "escuro"}, certo=302)],
    "account_change_password": [Pedido(), Pedido(metodo="POST", certo=422)],
    "account_reauthenticate": [Pedido(), Pedido(metodo="POST", certo=422)],
    "mfa_reauthenticate": [Pedido(certo=302)],
    "mfa_index": [Pedido()],
    # Pedem a senha de novo; e não há o que mostrar a quem não ligou a segunda etapa.
    "mfa_activate_totp": [Pedido(certo=302)],
    "mfa_deactivate_totp": [Pedido(certo=404)],
    "mfa_view_recovery_codes": [Pedido(certo=404)],
    "mfa_generate_recovery_codes": [Pedido(certo=302)],
    "mfa_download_recovery_codes": [Pedido(certo=404)],
    "entrar_no_admin": [Pedido(certo=302, anonimo=302)],
    "trocar_senha_no_admin": [Pedido(certo=302)],
}

# --- o admin ----------------------------------------------------------------------------------------

# Comuns a todas as empresas: para quem é de outra, o mesmo. Todo outro modelo é do escopo.
COMUNS = {
    "admin.logentry", "atendimento.artigo", "atendimento.calendario", "atendimento.equipe",
    "atendimento.macro",
    "atendimento.massiva",
    "atendimento.modelodemensagem", "atendimento.motivo", "atendimento.prazo",
    "atendimento.solucao", "atendimento.tipodesolicitacao", "contratos.concentrador", "contratos.condominio",
    "contratos.empresa", "contratos.olt", "contratos.parametros", "contratos.plano",
    "contratos.pontodeacesso", "contratos.splitter",
    "contratos.tipodeevento", "perfis.acao", "perfis.perfil", "perfis.usuario", "perfis.widget",
}  # fmt: skip

# Páginas das cinco de sempre que respondem de outro jeito a quem pode tudo.
DE_OUTRO_JEITO: dict[str, int] = {
    # Uma linha só: a lista leva à página dela.
    "admin:contratos_parametros_changelist": 302,
}

DO_SITE: dict[str, list[Pedido]] = {
    "admin:auth_user_password_change": [Pedido(lambda m: [m.colega.pk], tira="modelo:perfis.usuario")],
    "admin:perfis_perfil_ver_como": [Pedido(tira="modelo:perfis.perfil")],
    "admin:perfis_perfil_por_que_nao": [Pedido(tira="modelo:perfis.perfil")],
    "admin:perfis_perfil_clonar": [
        Pedido(lambda m: [m.linha("perfis.perfil").pk], tira="modelo:perfis.perfil"),
    ],
    "admin:index": [Pedido(ninguem=200)],
    "admin:login": [Pedido(certo=302, ninguem=302)],
    "admin:logout": [Pedido(metodo="POST", ninguem=200)],
    "admin:password_change": [Pedido(certo=302, ninguem=302)],
    "admin:password_change_done": [Pedido(ninguem=200)],
    "admin:autocomplete": [
        Pedido(
            consulta="app_label=contratos&model_name=contrato&field_name=cliente&term=azambuja",
            tira="modelo:clientes.cliente", rotulo="cliente",
        ),
        Pedido(
            consulta="app_label=perfis&model_name=usuario&field_name=password&term=a",
            certo=403,
            rotulo="senha",
        ),
    ],
    "admin:jsi18n": [Pedido(ninguem=200)],
    "admin:app_list": [Pedido(_com_slug("clientes"), ninguem=404)],
}  # fmt: skip


def _do_modelo(endereco: Endereco) -> list[Pedido]:
    pagina = endereco.view.model_admin
    opcoes = pagina.opts
    nome, modelo = opcoes.label_lower, f"{opcoes.app_label}_{opcoes.model_name}"
    operacoes = getattr(pagina, "operacoes", ("view", "add", "change", "delete"))
    alheio = None if nome in COMUNS else 404
    base = Pedido(tira=f"modelo:{nome}", rota=endereco.nome, acesso="admin")
    da_linha = replace(base, args=lambda m: [m.linha(nome).pk], alheio=alheio)
    curto = endereco.nome.removeprefix("admin:").removeprefix(f"{modelo}_")
    apagavel = "delete" in operacoes
    base = replace(base, certo=DE_OUTRO_JEITO.get(endereco.nome, 200))
    return {
        "changelist": [base],
        "add": [replace(base, certo=200 if "add" in operacoes else 403)],
        "change": [da_linha],
        # A história procura a linha antes de olhar a permissão: fora do escopo, é como se não existisse.
        "history": [replace(da_linha, ninguem=alheio)],
        "delete": [replace(da_linha, certo=200 if apagavel else 403, alheio=alheio if apagavel else None)],
        "None": [],
    }.get(curto, [])


def permissoes_do_modelo(nome: str) -> set[str]:
    """As permissões que abrem as páginas de um modelo no admin."""
    aplicativo = nome.partition(".")[0]
    if aplicativo == "perfis":
        return {"perfis.administrar_perfis"}
    opcoes = next(e.view.model_admin.opts for e in DO_ADMIN if _rotulo(e) == nome)
    return {f"{aplicativo}.{get_permission_codename(o, opcoes)}" for o in ("view", "add", "change", "delete")}


def _rotulo(endereco: Endereco) -> str:
    pagina: Any = getattr(endereco.view, "model_admin", None)
    return pagina.opts.label_lower if pagina else ""


# A última rota do admin leva o que ninguém reconhece a um 404 comum.
SEM_ROTA = "admin/(?P<url>.*)$"


def _do_endereco_do_admin(endereco: Endereco) -> list[Pedido]:
    if hasattr(endereco.view, "model_admin"):
        return _do_modelo(endereco)
    if endereco.padrao == SEM_ROTA:
        caminho = Pedido(caminho="/admin/nao-existe/", certo=404, ninguem=404)
        return [replace(caminho, rota=endereco.nome, acesso="admin")]
    return [replace(p, rota=endereco.nome, acesso="admin") for p in DO_SITE.get(endereco.nome, [])]


def _do_console(endereco: Endereco) -> list[Pedido]:
    pedidos = PEDIDOS.get(endereco.nome, [])
    return [replace(p, rota=endereco.nome, acesso=endereco.acesso or "") for p in pedidos]


# O `<id>/` sem nome, que só leva a `<id>/change/`, é de cada página do admin.
SEM_LINHA = [
    endereco
    for endereco in DO_CONSOLE + DO_ADMIN
    if not (_do_console(endereco) if not endereco.do_admin else _do_endereco_do_admin(endereco))
    and not (endereco.nome == "admin:None" and hasattr(endereco.view, "model_admin"))
]
CASOS = [p for e in DO_CONSOLE for p in _do_console(e)] + [
    p for e in DO_ADMIN for p in _do_endereco_do_admin(e)
]
# Um par de slug e alvo que não existe é 404 para todos: basta pedi-lo por quem pode tudo.
REAIS = [pedido for pedido in CASOS if not pedido.outro_alvo]

# O alvo que o htmx diz a cada página que responde com um pedaço de si; as outras têm um pedaço só.
FRAGMENTOS = {
    "acao": ["acao"], "contatos": ["mais"], "contrato": ["aba", "mais"], "execucao": ["acao"],
    "execucao_passo": ["acao"], "execucao_previa": ["acao"], "fila": ["fila"], "filas": ["fila"],
    "inicio": ["tarefas"], "resumo": ["mais"], "solicitacoes_do_cliente": ["mais"],
    "supervisao": ["supervisao"], "widget": ["mais"],
}  # fmt: skip


def _do_grupo(pedido: Pedido) -> str:
    """A rota; das ações, cada uma; do admin, cada modelo."""
    if pedido.rota == "acao":
        return f"acao {pedido.rotulo.partition('/')[0]}"
    return pedido.rota.rpartition("_")[0] if pedido.acesso == "admin" else pedido.rota


GRUPOS: dict[str, list[Pedido]] = defaultdict(list)
for _pedido in CASOS:
    GRUPOS[_do_grupo(_pedido) or _pedido.rota].append(_pedido)


@contextmanager
def dizendo(pedido: Pedido) -> Iterator[None]:
    """Um teste percorre muitos pedidos: a falha diz de qual é."""
    try:
        yield
    except Exception as erro:
        erro.add_note(f"No pedido: {pedido}")
        raise


def cada_um(grupo: str, serve: Callable[[Pedido], bool] = lambda p: True) -> Iterator[Pedido]:
    """Os pedidos do grupo que servem, e que existem."""
    return (p for p in GRUPOS[grupo] if not p.outro_alvo and serve(p))


def grupos(serve: Callable[[Pedido], bool] = lambda p: True) -> list[str]:
    """Os grupos que têm algum pedido que serve."""
    return [grupo for grupo in GRUPOS if any(cada_um(grupo, serve))]
