import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import clientes.funcoes


class Migration(migrations.Migration):
    initial = True

    # As de antes, para quem já as aplicou todas.
    replaces = [
        ("clientes", "0001_inicial"),
        ("clientes", "0003_versao_sobe"),
    ]

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Cliente",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "tipo",
                    models.CharField(
                        choices=[("PF", "Pessoa física"), ("PJ", "Pessoa jurídica"), ("EX", "Estrangeiro")],
                        default="PF",
                        max_length=2,
                        verbose_name="tipo de pessoa",
                    ),
                ),
                ("nome", models.CharField(max_length=150, verbose_name="nome ou razão social")),
                ("nome_social", models.CharField(blank=True, max_length=150, verbose_name="nome social")),
                ("nome_fantasia", models.CharField(blank=True, max_length=150, verbose_name="nome fantasia")),
                (
                    "documento",
                    models.CharField(
                        blank=True,
                        help_text="Só letras maiúsculas e algarismos, sem pontuação.",
                        max_length=20,
                        null=True,
                        unique=True,
                        verbose_name="CPF, CNPJ ou passaporte",
                    ),
                ),
                (
                    "nascimento",
                    models.DateField(blank=True, null=True, verbose_name="nascimento ou fundação"),
                ),
                ("segmento", models.CharField(blank=True, max_length=60)),
                (
                    "observacao",
                    models.TextField(blank=True, max_length=4000, verbose_name="observação administrativa"),
                ),
                (
                    "codigo_externo",
                    models.CharField(
                        blank=True,
                        max_length=60,
                        null=True,
                        unique=True,
                        verbose_name="código no sistema de origem",
                    ),
                ),
                ("demo", models.BooleanField(default=False, verbose_name="dado fictício")),
                ("criado_em", models.DateTimeField(auto_now_add=True)),
                ("atualizado_em", models.DateTimeField(auto_now=True)),
                ("versao", models.PositiveIntegerField(default=1, verbose_name="versão")),
                (
                    "nome_ordem",
                    models.GeneratedField(
                        db_persist=True,
                        expression=clientes.funcoes.Normalizado(models.F("nome")),
                        output_field=models.CharField(max_length=150),
                    ),
                ),
                (
                    "nome_busca",
                    models.GeneratedField(
                        db_persist=True,
                        expression=clientes.funcoes.Normalizado(
                            django.db.models.functions.text.Concat(
                                models.F("nome"),
                                models.Value(" "),
                                models.F("nome_social"),
                                models.Value(" "),
                                models.F("nome_fantasia"),
                            )
                        ),
                        output_field=models.CharField(max_length=460),
                    ),
                ),
            ],
            options={
                "verbose_name": "cliente",
                "verbose_name_plural": "clientes",
                "ordering": ["nome_ordem", "id"],
                "indexes": [
                    models.Index(
                        django.contrib.postgres.indexes.OpClass(models.F("nome_busca"), "text_pattern_ops"),
                        name="cliente_nome_prefixo",
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass(models.F("nome_busca"), "gin_trgm_ops"),
                        name="cliente_nome_trigramas",
                    ),
                    models.Index(models.F("nome_ordem"), models.F("id"), name="cliente_ordem"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("nome__regex", "^\\s*$"), _negated=True),
                        name="cliente_nome_preenchido",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("documento__isnull", True),
                            ("documento__regex", "^[0-9A-Z]{2,20}$"),
                            _connector="OR",
                        ),
                        name="cliente_documento_normalizado",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("documento__isnull", True),
                            ("tipo", "EX"),
                            models.Q(("documento__regex", "^[0-9]{11}$"), ("tipo", "PF")),
                            models.Q(("documento__regex", "^[0-9A-Z]{12}[0-9]{2}$"), ("tipo", "PJ")),
                            _connector="OR",
                        ),
                        name="cliente_documento_do_tipo",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("tipo__in", ["PF", "PJ", "EX"])), name="cliente_tipo_conhecido"
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="cliente_versao_sobe",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."codigo_externo" IS DISTINCT FROM (NEW."codigo_externo") OR OLD."demo" IS DISTINCT FROM (NEW."demo") OR OLD."documento" IS DISTINCT FROM (NEW."documento") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."nascimento" IS DISTINCT FROM (NEW."nascimento") OR OLD."nome" IS DISTINCT FROM (NEW."nome") OR OLD."nome_fantasia" IS DISTINCT FROM (NEW."nome_fantasia") OR OLD."nome_social" IS DISTINCT FROM (NEW."nome_social") OR OLD."observacao" IS DISTINCT FROM (NEW."observacao") OR OLD."segmento" IS DISTINCT FROM (NEW."segmento") OR OLD."tipo" IS DISTINCT FROM (NEW."tipo"))',
                            func="NEW.versao := OLD.versao + 1; RETURN NEW;",
                            hash="49fec8c84783baad44e2b3ae354dea766239a50d",
                            operation="UPDATE",
                            pgid="pgtrigger_cliente_versao_sobe_8473e",
                            table="clientes_cliente",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Alerta",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "cliente",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="alertas",
                        to="clientes.cliente",
                    ),
                ),
                ("texto", models.CharField(max_length=300)),
                (
                    "gravidade",
                    models.CharField(
                        choices=[
                            ("informacao", "Informação"),
                            ("atencao", "Atenção"),
                            ("critico", "Crítico"),
                        ],
                        default="atencao",
                        max_length=10,
                    ),
                ),
                ("valido_ate", models.DateTimeField(blank=True, null=True, verbose_name="válido até")),
                ("criado_em", models.DateTimeField(auto_now_add=True)),
                (
                    "criado_por",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "alerta",
                "verbose_name_plural": "alertas",
                "ordering": ["-criado_em"],
            },
        ),
        migrations.CreateModel(
            name="Contato",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "cliente",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contatos",
                        to="clientes.cliente",
                    ),
                ),
                (
                    "tipo",
                    models.CharField(choices=[("telefone", "Telefone"), ("email", "E-mail")], max_length=8),
                ),
                ("valor", models.CharField(max_length=254)),
                ("descricao", models.CharField(blank=True, max_length=60, verbose_name="descrição")),
                ("principal", models.BooleanField(default=False)),
                ("whatsapp", models.BooleanField(default=False, verbose_name="WhatsApp")),
                ("confirmado_em", models.DateTimeField(blank=True, null=True, verbose_name="confirmado em")),
                (
                    "invertido",
                    models.GeneratedField(
                        db_persist=True,
                        expression=clientes.funcoes.Invertido(models.F("valor")),
                        output_field=models.CharField(max_length=254),
                    ),
                ),
            ],
            options={
                "verbose_name": "contato",
                "verbose_name_plural": "contatos",
                "ordering": ["-principal", "id"],
                "indexes": [
                    models.Index(models.F("valor"), name="contato_valor"),
                    models.Index(
                        condition=models.Q(("tipo", "telefone")),
                        fields=["invertido"],
                        name="contato_final_do_telefone",
                        opclasses=["text_pattern_ops"],
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("cliente"),
                        models.F("tipo"),
                        models.F("valor"),
                        name="contato_unico_por_cliente",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("tipo", "telefone"), ("valor__regex", "^\\+[0-9]{8,15}$")),
                            models.Q(
                                ("tipo", "email"), ("valor__regex", "^[^@[:space:]A-Z]+@[^@[:space:]A-Z]+$")
                            ),
                            _connector="OR",
                        ),
                        name="contato_normalizado",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Endereco",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "cliente",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="enderecos",
                        to="clientes.cliente",
                    ),
                ),
                ("cep", models.CharField(max_length=8, verbose_name="CEP")),
                ("logradouro", models.CharField(max_length=150)),
                ("numero", models.CharField(blank=True, max_length=20, verbose_name="número")),
                ("complemento", models.CharField(blank=True, max_length=100)),
                ("bairro", models.CharField(blank=True, max_length=80)),
                ("cidade", models.CharField(max_length=80)),
                ("uf", models.CharField(max_length=2, verbose_name="UF")),
                (
                    "referencia",
                    models.CharField(blank=True, max_length=150, verbose_name="ponto de referência"),
                ),
                ("principal", models.BooleanField(default=False)),
                (
                    "codigo_externo",
                    models.CharField(
                        blank=True,
                        max_length=60,
                        null=True,
                        unique=True,
                        verbose_name="código no sistema de origem",
                    ),
                ),
                (
                    "texto_busca",
                    models.GeneratedField(
                        db_persist=True,
                        expression=clientes.funcoes.Normalizado(
                            django.db.models.functions.text.Concat(
                                models.F("logradouro"),
                                models.Value(" "),
                                models.F("numero"),
                                models.Value(" "),
                                models.F("bairro"),
                                models.Value(" "),
                                models.F("cidade"),
                            )
                        ),
                        output_field=models.CharField(max_length=340),
                    ),
                ),
            ],
            options={
                "verbose_name": "endereço",
                "verbose_name_plural": "endereços",
                "ordering": ["-principal", "id"],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass(models.F("texto_busca"), "gin_trgm_ops"),
                        name="endereco_trigramas",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("cep__regex", "^[0-9]{8}$")), name="endereco_cep_oito_algarismos"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("uf__regex", "^[A-Z]{2}$")), name="endereco_uf_duas_letras"
                    ),
                    models.UniqueConstraint(
                        models.F("cliente"),
                        condition=models.Q(("principal", True)),
                        name="endereco_principal_unico",
                    ),
                ],
            },
        ),
    ]
