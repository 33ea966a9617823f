"""As ações sobre a rede: uma conexão num concentrador e numa OLT simulados."""

from django.utils import timezone

from contratos.models import ComandoDeRede, Conexao, LeituraDeSessao
from tests.execucao.acoes.exemplos import exemplo
from tests.rede.mundo import criar_conexao


def com_conexao(cenario):
    criar_conexao(cenario.etiqueta)


def so_a_conexao(cenario):
    return [{"conexao": Conexao.objects.get().pk}]


def com_motivo(cenario, **campos):
    return [{"conexao": Conexao.objects.get().pk, "motivo": "Sessão presa."} | campos]


def comandos(cenario):
    return list(ComandoDeRede.objects.order_by("pk").values())


def na_fila(verbo):
    def conferir(cenario, navegador):
        [comando] = ComandoDeRede.objects.all()
        assert (comando.verbo, comando.situacao) == (verbo, "na_fila")
        if verbo != "provisionar":
            assert comando.protocolo == cenario.solicitacao.protocolo
            assert comando.pedido_por == cenario.agente

    return conferir


def ruins(cenario):
    [boas] = com_motivo(cenario)
    return [{}, boas | {"conexao": 10**9}, boas | {"motivo": ""}]


def cair(cenario):
    LeituraDeSessao.objects.update_or_create(
        conexao=Conexao.objects.get(), defaults={"online": False, "lida_em": timezone.now()}
    )


def ler_mac(cenario, rotulo):
    return Conexao.objects.get().mac_formatado or "sem amarra"


exemplo(
    slug="desconectar",
    preparar=com_conexao,
    respostas=com_motivo,
    so_da_previa=frozenset({"Sessão de jacira@ipe"}),
    impedir=cair,
    ruins=ruins,
    deixa_evento=False,
    retratar=comandos,
    conferir=na_fila("desconectar"),
)
exemplo(
    slug="cpe",
    preparar=com_conexao,
    respostas=com_motivo,
    so_da_previa=frozenset({"Equipamento HWTC1A2B3C4D"}),
    impedir=lambda cenario: Conexao.objects.update(serial=""),
    ruins=ruins,
    deixa_evento=False,
    retratar=comandos,
    conferir=na_fila("reiniciar"),
)
exemplo(
    slug="limpar_mac",
    preparar=com_conexao,
    respostas=lambda cenario: com_motivo(cenario, mac="00-00-5e-00-53-aa"),
    ler=ler_mac,
    impedir=lambda cenario: Conexao.objects.update(ativa=False),
    ruins=lambda cenario: [
        *ruins(cenario),
        com_motivo(cenario, mac="FF:FF:FF:FF:FF:FF")[0],
        com_motivo(cenario, mac="00:00:5E:00:53:01")[0],
        com_motivo(cenario, mac="<script>")[0],
    ],
    deixa_evento=False,
    retratar=comandos,
    conferir=na_fila("provisionar"),
)
exemplo(
    slug="diagnostico",
    preparar=com_conexao,
    respostas=so_a_conexao,
    impedir=lambda cenario: Conexao.objects.update(ativa=False),
    ruins=lambda cenario: [{}, {"conexao": 10**9}, {"conexao": "x"}],
    deixa_evento=False,
    retratar=comandos,
)
