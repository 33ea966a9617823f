"""Reclamação: na ouvidoria, na Anatel, no Procon. Ganha prioridade e prazo, e nunca se cancela."""

from django import forms
from django.utils import timezone

from atendimento.acoes.base import ACOES, Acao, Mudanca, Passo, Previa, Resultado
from atendimento.acoes.campos import CampoDeRelato, Data
from atendimento.dominio import solicitacoes
from atendimento.models import Especie, Reclamacao, TipoDeSolicitacao
from atendimento.models.reclamacao import Orgao
from atendimento.models.solicitacao import Prioridade


class Queixa(Passo):
    """Onde se reclamou, com que número e até quando se responde."""

    titulo = "Reclamação"
    orgao = forms.ChoiceField(label="Onde o cliente reclamou", choices=Orgao)
    numero_externo = forms.CharField(
        label="Número no órgão", max_length=40, required=False, help_text="Obrigatório fora da ouvidoria."
    )
    prazo_em = Data(
        label="Responder ao órgão até", required=False, help_text="Vazio: o prazo do tipo, pela norma."
    )
    tipo = forms.ModelChoiceField(TipoDeSolicitacao.objects.none(), label="Tipo", empty_label=None)
    relato = CampoDeRelato(label="O que o cliente reclama", min_length=10)

    def preparar(self):
        """Só tipos de reclamação."""
        tipos = TipoDeSolicitacao.objects.para_contrato(self.contexto.solicitacao.contrato)
        self.fields["tipo"].queryset = tipos.filter(especie=Especie.RECLAMACAO)

    def clean_prazo_em(self):
        """Um dia que ainda não passou."""
        dia = self.cleaned_data["prazo_em"]
        if dia and dia < timezone.localdate():
            raise forms.ValidationError("Este dia já passou.")
        return dia

    def clean(self):
        """Fora da ouvidoria há um número, e ele é de uma solicitação só."""
        dados = super().clean()
        orgao, numero = dados.get("orgao"), dados.get("numero_externo")
        if orgao and orgao != Orgao.OUVIDORIA and not numero:
            self.add_error("numero_externo", f"Informe o número da reclamação ({Orgao(orgao).label}).")
        repetida = Reclamacao.objects.filter(orgao=orgao, numero_externo=numero)
        if numero and repetida.exclude(solicitacao=self.contexto.solicitacao).exists():
            self.add_error("numero_externo", "Este número já está em outra solicitação.")
        return dados


@ACOES.registrar
class Reclamar(Acao):
    """Marca a solicitação como reclamação."""

    slug = "reclamacao"
    nome = "Reclamação, Anatel ou Procon"
    grupo = "Geral"
    alvo = "solicitacao"
    icone = "megaphone"
    ordem = 35
    confirmar = "Registrar reclamação"
    ajuda = (
        "Use quando o cliente reclama do serviço ou do atendimento, e sempre que houver número da Anatel, do "
        "Procon, do consumidor.gov.br ou de um processo.\n\n"
        "Pergunta onde ele reclamou, o número lá, até quando se responde e do que reclama, com as palavras "
        "dele.\n\n"
        "Faz: a solicitação passa a urgente, com o prazo do órgão se for mais curto que o da norma (7 dias "
        "corridos, Decreto 11.034/2022, art. 13). Desde então não se cancela: responde-se e encerra-se.\n\n"
        "Diga ao cliente: o protocolo, o prazo da resposta, e que ele não precisa reclamar outra vez."
    )
    passos = (Queixa,)

    def impedimento(self):
        """Só enquanto corre, e só se o cadastro tem tipo de reclamação."""
        solicitacao = self.contexto.solicitacao
        if not solicitacao.esta_aberta:
            situacao = solicitacao.get_situacao_display().lower()
            return f"A solicitação {solicitacao.protocolo} está {situacao}: reabra-a ou abra outra."
        return None

    def previa(self, dados):
        """O que muda na solicitação."""
        solicitacao = self.contexto.solicitacao
        mudancas = [Mudanca("Tipo", str(solicitacao.tipo or ""), str(dados["tipo"]))]
        if solicitacao.prioridade != Prioridade.URGENTE:
            mudancas.append(
                Mudanca("Prioridade", solicitacao.get_prioridade_display(), Prioridade.URGENTE.label)
            )
        if not solicitacao.incancelavel:
            mudancas.append(Mudanca("Pode ser cancelada", "sim", "nunca mais"))
        if dados["prazo_em"]:
            mudancas.append(Mudanca("Responder ao órgão até", "", f"{dados['prazo_em']:%d/%m/%Y}"))
        return Previa(mudancas=tuple(mudancas), dizer=self._dizer())

    def _dizer(self) -> str:
        return f"Sua reclamação está registrada com o protocolo {self.contexto.solicitacao.protocolo}."

    def efetivar(self, dados):
        """Pelo verbo do domínio."""
        relato = dados["relato"]
        campos = {nome: dados[nome] for nome in ("tipo", "orgao", "numero_externo", "prazo_em")}
        solicitacoes.registrar_reclamacao(
            self.contexto.solicitacao, por=self.contexto.usuario, versao=self.contexto.versao, **campos
        )
        onde = f"{Orgao(dados['orgao']).label} {dados['numero_externo']}".strip()
        return Resultado(
            "Reclamação registrada: prioridade urgente.",
            relato=f"Reclamação ({onde}): {relato}",
            dizer=self._dizer(),
        )
