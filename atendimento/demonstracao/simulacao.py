"""Liga o simulador nos equipamentos da demonstração e dita os defeitos de alguns cenários.

Roda depois dos clientes, para que criá-los não encha a fila de comandos, e faz a primeira leitura, para que
os cartões já tenham o que mostrar. Nada sai da máquina.
"""

from datetime import timedelta

from django.utils import timezone

from atendimento.demonstracao.cenarios import codigo_do_cenario
from atendimento.demonstracao.rede import CTO_DA_MASSIVA
from atendimento.dominio.rede import leituras
from contratos.enums import SituacaoDoContrato
from contratos.enums_de_rede import IntegracaoDeAcesso, IntegracaoOptica
from contratos.models import Concentrador, Conexao, Olt

# Um cliente de cada: sem energia, sinal fraco com quedas, MAC trocado, e o equipamento que não responde.
SEM_ENERGIA, SINAL_FRACO, MAC_TROCADO, SEM_RESPOSTA = 19, 11, 13, 20
CENARIOS_COM_SINAL = 20


def ligar_rede() -> None:
    """Uma vez só: se algum equipamento já tem integração, quem manda é o administrador."""
    if Concentrador.objects.exclude(integracao="").exists():
        return
    Concentrador.objects.update(integracao=IntegracaoDeAcesso.SIMULADA)
    Olt.objects.update(integracao=IntegracaoOptica.SIMULADA)
    _ditar_defeitos()
    for pk in Concentrador.objects.values_list("pk", flat=True):
        leituras.varrer(pk)
    dos_cenarios = [codigo_do_cenario(n) for n in range(1, CENARIOS_COM_SINAL + 1)]
    for conexao in _conexoes(dos_cenarios):
        leituras.ler_sinal(conexao.pk)
    for conexao in _conexoes([codigo_do_cenario(SEM_RESPOSTA)]):
        leituras.ler_sessao(conexao.pk)


def _conexoes(codigos: list[str]):
    return Conexao.objects.filter(etiqueta__contrato__cliente__codigo_externo__in=codigos, ativa=True)


def _ditar_defeitos() -> None:
    agora = timezone.now()
    defeitos: dict[int, dict] = {}
    for conexao in Conexao.objects.filter(splitter__nome=CTO_DA_MASSIVA):
        defeitos[conexao.pk] = {"caida_em": (agora - timedelta(minutes=37)).isoformat(), "estado": "sem_luz"}
    for cenario, defeito in (
        (SEM_ENERGIA, {"caida_em": (agora - timedelta(hours=3)).isoformat(), "estado": "sem_energia"}),
        (SINAL_FRACO, {"rx_dbm": "-27.84", "quedas_por_dia": 3}),
        (MAC_TROCADO, {"mac": "00005E0053FE"}),
        (SEM_RESPOSTA, {"muda": True}),
    ):
        for conexao in _conexoes([codigo_do_cenario(cenario)]):
            defeitos[conexao.pk] = defeito
    # Quem não tem contrato em vigor está fora do ar desde que ele acabou.
    sem_acesso = (SituacaoDoContrato.CANCELADO, SituacaoDoContrato.ENCERRADO)
    for conexao in Conexao.objects.filter(etiqueta__contrato__situacao__in=sem_acesso):
        defeitos[conexao.pk] = {"caida_em": (agora - timedelta(days=25)).isoformat(), "causa": "User-Request"}
    _gravar(defeitos)


def _gravar(defeitos: dict[int, dict]) -> None:
    conexoes = Conexao.objects.filter(pk__in=defeitos).select_related("concentrador", "olt", "splitter__olt")
    equipamentos: dict = {}
    for conexao in conexoes:
        olt = conexao.splitter.olt if conexao.splitter_id else conexao.olt
        for equipamento, chave in ((conexao.concentrador, conexao.login), (olt, conexao.serial)):
            if equipamento and chave:
                unico = equipamentos.setdefault((type(equipamento), equipamento.pk), equipamento)
                unico.roteiro[chave] = defeitos[conexao.pk]
    for equipamento in equipamentos.values():
        equipamento.save(update_fields=["roteiro"])
