"""Um supervisor bloqueia por fundamento, e depois desbloqueia."""

from django.contrib.auth.models import Permission

from contratos.dominio.bloqueio_administrativo import bloquear
from contratos.models import BloqueioAdministrativo, Contrato
from perfis.models import Usuario
from tests.execucao.acoes.exemplos import exemplo
from tests.fabricas import criar_conexao

JUSTIFICATIVA = "Ofício recebido e conferido hoje."


def supervisor(cenario):
    cenario.perfil.permissions.add(
        Permission.objects.get(content_type__app_label="perfis", codename="supervisionar")
    )
    # Outra leitura: o objeto guarda as permissões de quando as leu.
    cenario.agente = Usuario.objects.get(pk=cenario.agente.pk)
    criar_conexao(cenario.etiqueta)


def bloqueado(cenario):
    supervisor(cenario)
    bloquear(
        cenario.contrato, fundamento="seguranca", referencia="", justificativa="Ataque saindo da conexão.",
        por=cenario.agente, protocolo=cenario.solicitacao.protocolo,
    )  # fmt: skip


def respostas(cenario):
    return [{"fundamento": "ordem_judicial", "referencia": "0001234", "justificativa": JUSTIFICATIVA}]


def ler(cenario, rotulo):
    if rotulo == "Situação":
        return cenario.contrato.get_situacao_display()
    bloqueio = BloqueioAdministrativo.objects.filter(encerrado_em=None).first()
    return bloqueio.get_fundamento_display() if bloqueio else ""


def status(cenario) -> list[int]:
    return [conexao.status for conexao in cenario.etiqueta.conexoes.all()]


def conferir_bloqueio(cenario, navegador):
    assert status(cenario) == [2]


def conferir_desbloqueio(cenario, navegador):
    assert status(cenario) == [1]
    assert not BloqueioAdministrativo.objects.filter(encerrado_em=None).exists()


exemplo(
    slug="bloqueio_adm",
    preparar=supervisor,
    respostas=respostas,
    ler=ler,
    impedir=lambda cenario: Contrato.objects.update(situacao=9),
    conferir=conferir_bloqueio,
    retratar=lambda cenario: list(BloqueioAdministrativo.objects.values()),
    ruins=lambda cenario: [
        {},
        respostas(cenario)[0] | {"referencia": ""},
        respostas(cenario)[0] | {"fundamento": "debito"},
        respostas(cenario)[0] | {"justificativa": "curta"},
    ],
)
exemplo(
    slug="desbloqueio_adm",
    preparar=bloqueado,
    respostas=lambda cenario: [{"justificativa": JUSTIFICATIVA}],
    ler=ler,
    impedir=lambda cenario: Contrato.objects.update(situacao=1),
    conferir=conferir_desbloqueio,
    retratar=lambda cenario: list(BloqueioAdministrativo.objects.values()),
    ruins=lambda cenario: [{}, {"justificativa": "curta"}],
)
