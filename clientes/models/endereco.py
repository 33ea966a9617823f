"""Endereços: de instalação, de cobrança, de correspondência."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat

from clientes.funcoes import Normalizado


class Endereco(models.Model):
    """Um endereço do cliente; contratos, etiquetas e conexões apontam para ele."""

    # O índice é `endereco_do_cliente`.
    cliente = models.ForeignKey("clientes.Cliente", models.CASCADE, related_name="enderecos", db_index=False)
    cep = models.CharField("CEP", max_length=8)
    logradouro = models.CharField(max_length=150)
    numero = models.CharField("número", max_length=20, blank=True)
    complemento = models.CharField(max_length=100, blank=True)
    bairro = models.CharField(max_length=80, blank=True)
    cidade = models.CharField(max_length=80)
    uf = models.CharField("UF", max_length=2)
    referencia = models.CharField("ponto de referência", max_length=150, blank=True)
    principal = models.BooleanField(default=False)
    codigo_externo = models.CharField(
        "código no sistema de origem", max_length=60, null=True, blank=True, unique=True
    )
    texto_busca = models.GeneratedField(
        expression=Normalizado(
            Concat(F("logradouro"), Value(" "), F("numero"), Value(" "), F("bairro"), Value(" "), F("cidade"))
        ),
        output_field=models.CharField(max_length=340),
        db_persist=True,
    )

    class Meta:
        verbose_name = "endereço"
        verbose_name_plural = "endereços"
        ordering = ["-principal", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(cep__regex=r"^[0-9]{8}$"), name="endereco_cep_oito_algarismos"
            ),
            models.CheckConstraint(condition=Q(uf__regex=r"^[A-Z]{2}$"), name="endereco_uf_duas_letras"),
            models.UniqueConstraint("cliente", condition=Q(principal=True), name="endereco_principal_unico"),
        ]
        indexes = [
            GinIndex(OpClass(F("texto_busca"), "gin_trgm_ops"), name="endereco_trigramas"),
            # A cidade e o bairro de cada linha da busca, sem ler a tabela.
            models.Index(
                fields=["cliente", "-principal", "id"],
                include=["cidade", "bairro"],
                name="endereco_do_cliente",
            ),
        ]

    def __str__(self):
        return self.em_uma_linha

    @property
    def em_uma_linha(self) -> str:
        """Como se lê em voz alta: rua, número, complemento, bairro, cidade/UF, CEP."""
        rua = ", ".join(p for p in (self.logradouro, self.numero, self.complemento) if p)
        lugar = " – ".join(p for p in (self.bairro, f"{self.cidade}/{self.uf}") if p)
        return f"{rua} – {lugar} – CEP {self.cep[:5]}-{self.cep[5:]}"
