"""Uma conexão ativa e um e-mail confirmado: a senha se gera e se manda, sem que ninguém a leia."""

from django.utils import timezone

from contratos.cifra import cifrar, decifrar
from contratos.models import Conexao, EventoDeContrato
from tests.execucao.acoes.exemplos import exemplo
from tests.fabricas import criar_conexao, criar_contato, verificar_identidade

VELHA = "senha-velha-123"


def com_conexao(cenario):
    verificar_identidade(cenario.solicitacao)
    criar_conexao(cenario.etiqueta, login="jacira@ipe", senha=cifrar(VELHA))
    criar_contato(cenario.cliente, tipo="email", valor="jacira@exemplo.net", confirmado_em=timezone.now())


def respostas(cenario):
    contato = cenario.cliente.contatos.get()
    return [{"conexao": Conexao.objects.get().pk, "contato": contato.pk, "motivo": "Perdeu a senha."}]


def conferir(cenario, navegador):
    nova = decifrar(Conexao.objects.get().senha)
    assert nova != VELHA
    assert len(nova) == 12
    escrito = [*EventoDeContrato.objects.values_list("descricao", flat=True)]
    escrito += cenario.solicitacao.relatos.values_list("texto", flat=True)
    escrito += [str(m.dados) + m.texto + m.assunto for m in cenario.solicitacao.mensagens.all()]
    escrito += [str(e.dados) + str(e.resultado) for e in cenario.solicitacao.execucoes.all()]
    assert not any(nova in texto or VELHA in texto for texto in escrito)


exemplo(
    slug="alterar_senha",
    preparar=com_conexao,
    respostas=respostas,
    so_da_previa=frozenset({"Senha da conexão jacira@ipe"}),
    impedir=lambda cenario: Conexao.objects.update(ativa=False),
    conferir=conferir,
    ruins=lambda cenario: [
        {},
        respostas(cenario)[0] | {"contato": ""},
        respostas(cenario)[0] | {"conexao": 10**9},
        respostas(cenario)[0] | {"motivo": ""},
    ],
)
