"""Perfis e usuários da demonstração: o mesmo console visto por cinco pessoas."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Permission
from django.db.models import Model, Q

from atendimento.demonstracao.arranjos import arrumacao_de
from atendimento.demonstracao.cadastros import AURORA, MATRIZ, garantir_empresas
from contratos.models import ConcessaoDeEmpresa
from perfis.capacidades import Capacidade
from perfis.models import Acao, ConcessaoDeAcao, ConcessaoDeWidget, Perfil, Usuario, Widget

SENHA = "demonstracao-2026"
# O administrador cuida de cadastros e perfis; o que é registro, ou só de leitura, ele não altera.
APLICATIVOS_DO_ADMIN = ("perfis", "clientes", "contratos", "atendimento")
VERBOS_DO_ADMIN = ("add_", "change_", "delete_", "view_")


@dataclass(frozen=True)
class Papel:
    """Um perfil e quem entra com ele. Vazio em `so_empresas` quer dizer todas."""

    perfil: str
    descricao: str
    usuario: str
    nome: tuple[str, str]
    capacidades: tuple[Capacidade, ...]
    so_empresas: tuple[str, ...] = ()
    exceto_widgets: tuple[str, ...] = ()
    com_acoes: bool = True
    administra: bool = False
    max_em_atendimento: int = 1


PAPEIS = (
    Papel(
        "Atendente N1",
        "Primeiro contato: vê dados mascarados, que pode revelar; nenhuma senha; não atende Porto Jacarandá.",
        "atendente",
        ("Estela", "Bromélia"),
        (Capacidade.ATENDER, Capacidade.REVELAR_DADOS),
        so_empresas=(MATRIZ, AURORA),
    ),
    Papel(
        "Suporte N2",
        "Análise técnica: revela senhas de conexão e de equipamento; não vê faturas.",
        "suporte",
        ("Otávio", "Manacá"),
        (
            Capacidade.ATENDER,
            Capacidade.VER_TELEFONE,
            Capacidade.REVELAR_DADOS,
            Capacidade.REVELAR_SENHA_DA_CONEXAO,
            Capacidade.REVELAR_SENHA_DO_EQUIPAMENTO,
        ),
        exceto_widgets=("faturas",),
        max_em_atendimento=2,
    ),
    Papel(
        "Supervisor",
        "Filas, prazos e aprovações: vê tudo sem máscara, menos senhas.",
        "supervisor",
        ("Iracema", "Jatobá"),
        (
            Capacidade.ATENDER,
            Capacidade.SUPERVISIONAR,
            Capacidade.VER_DOCUMENTO,
            Capacidade.VER_TELEFONE,
            Capacidade.VER_EMAIL,
            Capacidade.REVELAR_DADOS,
            Capacidade.EXPORTAR,
        ),
        max_em_atendimento=3,
    ),
    Papel(
        "Administrador",
        "Perfis, usuários e cadastros, em /admin/; no console, vê dados mascarados.",
        "administrador",
        ("Heitor", "Aroeira"),
        (Capacidade.ATENDER, Capacidade.ADMINISTRAR_PERFIS),
        com_acoes=False,
        administra=True,
    ),
    Papel(
        "Encarregado",
        "Encarregado de dados (LGPD): quem viu o quê, pedidos de titulares.",
        "encarregado",
        ("Noêmia", "Cambará"),
        (Capacidade.ATENDER, Capacidade.ENCARREGADO, Capacidade.REVELAR_DADOS, Capacidade.EXPORTAR),
        exceto_widgets=("conexao", "sinal", "vizinhos", "consumo"),
        com_acoes=False,
    ),
)


@dataclass(frozen=True)
class Login:
    """O que se digita para entrar, e como quem."""

    usuario: str
    senha: str
    perfil: str
    descricao: str


def logins() -> list[Login]:
    """Os acessos da demonstração, na ordem em que se mostram."""
    return [Login(papel.usuario, SENHA, papel.perfil, papel.descricao) for papel in PAPEIS]


def garantir_acessos() -> None:
    """Cria os perfis e os usuários que faltam; os que já existem ficam como o administrador os deixou."""
    perfis = {
        papel: Perfil.objects.filter(name=papel.perfil).first() or _criar_perfil(papel) for papel in PAPEIS
    }
    existentes = set(Usuario.objects.values_list("username", flat=True))
    if faltam := [papel for papel in PAPEIS if papel.usuario not in existentes]:
        # A senha é a mesma, e pública: um resumo só, que cada um custa um décimo de segundo.
        senha = make_password(SENHA)
        for papel in faltam:
            _criar_usuario(papel, perfis[papel], senha)


def _criar_perfil(papel: Papel) -> Perfil:
    perfil = Perfil.objects.create(
        name=papel.perfil, descricao=papel.descricao, max_em_atendimento=papel.max_em_atendimento
    )
    perfil.permissions.set(_permissoes(papel))
    empresas = [
        (empresa, {})
        for empresa in garantir_empresas()
        if not papel.so_empresas or empresa.nome in papel.so_empresas
    ]
    _conceder(perfil, ConcessaoDeEmpresa, "contratos.atender_empresa", empresas)
    widgets = Widget.objects.exclude(slug__in=papel.exceto_widgets)
    arrumados = [(widget, _arrumado(papel, widget)) for widget in widgets]
    _conceder(perfil, ConcessaoDeWidget, "perfis.ver_widget", arrumados)
    if papel.com_acoes:
        acoes = [(acao, {"ordem": acao.ordem}) for acao in Acao.objects.all()]
        _conceder(perfil, ConcessaoDeAcao, "perfis.executar_acao", acoes)
    return perfil


def _arrumado(papel: Papel, widget: Widget) -> dict:
    """Os campos da concessão de um widget; uma aba só tem ordem."""
    if widget.regiao == "aba":
        return {"ordem": widget.ordem}
    return asdict(arrumacao_de(papel.perfil, widget.slug, widget.ordem))


def _conceder(perfil: Perfil, concessao, permissao: str, itens: Iterable[tuple[Model, dict]]) -> None:
    """Uma concessão a cada item, com os campos dela."""
    aplicativo, codigo = permissao.split(".")
    concedida = Permission.objects.get(content_type__app_label=aplicativo, codename=codigo)
    concessao.objects.bulk_create(
        concessao(group=perfil, permission=concedida, content_object=item, **campos) for item, campos in itens
    )


def _permissoes(papel: Papel):
    de_capacidade = Q(content_type__app_label="perfis", codename__in=papel.capacidades)
    if not papel.administra:
        return Permission.objects.filter(de_capacidade)
    verbos = Q()
    for verbo in VERBOS_DO_ADMIN:
        verbos |= Q(codename__startswith=verbo)
    de_historico = Q(codename__contains="historico") & ~Q(codename__startswith="view_")
    do_admin = Q(content_type__app_label__in=APLICATIVOS_DO_ADMIN) & verbos & ~de_historico
    return Permission.objects.filter(de_capacidade | do_admin)


def _criar_usuario(papel: Papel, perfil: Perfil, senha: str) -> None:
    prenome, sobrenome = papel.nome
    usuario = Usuario.objects.create(
        username=papel.usuario,
        email=f"{papel.usuario}@exemplo.net",
        password=senha,
        first_name=prenome,
        last_name=sobrenome,
        is_staff=papel.administra,
        demo=True,
    )
    usuario.groups.add(perfil)
