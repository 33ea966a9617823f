"""Limpar ou trocar o MAC a que a conexão está amarrada."""

from django import forms

from atendimento.acoes.base import ACOES, Mudanca, Previa, Resultado
from atendimento.acoes.de_rede import ONDE_VER, AcaoDeRede, DeUmaConexaoComMotivo
from atendimento.excecoes import DadoInvalido
from contratos import identificadores
from contratos.dominio import conexoes as verbos
from contratos.enums_de_rede import VerboDeRede

SEM_AMARRA = "sem amarra"


class QualMac(DeUmaConexaoComMotivo):
    """Qual conexão e, se for trocar, que MAC."""

    ajuda = "Sem MAC, a conexão fica solta: o próximo equipamento que autenticar entra."
    mac = forms.CharField(label="MAC novo", max_length=20, required=False)

    def clean_mac(self):
        """Doze algarismos, ou nada. Levanta `ValidationError`."""
        if not self.cleaned_data["mac"]:
            return ""
        try:
            return identificadores.normalizar_mac(self.cleaned_data["mac"])
        except identificadores.IdentificadorInvalido as erro:
            raise forms.ValidationError(str(erro)) from erro

    def clean(self):
        """O MAC tem de mudar."""
        limpos = super().clean()
        conexao = limpos.get("conexao")
        if conexao and "mac" in limpos and limpos["mac"] == conexao.mac:
            de_agora = "A conexão já está com este MAC." if conexao.mac else "A conexão já está sem MAC."
            self.add_error("mac", de_agora)
        return limpos


@ACOES.registrar
class LimparMac(AcaoDeRede):
    """Solta a conexão do MAC, ou a amarra a outro."""

    slug = "limpar_mac"
    nome = "Limpar ou trocar MAC"
    icone = "eraser"
    ordem = 435
    verbo = VerboDeRede.PROVISIONAR
    ajuda = (
        "Use quando o cliente trocou de roteador e a conexão, amarrada ao MAC do antigo, não autentica.\n\n"
        "Pergunta qual conexão, o motivo e o MAC novo; em branco, limpa.\n\n"
        "Faz: grava o MAC na conexão e o leva ao RADIUS, em segundo plano; o estado aparece na aba"
        " Conexão.\n\n"
        "Diga ao cliente: que ligue o equipamento novo e espere um minuto."
    )
    passos = (QualMac,)

    def impedimento(self):
        """Precisa de uma conexão."""
        return None if self.conexoes else self.sem_conexao()

    def previa(self, dados):
        """De um MAC a outro."""
        conexao = dados["conexao"]
        return Previa(
            mudancas=(
                Mudanca(
                    f"MAC da conexão {conexao.login}", conexao.mac_formatado or SEM_AMARRA, _escrito(dados)
                ),
            ),
            dizer=self._dizer(),
        )

    def fazer(self, dados):
        """Grava; o gatilho põe na fila."""
        conexao = dados["conexao"]
        antes = conexao.mac_formatado or SEM_AMARRA
        if conexao.mac == dados["mac"]:
            raise DadoInvalido("A conexão já está com este MAC.", campo="mac")
        verbos.trocar_mac(conexao, dados["mac"])
        return Resultado(
            f"MAC gravado. {ONDE_VER}",
            relato=f"MAC da conexão {conexao.login}: {antes} → {_escrito(dados)}. {dados['motivo']}",
            dizer=self._dizer(),
        )

    def _dizer(self) -> str:
        return f"Ligue o equipamento novo e espere um minuto. O protocolo é {self.protocolo}."


def _escrito(dados) -> str:
    return identificadores.formatar_mac(dados["mac"]) or SEM_AMARRA
