import django.contrib.auth.models
import django.contrib.auth.validators
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension, UnaccentExtension
from django.db import migrations, models

from perfis.sql import TEXTO_NORMALIZADO


class Migration(migrations.Migration):
    initial = True

    # As de antes, para quem já as aplicou todas.
    replaces = [
        ("perfis", "0001_inicial"),
        ("perfis", "0002_versao_e_limites_declarados"),
        ("perfis", "0003_coluna_e_atualizacao_do_widget"),
    ]

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        BtreeGistExtension(),
        migrations.RunSQL(TEXTO_NORMALIZADO, "DROP FUNCTION texto_normalizado(text)"),
        migrations.CreateModel(
            name="Acao",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(editable=False, max_length=60, unique=True)),
                ("nome", models.CharField(max_length=80)),
                ("alvo", models.CharField(editable=False, max_length=12)),
                ("icone", models.CharField(blank=True, max_length=40, verbose_name="ícone")),
                ("ajuda", models.TextField(blank=True, max_length=4000, verbose_name="texto de ajuda")),
                ("ordem", models.PositiveSmallIntegerField(default=100)),
                ("ativo", models.BooleanField(default=True)),
                (
                    "no_codigo",
                    models.BooleanField(default=True, editable=False, verbose_name="existe no código"),
                ),
                ("grupo", models.CharField(max_length=30)),
                ("limites_declarados", models.JSONField(blank=True, default=list, editable=False)),
            ],
            options={
                "verbose_name": "ação",
                "verbose_name_plural": "ações",
                "ordering": ["ordem", "nome"],
                "permissions": [("executar_acao", "Pode executar a ação")],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Widget",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(editable=False, max_length=60, unique=True)),
                ("nome", models.CharField(max_length=80)),
                ("alvo", models.CharField(editable=False, max_length=12)),
                ("icone", models.CharField(blank=True, max_length=40, verbose_name="ícone")),
                ("ajuda", models.TextField(blank=True, max_length=4000, verbose_name="texto de ajuda")),
                ("ordem", models.PositiveSmallIntegerField(default=100)),
                ("ativo", models.BooleanField(default=True)),
                (
                    "no_codigo",
                    models.BooleanField(default=True, editable=False, verbose_name="existe no código"),
                ),
                ("regiao", models.CharField(editable=False, max_length=12, verbose_name="região")),
            ],
            options={
                "verbose_name": "widget",
                "verbose_name_plural": "widgets",
                "ordering": ["ordem", "nome"],
                "permissions": [("ver_widget", "Pode ver o widget")],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ConcessaoDeAcao",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "permission",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission"),
                ),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                ("ordem", models.PositiveSmallIntegerField(default=100)),
                (
                    "limites",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="Limites da ação: dias, valor, desconto, parcelas…",
                    ),
                ),
                ("valido_ate", models.DateTimeField(blank=True, null=True, verbose_name="válido até")),
                (
                    "content_object",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="concessoes",
                        to="perfis.acao",
                    ),
                ),
                ("favorita", models.BooleanField(default=False)),
            ],
            options={
                "verbose_name": "ação do perfil",
                "verbose_name_plural": "ações do perfil",
                "unique_together": {("group", "permission", "content_object")},
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "perfis_historicodeconcessaodeacao" ("content_object_id", "favorita", "group_id", "id", "limites", "ordem", "permission_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valido_ate") VALUES (NEW."content_object_id", NEW."favorita", NEW."group_id", NEW."id", NEW."limites", NEW."ordem", NEW."permission_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."valido_ate"); RETURN NULL;',
                            hash="a0ef754a37d3c12437da16a916af19f1e735ef34",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_11ba0",
                            table="perfis_concessaodeacao",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "perfis_historicodeconcessaodeacao" ("content_object_id", "favorita", "group_id", "id", "limites", "ordem", "permission_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valido_ate") VALUES (NEW."content_object_id", NEW."favorita", NEW."group_id", NEW."id", NEW."limites", NEW."ordem", NEW."permission_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."valido_ate"); RETURN NULL;',
                            hash="862620735140396fc3e4d44b2b0b0497969c5de7",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_1b8c1",
                            table="perfis_concessaodeacao",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "perfis_historicodeconcessaodeacao" ("content_object_id", "favorita", "group_id", "id", "limites", "ordem", "permission_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valido_ate") VALUES (OLD."content_object_id", OLD."favorita", OLD."group_id", OLD."id", OLD."limites", OLD."ordem", OLD."permission_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."valido_ate"); RETURN NULL;',
                            hash="1ef1679bf0e2448f82452f91eafe1d40d497ff14",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_c607a",
                            table="perfis_concessaodeacao",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricoDeConcessaoDeAcao",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="perfis.concessaodeacao",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "permission",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="auth.permission",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="auth.group",
                    ),
                ),
                ("ordem", models.PositiveSmallIntegerField(default=100)),
                (
                    "limites",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="Limites da ação: dias, valor, desconto, parcelas…",
                    ),
                ),
                ("valido_ate", models.DateTimeField(blank=True, null=True, verbose_name="válido até")),
                (
                    "content_object",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="perfis.acao",
                    ),
                ),
                ("favorita", models.BooleanField(default=False)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ConcessaoDeWidget",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "permission",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission"),
                ),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                ("ordem", models.PositiveSmallIntegerField(default=100)),
                (
                    "limites",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="Limites da ação: dias, valor, desconto, parcelas…",
                    ),
                ),
                ("valido_ate", models.DateTimeField(blank=True, null=True, verbose_name="válido até")),
                (
                    "content_object",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="concessoes",
                        to="perfis.widget",
                    ),
                ),
                ("recolhido", models.BooleanField(default=False)),
                (
                    "coluna",
                    models.CharField(
                        choices=[("esquerda", "Esquerda"), ("centro", "Centro"), ("direita", "Direita")],
                        default="direita",
                        max_length=8,
                    ),
                ),
                (
                    "atualiza_segundos",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="De quantos em quantos segundos se pede de novo; zero, nunca. No mínimo 10.",
                        validators=[django.core.validators.MaxValueValidator(3600)],
                        verbose_name="atualiza (s)",
                    ),
                ),
            ],
            options={
                "verbose_name": "widget do perfil",
                "verbose_name_plural": "widgets do perfil",
                "unique_together": {("group", "permission", "content_object")},
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("coluna__in", ["esquerda", "centro", "direita"])),
                        name="concessao_coluna_conhecida",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("atualiza_segundos", 0),
                            ("atualiza_segundos__range", (10, 3600)),
                            _connector="OR",
                        ),
                        name="concessao_atualiza_sem_pressa",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "perfis_historicodeconcessaodewidget" ("atualiza_segundos", "coluna", "content_object_id", "group_id", "id", "limites", "ordem", "permission_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recolhido", "valido_ate") VALUES (NEW."atualiza_segundos", NEW."coluna", NEW."content_object_id", NEW."group_id", NEW."id", NEW."limites", NEW."ordem", NEW."permission_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recolhido", NEW."valido_ate"); RETURN NULL;',
                            hash="41e7912f2fdd64d9ccdf7207c9dfcb480c3996f4",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_a6098",
                            table="perfis_concessaodewidget",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "perfis_historicodeconcessaodewidget" ("atualiza_segundos", "coluna", "content_object_id", "group_id", "id", "limites", "ordem", "permission_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recolhido", "valido_ate") VALUES (NEW."atualiza_segundos", NEW."coluna", NEW."content_object_id", NEW."group_id", NEW."id", NEW."limites", NEW."ordem", NEW."permission_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recolhido", NEW."valido_ate"); RETURN NULL;',
                            hash="169be653dfad8115e70bc08536a3a3c1fa0e48ff",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_0b75e",
                            table="perfis_concessaodewidget",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "perfis_historicodeconcessaodewidget" ("atualiza_segundos", "coluna", "content_object_id", "group_id", "id", "limites", "ordem", "permission_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recolhido", "valido_ate") VALUES (OLD."atualiza_segundos", OLD."coluna", OLD."content_object_id", OLD."group_id", OLD."id", OLD."limites", OLD."ordem", OLD."permission_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."recolhido", OLD."valido_ate"); RETURN NULL;',
                            hash="b249e7bae26b9d600d85068045c3c8ca4235f948",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_b8f56",
                            table="perfis_concessaodewidget",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricoDeConcessaoDeWidget",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="perfis.concessaodewidget",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "permission",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="auth.permission",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="auth.group",
                    ),
                ),
                ("ordem", models.PositiveSmallIntegerField(default=100)),
                (
                    "limites",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="Limites da ação: dias, valor, desconto, parcelas…",
                    ),
                ),
                ("valido_ate", models.DateTimeField(blank=True, null=True, verbose_name="válido até")),
                (
                    "content_object",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="perfis.widget",
                    ),
                ),
                ("recolhido", models.BooleanField(default=False)),
                (
                    "coluna",
                    models.CharField(
                        choices=[("esquerda", "Esquerda"), ("centro", "Centro"), ("direita", "Direita")],
                        default="direita",
                        max_length=8,
                    ),
                ),
                (
                    "atualiza_segundos",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="De quantos em quantos segundos se pede de novo; zero, nunca. No mínimo 10.",
                        validators=[django.core.validators.MaxValueValidator(3600)],
                        verbose_name="atualiza (s)",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Usuario",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "username",
                    models.CharField(
                        error_messages={"unique": "A user with that username already exists."},
                        help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                        max_length=150,
                        unique=True,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                        verbose_name="username",
                    ),
                ),
                ("first_name", models.CharField(blank=True, max_length=150, verbose_name="first name")),
                ("last_name", models.CharField(blank=True, max_length=150, verbose_name="last name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="email address")),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                (
                    "date_joined",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined"),
                ),
                (
                    "tema",
                    models.CharField(
                        choices=[("auto", "Igual ao do sistema"), ("claro", "Claro"), ("escuro", "Escuro")],
                        default="auto",
                        max_length=6,
                    ),
                ),
                (
                    "arranjo",
                    models.JSONField(
                        blank=True, default=dict, editable=False, verbose_name="arranjo do painel"
                    ),
                ),
                ("demo", models.BooleanField(default=False, verbose_name="usuário fictício")),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "usuário",
                "verbose_name_plural": "usuários",
                "ordering": ["username"],
            },
            managers=[
                ("objects", django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name="AcaoPorUsuario",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "permission",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission"),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "content_object",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="perfis.acao"
                    ),
                ),
            ],
            options={
                "unique_together": {("user", "permission", "content_object")},
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("pk__isnull", True)), name="acao_so_por_perfil"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="WidgetPorUsuario",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "permission",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission"),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "content_object",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="perfis.widget"
                    ),
                ),
            ],
            options={
                "unique_together": {("user", "permission", "content_object")},
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("pk__isnull", True)), name="widget_so_por_perfil"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Perfil",
            fields=[
                (
                    "group_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="auth.group",
                    ),
                ),
                ("descricao", models.CharField(blank=True, max_length=200, verbose_name="descrição")),
                ("ativo", models.BooleanField(default=True)),
                (
                    "max_em_atendimento",
                    models.PositiveSmallIntegerField(
                        default=1,
                        help_text="Quantas solicitações em atendimento por agente.",
                        verbose_name="atendimentos ao mesmo tempo",
                    ),
                ),
                (
                    "max_pausadas",
                    models.PositiveSmallIntegerField(
                        default=10,
                        help_text="Quantas solicitações pausadas por agente.",
                        verbose_name="pausadas ao mesmo tempo",
                    ),
                ),
                ("versao", models.PositiveIntegerField(default=1, editable=False, verbose_name="versão")),
            ],
            options={
                "verbose_name": "perfil",
                "verbose_name_plural": "perfis",
                "permissions": [
                    ("atender", "Usar o console de atendimento"),
                    ("supervisionar", "Supervisionar equipes e aprovar"),
                    ("ver_documento", "Ver documentos sem máscara"),
                    ("ver_telefone", "Ver telefones sem máscara"),
                    ("ver_email", "Ver e-mails sem máscara"),
                    ("revelar_dados", "Revelar um dado pessoal mascarado, com registro"),
                    ("revelar_senha_da_conexao", "Revelar a senha da conexão, com registro"),
                    ("revelar_senha_do_equipamento", "Revelar a senha do equipamento, com registro"),
                    ("exportar", "Exportar dados de clientes"),
                    ("encarregado", "Atuar como encarregado (LGPD)"),
                    ("administrar_perfis", "Administrar perfis e usuários"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("max_em_atendimento__gte", 1)), name="perfil_atende_ao_menos_um"
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "perfis_historicodeperfil" ("ativo", "descricao", "group_ptr_id", "max_em_atendimento", "max_pausadas", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "versao") VALUES (NEW."ativo", NEW."descricao", NEW."group_ptr_id", NEW."max_em_atendimento", NEW."max_pausadas", _pgh_attach_context(), NOW(), \'insert\', NEW."group_ptr_id", NEW."versao"); RETURN NULL;',
                            hash="c26b54187124f06d7c0a6d40bcdd844e07810a14",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_af2e6",
                            table="perfis_perfil",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."ativo" IS DISTINCT FROM (NEW."ativo") OR OLD."descricao" IS DISTINCT FROM (NEW."descricao") OR OLD."group_ptr_id" IS DISTINCT FROM (NEW."group_ptr_id") OR OLD."max_em_atendimento" IS DISTINCT FROM (NEW."max_em_atendimento") OR OLD."max_pausadas" IS DISTINCT FROM (NEW."max_pausadas") OR OLD."versao" IS DISTINCT FROM (NEW."versao"))',
                            func='INSERT INTO "perfis_historicodeperfil" ("ativo", "descricao", "group_ptr_id", "max_em_atendimento", "max_pausadas", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "versao") VALUES (NEW."ativo", NEW."descricao", NEW."group_ptr_id", NEW."max_em_atendimento", NEW."max_pausadas", _pgh_attach_context(), NOW(), \'update\', NEW."group_ptr_id", NEW."versao"); RETURN NULL;',
                            hash="558c5751fb40c64c4d2c6d45c1f2a2613ba6acfe",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_8c3b1",
                            table="perfis_perfil",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "perfis_historicodeperfil" ("ativo", "descricao", "group_ptr_id", "max_em_atendimento", "max_pausadas", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "versao") VALUES (OLD."ativo", OLD."descricao", OLD."group_ptr_id", OLD."max_em_atendimento", OLD."max_pausadas", _pgh_attach_context(), NOW(), \'delete\', OLD."group_ptr_id", OLD."versao"); RETURN NULL;',
                            hash="fcb8a97e2aa9f5d3b28ffbc5689378d6349bca6d",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_b9204",
                            table="perfis_perfil",
                            when="AFTER",
                        ),
                    ),
                ],
            },
            bases=("auth.group",),
            managers=[
                ("objects", django.contrib.auth.models.GroupManager()),
            ],
        ),
        migrations.CreateModel(
            name="HistoricoDePerfil",
            fields=[
                (
                    "group_ptr",
                    models.ForeignKey(
                        auto_created=True,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        parent_link=True,
                        related_name="+",
                        related_query_name="+",
                        serialize=False,
                        to="auth.group",
                    ),
                ),
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="perfis.perfil",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("descricao", models.CharField(blank=True, max_length=200, verbose_name="descrição")),
                ("ativo", models.BooleanField(default=True)),
                (
                    "max_em_atendimento",
                    models.PositiveSmallIntegerField(
                        default=1,
                        help_text="Quantas solicitações em atendimento por agente.",
                        verbose_name="atendimentos ao mesmo tempo",
                    ),
                ),
                (
                    "max_pausadas",
                    models.PositiveSmallIntegerField(
                        default=10,
                        help_text="Quantas solicitações pausadas por agente.",
                        verbose_name="pausadas ao mesmo tempo",
                    ),
                ),
                ("versao", models.PositiveIntegerField(default=1, editable=False, verbose_name="versão")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="NomeDoPerfil",
            fields=[],
            options={
                "verbose_name": "nome do perfil",
                "verbose_name_plural": "nomes de perfis",
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("auth.group",),
            managers=[
                ("objects", django.contrib.auth.models.GroupManager()),
            ],
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="nomedoperfil",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "perfis_historicodegrupo" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                    hash="34998b36058ab7b0554acfe0630ccca59d42f1d3",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_e56f4",
                    table="auth_group",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="nomedoperfil",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "perfis_historicodegrupo" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                    hash="6760bda2daaae08b03a4835448a98b08608735f1",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_6c60b",
                    table="auth_group",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="nomedoperfil",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "perfis_historicodegrupo" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;',
                    hash="065172fb91a0567662462974a0cbfcffc621ee33",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_e36dd",
                    table="auth_group",
                    when="AFTER",
                ),
            ),
        ),
        migrations.CreateModel(
            name="HistoricoDeGrupo",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="historico_do_nome",
                        to="perfis.nomedoperfil",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.IntegerField()),
                ("name", models.CharField(max_length=150, verbose_name="name")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="MembroDoPerfil",
            fields=[],
            options={
                "verbose_name": "membro do perfil",
                "verbose_name_plural": "membros de perfis",
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("perfis.usuario_groups",),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membrodoperfil",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "perfis_historicodemembro" ("group_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "usuario_id") VALUES (NEW."group_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."usuario_id"); RETURN NULL;',
                    hash="bbf2368bb25dc25aedea86a16c07da79574a4e20",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_fc3b0",
                    table="perfis_usuario_groups",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membrodoperfil",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "perfis_historicodemembro" ("group_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "usuario_id") VALUES (OLD."group_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."usuario_id"); RETURN NULL;',
                    hash="b9110aec7706c727e695e5c3721a6975fe66f2ca",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_997a1",
                    table="perfis_usuario_groups",
                    when="AFTER",
                ),
            ),
        ),
        migrations.CreateModel(
            name="HistoricoDeMembro",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="historico",
                        to="perfis.membrodoperfil",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "usuario",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="auth.group",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
