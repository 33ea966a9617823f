"""Telefones e e-mails de um cliente."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models
from django.db.models import F, Q

from clientes import telefones
from clientes.enums import TipoDeContato
from clientes.funcoes import Invertido


class Contato(models.Model):
    """Um telefone em E.164 ou um e-mail em minúsculas; `confirmado_em` diz quando se provou seu."""

    cliente = models.ForeignKey("clientes.Cliente", models.CASCADE, related_name="contatos")
    tipo = models.CharField(max_length=8, choices=TipoDeContato)
    valor = models.CharField(max_length=254)
    descricao = models.CharField("descrição", max_length=60, blank=True)
    principal = models.BooleanField(default=False)
    whatsapp = models.BooleanField("WhatsApp", default=False)
    confirmado_em = models.DateTimeField("confirmado em", null=True, blank=True)
    invertido = models.GeneratedField(
        expression=Invertido(F("valor")), output_field=models.CharField(max_length=254), db_persist=True
    )

    class Meta:
        verbose_name = "contato"
        verbose_name_plural = "contatos"
        ordering = ["-principal", "id"]
        constraints = [
            models.UniqueConstraint("cliente", "tipo", "valor", name="contato_unico_por_cliente"),
            models.CheckConstraint(
                condition=Q(tipo=TipoDeContato.TELEFONE, valor__regex=r"^\+[0-9]{8,15}$")
                | Q(tipo=TipoDeContato.EMAIL, valor__regex=r"^[^@[:space:]A-Z]+@[^@[:space:]A-Z]+$"),
                name="contato_normalizado",
            ),
        ]
        indexes = [
            models.Index(F("valor"), name="contato_valor"),
            models.Index(
                fields=["invertido"],
                include=["cliente"],
                name="contato_final_do_telefone",
                condition=Q(tipo=TipoDeContato.TELEFONE),
                opclasses=["text_pattern_ops"],
            ),
        ]

    def __str__(self):
        return f"{self.get_tipo_display()} de {self.cliente_id}"

    def clean(self):
        """Normaliza o valor. Levanta `ValidationError` no campo `valor`."""
        if self.tipo == TipoDeContato.TELEFONE:
            try:
                self.valor = telefones.normalizar(self.valor)
            except telefones.TelefoneInvalido as erro:
                raise ValidationError({"valor": str(erro)}) from erro
        else:
            self.valor = self.valor.strip().lower()
            try:
                validate_email(self.valor)
            except ValidationError as erro:
                raise ValidationError({"valor": "E-mail inválido."}) from erro
