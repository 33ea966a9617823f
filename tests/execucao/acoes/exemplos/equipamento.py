"""Uma ONU emprestada, pela qual a conexão autentica: troca-se por outra."""

from contratos.models import Equipamento
from tests.execucao.acoes.exemplos import exemplo
from tests.fabricas import criar_conexao, criar_equipamento


def com_onu(cenario):
    criar_equipamento(cenario.etiqueta, serial="HWTC00000001", mac="00005E005301", patrimonio="P1")
    criar_conexao(cenario.etiqueta, serial="HWTC00000001", mac="00005E005301", login="jacira@ipe")


def respostas(cenario):
    return [
        {"equipamento": Equipamento.objects.first().pk, "operacao": "troca", "motivo": "Queimou."},
        {"tipo": "ont", "modelo": "HG8145X6", "patrimonio": "P2", "serial": "hwtc 00000002",
         "mac": "00:00:5e:00:53:02"},
    ]  # fmt: skip


def ler(cenario, rotulo):
    if rotulo == "Equipamento":
        return str(cenario.etiqueta.equipamentos.get(devolvido_em=None))
    return cenario.etiqueta.conexoes.get().serial


def conferir(cenario, navegador):
    assert cenario.etiqueta.conexoes.get().mac == "00005E005302"
    assert cenario.etiqueta.equipamentos.count() == 2


exemplo(
    slug="equipamento",
    preparar=com_onu,
    respostas=respostas,
    ler=ler,
    impedir=lambda cenario: Equipamento.objects.update(devolvido_em="2026-12-31"),
    conferir=conferir,
    ruins=lambda cenario: [
        {},
        respostas(cenario)[0] | {"equipamento": 10**9},
        respostas(cenario)[0] | {"operacao": "vender"},
        respostas(cenario)[0] | {"motivo": ""},
    ],
)
