"""Trocar ou recolher o equipamento que o provedor emprestou."""

from django import forms
from django.utils import timezone

from atendimento.acoes.base import ACOES, Evento, Mudanca, Passo, Previa, Resultado
from atendimento.acoes.campos import Texto
from atendimento.acoes.de_contrato import AcaoDeContrato, evento_de
from contratos import identificadores
from contratos.dominio import equipamentos
from contratos.enums import TipoDePatrimonio
from contratos.models import Equipamento

TROCA, RETIRADA = "troca", "retirada"


class Qual(Passo):
    """Qual equipamento, e o que se faz dele."""

    titulo = "Equipamento"
    equipamento = forms.ModelChoiceField(Equipamento.objects.none(), label="Equipamento", empty_label=None)
    operacao = forms.ChoiceField(
        label="Operação", choices=[(TROCA, "Trocar por outro"), (RETIRADA, "Recolher")]
    )
    motivo = Texto(label="Motivo", min_length=3, max_length=300, linhas=2)

    def preparar(self):
        """Os que estão com o cliente nesta etiqueta."""
        self.fields["equipamento"].queryset = equipamentos.em_comodato(self.contexto.eixo.etiqueta)
        self.fields["equipamento"].label_from_instance = lambda e: (
            f"{e.get_tipo_display()} {e} {e.serial}".strip()
        )


class Outro(Passo):
    """O que entra no lugar."""

    titulo = "Equipamento novo"
    tipo = forms.ChoiceField(label="Tipo", choices=TipoDePatrimonio)
    modelo = forms.CharField(label="Modelo", max_length=80, min_length=2)
    patrimonio = forms.CharField(label="Patrimônio", max_length=30)
    serial = forms.CharField(label="Serial", max_length=40, required=False)
    mac = forms.CharField(label="MAC", max_length=20, required=False)

    def preparar(self):
        """Recolher não pergunta nada; trocar sugere o mesmo tipo."""
        if self.anteriores.get("operacao") == RETIRADA:
            self.fields.clear()
        elif "equipamento" in self.anteriores:
            self.fields["tipo"].initial = self.anteriores["equipamento"].tipo

    def clean(self):
        """Serial e MAC normalizados, e de ninguém mais."""
        limpos = super().clean()
        for campo, normalizar in (
            ("serial", identificadores.normalizar_serial),
            ("mac", identificadores.normalizar_mac),
        ):
            if limpos.get(campo):
                try:
                    limpos[campo] = normalizar(limpos[campo])
                except identificadores.IdentificadorInvalido as erro:
                    self.add_error(campo, str(erro))
        if self.fields and not self.errors:
            recusa = equipamentos.frase_do_novo(_novo(limpos), self.anteriores["equipamento"])
            if recusa:
                self.add_error(*recusa)
        return limpos


@ACOES.registrar
class TrocarEquipamento(AcaoDeContrato):
    """Recolhe um equipamento e, na troca, entrega outro; a conexão acompanha."""

    slug = "equipamento"
    nome = "Trocar ou retirar equipamento"
    grupo = "Técnico"
    alvo = "etiqueta"
    icone = "router"
    ordem = 440
    confirmar = "Confirmar"
    ajuda = (
        "Use quando o equipamento emprestado falhou e se troca, ou quando volta ao provedor.\n\n"
        "Pergunta qual equipamento, se se troca ou se recolhe, o motivo e, na troca, o modelo, o "
        "patrimônio, o "
        "serial e o MAC do novo.\n\n"
        "Faz: dá baixa no de antes, entrega o novo e leva a conexão que autenticava por ele ao serial e ao "
        "MAC "
        "novos; fica um evento no contrato.\n\n"
        "Diga ao cliente: o que foi trocado ou recolhido, e que guarde o comprovante com o patrimônio."
    )
    passos = (Qual, Outro)

    def impedimento(self):
        """Só onde há o que trocar."""
        etiqueta = self.contexto.eixo.etiqueta
        if not equipamentos.em_comodato(etiqueta).exists():
            return f"Não há equipamento do provedor na etiqueta {etiqueta.codigo}."
        return None

    def previa(self, dados):
        """O que volta, o que entra, e a conexão."""
        velho = dados["equipamento"]
        entra = str(_novo(dados).modelo) + f" {dados['patrimonio']}" if _troca(dados) else "Recolhido"
        mudancas = [Mudanca("Equipamento", str(velho), entra)]
        for conexao in equipamentos.conexoes_do(velho):
            serial = dados["serial"] if _troca(dados) else ""
            mudancas.append(Mudanca(f"Serial da conexão {conexao.login}", conexao.serial, serial))
        return Previa(mudancas=tuple(mudancas), dizer=self._dizer(dados))

    def fazer(self, dados):
        """Troca ou recolhe."""
        velho, hoje = dados["equipamento"], timezone.localdate()
        if _troca(dados):
            novo = equipamentos.trocar(velho, _novo(dados), hoje)
            tipo, texto = "troca-de-equipamento", f"equipamento: {velho} → {novo}"
        else:
            equipamentos.retirar(velho, hoje)
            tipo, texto = "retirada-de-equipamento", f"equipamento: {velho} → recolhido"
        return Resultado(
            "Equipamento trocado." if _troca(dados) else "Equipamento recolhido.",
            relato=f"{texto}. {dados['motivo']}",
            evento=Evento(tipo, evento_de(texto, dados["motivo"], self.protocolo)),
            dizer=self._dizer(dados),
        )

    def _dizer(self, dados) -> str:
        feito = "trocado" if _troca(dados) else "recolhido"
        return f"O equipamento {dados['equipamento']} foi {feito}. O protocolo é {self.protocolo}."


def _troca(dados) -> bool:
    return dados["operacao"] == TROCA


def _novo(dados) -> equipamentos.Novo:
    return equipamentos.Novo(
        dados["tipo"], dados["modelo"], dados["patrimonio"], dados.get("serial", ""), dados.get("mac", "")
    )
