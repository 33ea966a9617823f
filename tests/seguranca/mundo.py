"""Um provedor inteiro: de cada coisa que um endereço mostra há uma, com dados que se reconhecem se vazarem.

O protagonista pode tudo o que se concede; cada teste lhe tira uma coisa e vê o que se fecha.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from atendimento import models as do_atendimento
from atendimento.catalogo import espelhar_catalogo
from atendimento.dominio import solicitacoes
from atendimento.dominio.acessos import registrar_painel
from contratos import models as dos_contratos
from contratos.cifra import cifrar
from perfis import models as dos_perfis
from perfis.dominio.matriz import Matriz, permissoes_concediveis
from perfis.dominio.perfis import salvar_matriz
from tests import fabricas
from tests.banco import desfeito as desfeito
from tests.test_admin import CASOS as CASOS_DO_ADMIN

DOCUMENTO = "52998224725"
TELEFONE = "+5554987654321"
EMAIL = "iris.azambuja@exemplo.net"
# Uma senha não aparece em página alguma, seja de quem for; só a revelação a mostra.
SENHAS = ("segredo-da-conexao", "segredo-da-onu", "segredo-radius-do-bras")
# O dado pessoal inteiro, em cada forma em que se escreve.
PESSOAIS = {
    "ver_documento": (DOCUMENTO, "529.982.247-25"),
    "ver_telefone": (TELEFONE, "54987654321", "98765-4321", "987654321"),
    "ver_email": (EMAIL, EMAIL.replace("@", "%40")),
}
# A ação de que o protagonista tem uma execução parada no primeiro passo.
EM_CURSO = "encerrar"
# O que o mesmo cliente tem em outra empresa, que o protagonista não atende.
DA_OUTRA = ("C-DE-OUTRA", "ET-DE-OUTRA", "login-de-outra", "F-DE-OUTRA", "relato de outra filial")
INTEIROS = {f"perfis.{capacidade}" for capacidade in PESSOAIS}


@dataclass
class Mundo:
    """As peças, pelo nome do que são. `linhas`, uma linha de cada modelo registrado no admin."""

    empresa: Any
    cliente: Any
    contrato: Any
    etiqueta: Any
    contatos: dict[str, Any]
    conexao: Any
    perfil: Any
    protagonista: Any
    colega: Any
    equipe: Any
    equipe_alheia: Any
    contato: Any
    solicitacao: Any
    anexo: Any
    execucao: Any
    aprovacao: Any
    staff: Any
    supremo: Any
    linhas: dict[str, Any] = field(default_factory=dict)
    sessoes: dict[int, str] = field(default_factory=dict)

    def alvo(self, nome: str):
        """O objeto de uma ação ou de um widget."""
        return getattr(self, nome)

    def linha(self, modelo: str):
        """A linha do modelo, no escopo do protagonista. Levanta `LookupError` para um sem como criar."""
        if self.linhas.get(modelo) is None:
            raise LookupError(
                f"{modelo} está no admin: diga em LINHAS (tests/seguranca/mundo.py) como criar um."
            )
        return self.linhas[modelo]

    def navegador(self, usuario=None, **cabecalhos) -> Client:
        """Um navegador em que `usuario` já entrou, sem entrar de novo a cada pedido."""
        navegador = Client(headers=cabecalhos)
        if usuario is not None:
            if usuario.pk not in self.sessoes:
                navegador.force_login(usuario)
                self.sessoes[usuario.pk] = navegador.cookies["sessionid"].value
            navegador.cookies["sessionid"] = self.sessoes[usuario.pk]
        return navegador


def tudo(empresa, *, menos: set[str] = frozenset()) -> Matriz:
    """Tudo o que se concede, menos as permissões ditas; de empresas, só a dada."""
    return Matriz(
        frozenset(permissoes_concediveis()) - menos,
        {
            "perfis.executar_acao": {item.pk: {} for item in dos_perfis.Acao.objects.all()},
            "perfis.ver_widget": {item.pk: {} for item in dos_perfis.Widget.objects.all()},
            "contratos.atender_empresa": {empresa.pk: {}},
        },
    )


def construir() -> Mundo:
    """O mundo, no banco."""
    espelhar_catalogo()
    fabricas.criar_prazo(padrao=True)
    empresa = fabricas.criar_empresa()
    perfil, do_colega = fabricas.criar_perfil(), fabricas.criar_perfil()
    for um in (perfil, do_colega):
        salvar_matriz(um, tudo(empresa), por=None)
    protagonista = fabricas.criar_usuario(perfil, is_staff=True, email=EMAIL.replace("iris", "agente"))
    colega = fabricas.criar_usuario(do_colega, first_name="Alba")
    equipe = fabricas.criar_equipe(protagonista, colega)
    cliente = fabricas.criar_cliente(documento=DOCUMENTO, nome="Íris de Azambuja")
    contrato = fabricas.criar_contrato(cliente, empresa)
    etiqueta = contrato.etiquetas.get()
    solicitacao = fabricas.criar_solicitacao(
        por=protagonista, etiqueta=etiqueta, em_maos=True, solicitante_telefone=TELEFONE
    )
    mundo = Mundo(
        empresa=empresa,
        cliente=cliente,
        contrato=contrato,
        etiqueta=etiqueta,
        contatos={
            "telefone": fabricas.criar_contato(cliente, valor=TELEFONE),
            "email": fabricas.criar_contato(cliente, tipo="email", valor=EMAIL),
        },
        conexao=_conexao(etiqueta),
        perfil=perfil,
        protagonista=protagonista,
        colega=colega,
        equipe=equipe,
        equipe_alheia=fabricas.criar_equipe(),
        contato=_contato(protagonista, equipe),
        solicitacao=solicitacao,
        anexo=anexar(solicitacao, protagonista),
        execucao=_execucao(solicitacao, protagonista),
        aprovacao=_aprovacao(fabricas.criar_solicitacao(por=colega, etiqueta=etiqueta, em_maos=True), colega),
        staff=fabricas.criar_usuario(is_staff=True),
        supremo=fabricas.criar_usuario(is_staff=True, is_superuser=True),
    )
    _ligar_dois_fatores(colega)
    _em_outra_empresa(cliente)
    for modelo in admin.site._registry:
        mundo.linhas[modelo._meta.label_lower] = _linha(modelo, mundo)
    for usuario in (protagonista, mundo.staff, mundo.supremo):
        mundo.navegador(usuario)
    return mundo


def _conexao(etiqueta):
    return fabricas.criar_conexao(
        etiqueta,
        concentrador=fabricas.criar_concentrador(segredo=cifrar(SENHAS[2])),
        splitter=fabricas.criar_splitter(),
        senha=cifrar(SENHAS[0]),
        senha_equipamento=cifrar(SENHAS[1]),
    )


def _execucao(solicitacao, por, **campos):
    return do_atendimento.Execucao.objects.create(
        acao=EM_CURSO, alvo="solicitacao", alvo_id=solicitacao.pk, cliente=solicitacao.cliente,
        contrato=solicitacao.contrato, solicitacao=solicitacao, usuario=por,
        expira_em=timezone.now() + timedelta(hours=1), **campos,
    )  # fmt: skip


def _em_outra_empresa(cliente) -> None:
    """Um contrato do mesmo cliente em outra empresa, com um de tudo."""
    empresa = fabricas.criar_empresa()
    contrato = fabricas.criar_contrato(cliente, empresa, com_etiqueta=False, numero=DA_OUTRA[0])
    etiqueta = fabricas.criar_etiqueta(contrato, codigo=DA_OUTRA[1], descricao=DA_OUTRA[1])
    fabricas.criar_conexao(etiqueta, login=DA_OUTRA[2])
    fabricas.criar_fatura(contrato, numero=DA_OUTRA[3])
    fabricas.criar_evento(contrato, descricao=DA_OUTRA[4])
    fabricas.criar_servico(contrato, descricao=DA_OUTRA[4])
    fabricas.criar_equipamento(etiqueta, modelo=DA_OUTRA[4])
    agente = fabricas.criar_usuario(capacidades=["atender"], empresas=[empresa])
    fabricas.criar_equipe(agente)
    fabricas.criar_solicitacao(por=agente, etiqueta=etiqueta, em_maos=True, descricao=DA_OUTRA[4])


def _contato(por, equipe):
    return solicitacoes.registrar_contato(
        por=por, canal="telefone", equipe=equipe, nome="Íris", telefone=TELEFONE, assunto="Sem sinal."
    )


def anexar(solicitacao, por):
    """Um arquivo de texto na solicitação."""
    arquivo = SimpleUploadedFile("log.txt", b"Sinal baixo na CTO.")
    return solicitacoes.anexar(solicitacao, por=por, arquivo=arquivo)


def _aprovacao(solicitacao, por):
    execucao = _execucao(solicitacao, por, situacao="aguardando_aprovacao")
    return do_atendimento.Aprovacao.objects.create(
        execucao=execucao, motivo="Acima do limite.", pedida_por=por
    )


def _ligar_dois_fatores(usuario) -> None:
    Authenticator.objects.create(
        user=usuario, type=Authenticator.Type.TOTP, data={"secret": cifrar("SEGREDOTOTP").decode()}
    )


def _acesso(mundo: Mundo):
    registrar_painel(por=mundo.protagonista, cliente_id=mundo.cliente.pk, ip=None)
    return do_atendimento.AcessoADado.objects.order_by("-pk").first()


def _mudanca(mundo: Mundo):
    return LogEntry.objects.create(
        user=mundo.colega, content_type=ContentType.objects.get_for_model(mundo.cliente),
        object_id=mundo.cliente.pk, object_repr=DA_OUTRA[4], action_flag=CHANGE,
    )  # fmt: skip


def _mensagem(mundo: Mundo):
    return do_atendimento.Mensagem.objects.create(
        cliente=mundo.cliente, solicitacao=mundo.solicitacao, tipo="protocolo", canal="email", destino=EMAIL,
        texto="Seu protocolo.", proxima_em=timezone.now(),
    )  # fmt: skip


def _artigo(mundo: Mundo):
    fabricas.criar_artigo(uso="roteiro", texto="{saudacao}, {cliente}. O protocolo é {protocolo}.")
    return fabricas.criar_artigo()


# O que no admin se mostra do mundo mesmo; o resto nasce como em `tests/test_admin.py`.
LINHAS: dict[str, Callable[[Mundo], Any]] = {
    "admin.logentry": _mudanca,
    "atendimento.acessoadado": _acesso,
    "atendimento.calendario": lambda m: fabricas.criar_calendario(),
    "atendimento.equipe": lambda m: m.equipe,
    "atendimento.artigo": _artigo,
    "atendimento.massiva": lambda m: fabricas.criar_massiva(splitter=m.conexao.splitter),
    "atendimento.macro": lambda m: do_atendimento.Macro.objects.create(nome="Saudação", texto="Bom dia."),
    "atendimento.mensagem": _mensagem,
    "atendimento.motivo": lambda m: fabricas.criar_motivo(),
    "atendimento.prazo": lambda m: fabricas.criar_prazo(),
    "atendimento.solucao": lambda m: fabricas.criar_solucao(),
    "atendimento.tipodesolicitacao": lambda m: fabricas.criar_tipo_de_solicitacao(),
    "clientes.cliente": lambda m: m.cliente,
    "clientes.contato": lambda m: m.contatos["telefone"],
    "contratos.concentrador": lambda m: m.conexao.concentrador,
    "contratos.conexao": lambda m: m.conexao,
    "contratos.contrato": lambda m: m.contrato,
    "contratos.empresa": lambda m: m.empresa,
    "contratos.etiqueta": lambda m: m.etiqueta,
    "contratos.parametros": lambda m: dos_contratos.Parametros.atuais(),
    "perfis.perfil": lambda m: m.colega.groups.get().perfil,
    "perfis.usuario": lambda m: m.colega,
}


def _linha(modelo, mundo: Mundo):
    nome = modelo._meta.label_lower
    if nome in LINHAS:
        return LINHAS[nome](mundo)
    if nome in CASOS_DO_ADMIN:
        CASOS_DO_ADMIN[nome].criar(mundo.empresa)
    return modelo._default_manager.order_by("-pk").first()
