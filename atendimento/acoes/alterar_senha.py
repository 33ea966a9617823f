"""Trocar a senha da conexão: gerada pelo sistema, enviada ao cliente, mostrada a ninguém."""

from django import forms

from atendimento.acoes.base import ACOES, Evento, Mudanca, Passo, Previa, Resultado
from atendimento.acoes.campos import Texto
from atendimento.acoes.comprovantes import comprovar
from atendimento.acoes.de_contrato import AcaoDeContrato, CampoDeContato, evento_de, so_confirmados
from atendimento.tipos_de_mensagem import TIPOS_DE_MENSAGEM, TipoDeMensagem
from clientes.models import Contato
from contratos.cifra import decifrar
from contratos.dominio import conexoes
from contratos.models import Conexao


def _senha_de(conexao: int) -> str:
    """A senha em claro, só no momento do envio."""
    return decifrar(Conexao.objects.values_list("senha", flat=True).get(pk=conexao))


SENHA = TIPOS_DE_MENSAGEM.registrar(
    TipoDeMensagem(
        codigo="senha-da-conexao",
        nome="Nova senha da conexão",
        assunto="A senha da sua conexão mudou",
        texto=(
            "Olá, {cliente}.\n\n"
            "Você pediu uma senha nova para a conexão {login}, no protocolo {protocolo}. Ela é:\n\n"
            "{senha}\n\n"
            "Não a diga a ninguém: o provedor nunca a pergunta.\n\n"
            "{provedor}"
        ),
        curto="{provedor}: a nova senha da conexão {login} é {senha}. Protocolo {protocolo}.",
        variaveis={"login": "o usuário da conexão", "senha": "a senha nova, que só se lê no envio"},
        obrigatorias=frozenset({"senha", "protocolo"}),
        segredos={"senha": _senha_de},
    )
)


class QualConexao(Passo):
    """Que conexão e para onde mandar."""

    titulo = "Conexão"
    ajuda = "A senha não aparece aqui nem fica na caixa de saída: vai só ao contato que o cliente confirmou."
    conexao = forms.ModelChoiceField(Conexao.objects.none(), label="Conexão", empty_label=None)
    contato = CampoDeContato(label="Enviar a senha a")
    motivo = Texto(label="Motivo", min_length=3, max_length=300, linhas=2)

    def preparar(self):
        """As conexões ativas da etiqueta e os contatos confirmados."""
        so_confirmados(self)
        self.fields["contato"].required, self.fields["contato"].empty_label = True, None
        self.fields["conexao"].queryset = conexoes_ativas(self.contexto.eixo.etiqueta)
        self.fields["conexao"].label_from_instance = lambda conexao: conexao.login


def conexoes_ativas(etiqueta):
    """As que têm senha a trocar."""
    return Conexao.objects.filter(etiqueta=etiqueta, ativa=True)


@ACOES.registrar
class AlterarSenha(AcaoDeContrato):
    """Gera a senha, cifra, e a manda ao cliente."""

    slug = "alterar_senha"
    nome = "Alterar senha da conexão"
    grupo = "Técnico"
    alvo = "etiqueta"
    icone = "key-round"
    ordem = 450
    confirmar = "Gerar e enviar"
    verificacao_de_identidade = True
    ajuda = (
        "Use quando o cliente perdeu a senha da conexão ou desconfia que outra pessoa a tem. Antes, "
        "confira a "
        "identidade de quem fala.\n\n"
        "Pergunta qual conexão, a que contato confirmado se manda e o motivo.\n\n"
        "Faz: gera uma senha ao acaso, guarda-a cifrada, leva-a ao RADIUS em segundo plano (o estado aparece"
        " na aba Conexão) e a manda ao contato; ela não aparece na tela, no "
        "relato, no evento nem na caixa de saída. Quem precisa vê-la a revela, se o perfil deixa.\n\n"
        "Diga ao cliente: que a senha chega por mensagem, e que a troque no equipamento antes de reiniciá-lo."
    )
    passos = (QualConexao,)

    def impedimento(self):
        """Precisa de conexão, e de um contato a quem mandar."""
        etiqueta = self.contexto.eixo.etiqueta
        if not conexoes_ativas(etiqueta).exists():
            return f"A etiqueta {etiqueta.codigo} não tem conexão ativa."
        confirmados = Contato.objects.filter(cliente=self.contexto.eixo.cliente, confirmado_em__isnull=False)
        if not confirmados.exists():
            return "O cliente não tem contato confirmado: confirme um, porque a senha só vai a ele."
        return None

    def previa(self, dados):
        """Que muda, sem dizer para quê."""
        return Previa(
            mudancas=(
                Mudanca(f"Senha da conexão {dados['conexao'].login}", "a de agora", "uma nova, ao acaso"),
            ),
            dizer=self._dizer(),
            avisos=("O equipamento perde a conexão até receber a senha nova.",),
        )

    def fazer(self, dados):
        """Gera e manda."""
        conexao = dados["conexao"]
        conexoes.gerar_senha(conexao)
        enviado = comprovar(
            SENHA, dados["contato"], self.contexto.solicitacao, self.contexto.usuario,
            login=conexao.login, senha=conexao.pk,
        )  # fmt: skip
        texto = f"senha da conexão {conexao.login}: alterada"
        return Resultado(
            "Senha gerada e enviada ao cliente.",
            relato=f"{texto}. {dados['motivo']}\n{enviado}",
            evento=Evento("alteracao-de-senha", evento_de(texto, dados["motivo"], self.protocolo)),
            dizer=self._dizer(),
        )

    def _dizer(self) -> str:
        return f"A senha nova chega por mensagem ao seu contato. O protocolo é {self.protocolo}."
