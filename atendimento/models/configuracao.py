"""Como o provedor ajusta cada ação: situações, o que já vem preenchido, roteiro, verificação e limites."""

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models

from atendimento.variaveis import recusa_do_texto
from contratos.enums import SituacaoDoContrato
from perfis.models.catalogo import muda_a_versao

# O que um roteiro pode dizer; a tela da ação troca cada uma por seu valor.
VARIAVEIS_DO_ROTEIRO = {
    "saudacao": "Bom dia, Boa tarde ou Boa noite",
    "atendente": "nome de quem atende",
    "cliente": "nome do cliente (o social, quando há)",
    "contrato": "número do contrato",
    "protocolo": "protocolo do atendimento",
    "provedor": "nome do provedor",
}


class ConfiguracaoDeAcao(models.Model):
    """Uma por ação do catálogo; nasce com o que a classe declara, e depois é do administrador."""

    acao = models.OneToOneField(
        "perfis.Acao", models.CASCADE, related_name="configuracao", verbose_name="ação"
    )
    situacoes_aceitas = ArrayField(
        models.PositiveSmallIntegerField(choices=SituacaoDoContrato),
        default=list, blank=True, verbose_name="situações do contrato aceitas",
        help_text="Sem nenhuma marcada, as que a própria ação aceita. Nunca a ação aceita mais do que a lei.",
    )  # fmt: skip
    verificacao_de_identidade = models.BooleanField(
        "exige verificação de identidade", default=False,
        help_text="O atendimento precisa de ao menos dois dados do titular conferidos antes da ação.",
    )  # fmt: skip
    tipo = models.ForeignKey(
        "atendimento.TipoDeSolicitacao", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="tipo já preenchido", help_text="Vale quando a ação pergunta o tipo.",
    )  # fmt: skip
    prazo = models.ForeignKey(
        "atendimento.Prazo", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="prazo já preenchido", help_text="Vale quando a ação pergunta o prazo.",
    )  # fmt: skip
    equipe = models.ForeignKey(
        "atendimento.Equipe", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="equipe já preenchida", help_text="Vale quando a ação pergunta a equipe.",
    )  # fmt: skip
    roteiro = models.TextField(
        max_length=2000, blank=True,
        help_text="O que dizer ao cliente. Variáveis: "
        + ", ".join(f"{{{nome}}}" for nome in VARIAVEIS_DO_ROTEIRO) + ".",
    )  # fmt: skip
    limites = models.JSONField(
        default=dict, blank=True, editable=False,
        help_text="Limites de aprovação da casa; o que o perfil fixa vale mais.",
    )  # fmt: skip

    class Meta:
        verbose_name = "configuração de ação"
        verbose_name_plural = "configurações de ações"
        triggers = [muda_a_versao()]

    def __str__(self):
        return f"Configuração de {self.acao}"

    def clean(self):
        """O roteiro. Levanta `ValidationError` com uma variável que a tela não saberia trocar."""
        if recusa := recusa_do_texto(self.roteiro, VARIAVEIS_DO_ROTEIRO):
            raise ValidationError({"roteiro": recusa})

    def recusa_da_situacao(self, contrato) -> str | None:
        """A frase de por que a situação do contrato não serve, ou `None`."""
        if not self.situacoes_aceitas or contrato is None or contrato.situacao in self.situacoes_aceitas:
            return None
        aceitas = ", ".join(SituacaoDoContrato(s).label for s in sorted(self.situacoes_aceitas))
        return f"O contrato está em {contrato.get_situacao_display()}, e esta ação só vale em: {aceitas}."
