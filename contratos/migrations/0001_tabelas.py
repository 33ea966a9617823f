from decimal import Decimal

import django.contrib.postgres.constraints
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
import django.utils.timezone
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import contratos.cifra
import contratos.migracoes


class Migration(migrations.Migration):
    initial = True

    # As de antes, para quem já as aplicou todas.
    replaces = [
        ("contratos", "0001_inicial"),
        ("contratos", "0003_codigo_externo_do_evento"),
        ("contratos", "0004_versao_sobe"),
        ("contratos", "0005_parametros"),
        ("contratos", "0006_cobranca"),
        ("contratos", "0007_suspensao_e_cancelamento"),
        ("contratos", "0008_bloqueios_e_mudancas"),
        ("contratos", "0009_rede_leituras_e_comandos"),
    ]

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("clientes", "0001_tabelas"),
        # As dos outros antes das nossas: cada passo delas renderiza os modelos que já houver.
        ("guardian", "0003_remove_groupobjectpermission_guardian_gr_content_ae6aec_idx_and_more"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        contratos.migracoes.CriarModelos(
            modelos=[
                migrations.CreateModel(
                    name="Empresa",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("nome", models.CharField(max_length=80, unique=True)),
                        ("razao_social", models.CharField(max_length=150, verbose_name="razão social")),
                        ("cnpj", models.CharField(max_length=14, unique=True, verbose_name="CNPJ")),
                        ("ativa", models.BooleanField(default=True)),
                        (
                            "pix_chave",
                            models.CharField(
                                blank=True,
                                help_text="De quem recebe.",
                                max_length=77,
                                verbose_name="chave Pix",
                            ),
                        ),
                        (
                            "pix_nome",
                            models.CharField(
                                blank=True,
                                help_text="Sem acentos.",
                                max_length=25,
                                verbose_name="nome no Pix",
                            ),
                        ),
                        (
                            "pix_cidade",
                            models.CharField(
                                blank=True,
                                help_text="Sem acentos.",
                                max_length=15,
                                verbose_name="cidade no Pix",
                            ),
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
                    ],
                    options={
                        "verbose_name": "empresa",
                        "verbose_name_plural": "empresas",
                        "ordering": ["nome"],
                        "permissions": [("atender_empresa", "Pode atender contratos da empresa")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("cnpj__regex", "^[0-9A-Z]{12}[0-9]{2}$")),
                                name="empresa_cnpj_normalizado",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Contrato",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("numero", models.CharField(max_length=20, unique=True, verbose_name="número")),
                        (
                            "empresa",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contratos",
                                to="contratos.empresa",
                            ),
                        ),
                        (
                            "cliente",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contratos",
                                to="clientes.cliente",
                            ),
                        ),
                        (
                            "situacao",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (1, "Normal"),
                                    (2, "Demonstração"),
                                    (3, "Cortesia"),
                                    (4, "Cancelado"),
                                    (5, "Suspenso"),
                                    (6, "Bloqueio Financeiro"),
                                    (7, "Bloqueio Administrativo"),
                                    (9, "Encerrado"),
                                ],
                                default=1,
                                verbose_name="situação",
                            ),
                        ),
                        (
                            "situacao_desde",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(),
                                default=django.utils.timezone.now,
                                editable=False,
                                verbose_name="situação desde",
                            ),
                        ),
                        (
                            "estagio",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (1, "Pré-Contrato"),
                                    (2, "Em Aprovação"),
                                    (3, "Aprovado"),
                                    (4, "Rejeitado"),
                                    (5, "Cancelado"),
                                ],
                                default=3,
                                verbose_name="estágio",
                            ),
                        ),
                        ("tipo_de_contrato", models.CharField(blank=True, max_length=60)),
                        (
                            "tipo_de_faturamento",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (1, "Mensal"),
                                    (2, "Múltiplas Operações"),
                                    (3, "Comunicação (SCM/SVA)"),
                                    (4, "Antecipado"),
                                    (5, "Não prevê faturamento"),
                                ],
                                default=1,
                            ),
                        ),
                        (
                            "tipo_de_cobranca",
                            models.CharField(
                                choices=[
                                    ("boleto_email", "Boleto por e-mail"),
                                    ("boleto_impresso", "Boleto impresso"),
                                    ("pix", "Pix"),
                                    ("pix_automatico", "Pix automático"),
                                    ("debito_em_conta", "Débito em conta"),
                                    ("cartao_recorrente", "Cartão recorrente"),
                                    ("fatura_corporativa", "Fatura corporativa"),
                                ],
                                default="boleto_email",
                                max_length=20,
                                verbose_name="tipo de cobrança",
                            ),
                        ),
                        ("vigencia_inicio", models.DateField(verbose_name="início da vigência")),
                        (
                            "vigencia_fim",
                            models.DateField(blank=True, null=True, verbose_name="fim da vigência"),
                        ),
                        (
                            "valor",
                            models.DecimalField(decimal_places=2, max_digits=12, verbose_name="valor mensal"),
                        ),
                        (
                            "dia_vencimento",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(31),
                                ],
                                verbose_name="dia de vencimento",
                            ),
                        ),
                        (
                            "dia_corte",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(31),
                                ],
                                verbose_name="dia de corte",
                            ),
                        ),
                        (
                            "bloqueio_automatico",
                            models.BooleanField(default=True, verbose_name="bloqueio automático"),
                        ),
                        (
                            "fidelidade_inicio",
                            models.DateField(blank=True, null=True, verbose_name="início da fidelidade"),
                        ),
                        (
                            "fidelidade_meses",
                            models.PositiveSmallIntegerField(default=0, verbose_name="fidelidade (meses)"),
                        ),
                        (
                            "fidelidade_beneficio",
                            models.DecimalField(
                                decimal_places=2,
                                default=0,
                                max_digits=12,
                                verbose_name="benefício da fidelidade",
                            ),
                        ),
                        ("ativado_em", models.DateField(blank=True, null=True, verbose_name="ativado em")),
                        ("vendedor", models.CharField(blank=True, max_length=80)),
                        (
                            "endereco",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contratos",
                                to="clientes.endereco",
                                verbose_name="endereço de cobrança",
                            ),
                        ),
                        (
                            "cancelado_em",
                            models.DateField(blank=True, null=True, verbose_name="cancelado em"),
                        ),
                        ("motivo_do_cancelamento", models.CharField(blank=True, max_length=80)),
                        (
                            "observacao",
                            models.TextField(blank=True, max_length=4000, verbose_name="observação"),
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
                    ],
                    options={
                        "verbose_name": "contrato",
                        "verbose_name_plural": "contratos",
                        "ordering": ["id"],
                        "indexes": [
                            models.Index(
                                models.F("cliente"), models.F("empresa"), name="contrato_cliente_empresa"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("id"), models.F("empresa"), name="contrato_com_empresa"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("situacao__in", [1, 2, 3, 4, 5, 6, 7, 9])),
                                name="contrato_situacao_conhecida",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("estagio__in", [1, 2, 3, 4, 5])),
                                name="contrato_estagio_conhecido",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("fidelidade_beneficio__gte", 0), ("valor__gte", 0)),
                                name="contrato_valores_nao_negativos",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("dia_vencimento__range", (1, 31)),
                                    models.Q(
                                        ("dia_corte__isnull", True),
                                        ("dia_corte__range", (1, 31)),
                                        _connector="OR",
                                    ),
                                ),
                                name="contrato_dias_do_mes",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("vigencia_fim__isnull", True),
                                    ("vigencia_fim__gte", models.F("vigencia_inicio")),
                                    _connector="OR",
                                ),
                                name="contrato_vigencia_em_ordem",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("situacao", 4), _negated=True),
                                    ("cancelado_em__isnull", False),
                                    _connector="OR",
                                ),
                                name="contrato_cancelado_tem_data",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("fidelidade_meses", 0),
                                    ("fidelidade_inicio__isnull", False),
                                    _connector="OR",
                                ),
                                name="contrato_fidelidade_tem_inicio",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="contrato_versao_sobe",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."ativado_em" IS DISTINCT FROM (NEW."ativado_em") OR OLD."bloqueio_automatico" IS DISTINCT FROM (NEW."bloqueio_automatico") OR OLD."cancelado_em" IS DISTINCT FROM (NEW."cancelado_em") OR OLD."cliente_id" IS DISTINCT FROM (NEW."cliente_id") OR OLD."codigo_externo" IS DISTINCT FROM (NEW."codigo_externo") OR OLD."demo" IS DISTINCT FROM (NEW."demo") OR OLD."dia_corte" IS DISTINCT FROM (NEW."dia_corte") OR OLD."dia_vencimento" IS DISTINCT FROM (NEW."dia_vencimento") OR OLD."empresa_id" IS DISTINCT FROM (NEW."empresa_id") OR OLD."endereco_id" IS DISTINCT FROM (NEW."endereco_id") OR OLD."estagio" IS DISTINCT FROM (NEW."estagio") OR OLD."fidelidade_beneficio" IS DISTINCT FROM (NEW."fidelidade_beneficio") OR OLD."fidelidade_inicio" IS DISTINCT FROM (NEW."fidelidade_inicio") OR OLD."fidelidade_meses" IS DISTINCT FROM (NEW."fidelidade_meses") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."motivo_do_cancelamento" IS DISTINCT FROM (NEW."motivo_do_cancelamento") OR OLD."numero" IS DISTINCT FROM (NEW."numero") OR OLD."observacao" IS DISTINCT FROM (NEW."observacao") OR OLD."situacao" IS DISTINCT FROM (NEW."situacao") OR OLD."situacao_desde" IS DISTINCT FROM (NEW."situacao_desde") OR OLD."tipo_de_cobranca" IS DISTINCT FROM (NEW."tipo_de_cobranca") OR OLD."tipo_de_contrato" IS DISTINCT FROM (NEW."tipo_de_contrato") OR OLD."tipo_de_faturamento" IS DISTINCT FROM (NEW."tipo_de_faturamento") OR OLD."valor" IS DISTINCT FROM (NEW."valor") OR OLD."vendedor" IS DISTINCT FROM (NEW."vendedor") OR OLD."vigencia_fim" IS DISTINCT FROM (NEW."vigencia_fim") OR OLD."vigencia_inicio" IS DISTINCT FROM (NEW."vigencia_inicio"))',
                                    func="NEW.versao := OLD.versao + 1; RETURN NEW;",
                                    hash="e133d4e85cb0f046eccbd840cb796161b768ddc3",
                                    operation="UPDATE",
                                    pgid="pgtrigger_contrato_versao_sobe_7358e",
                                    table="contratos_contrato",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="contrato_situacao_datada",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.situacao <> NEW.situacao AND OLD.situacao_desde = NEW.situacao_desde)",
                                    func="NEW.situacao_desde := clock_timestamp(); RETURN NEW;",
                                    hash="1718496528ece0eb7e1c3d51c5e8d18009daa185",
                                    operation='UPDATE OF "situacao"',
                                    pgid="pgtrigger_contrato_situacao_datada_3745f",
                                    table="contratos_contrato",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="contrato_bloqueio_no_prazo_legal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (NEW."situacao" = 6)',
                                    func="\nIF current_setting('atendimento.origem', true) = 'importacao' THEN\n  RETURN NEW;\nEND IF;\nIF TG_OP = 'INSERT' THEN\n  IF NEW.demo THEN\n    RETURN NEW;\n  END IF;\nELSIF OLD.situacao = NEW.situacao THEN\n  RETURN NEW;\nEND IF;\nPERFORM 1 FROM contratos_fatura f JOIN contratos_notificacaodedebito n ON n.fatura_id = f.id\n  WHERE f.contrato_id = NEW.id AND f.situacao = 'aberta' AND NOT f.contestada\n    AND f.vencimento < clock_timestamp()\n    AND n.entregue_em <= clock_timestamp() - make_interval(days => COALESCE(\n      (SELECT p.dias_do_aviso_a_suspensao FROM contratos_parametros p WHERE p.id = 1), 15));\nIF NOT FOUND THEN\n  RAISE EXCEPTION 'o contrato % não tem débito com aviso entregue no prazo legal', NEW.id\n    USING ERRCODE = 'check_violation', CONSTRAINT = 'bloqueio_no_prazo_legal';\nEND IF;\nRETURN NEW;\n",
                                    hash="6e66b9d6bd91e4dc3af6200133a36f024cda81e9",
                                    operation='INSERT OR UPDATE OF "situacao"',
                                    pgid="pgtrigger_contrato_bloqueio_no_prazo_legal_8d8d9",
                                    table="contratos_contrato",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="contrato_provisiona_a_situacao",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."situacao" IS DISTINCT FROM (NEW."situacao"))',
                                    func="\nIF current_setting('atendimento.origem', true) = 'importacao' THEN\n  RETURN NULL;\nEND IF;\n\nINSERT INTO contratos_comandoderede (conexao_id, verbo, motivo, login_anterior)\n  SELECT c.id, 'provisionar', 'situação do contrato', ''\n  FROM contratos_conexao c JOIN contratos_concentrador n ON n.id = c.concentrador_id\n  WHERE n.integracao <> '' AND c.ativa AND c.etiqueta_id IN (SELECT e.id FROM contratos_etiqueta e WHERE e.contrato_id = NEW.id)\n  ORDER BY c.id\nON CONFLICT (conexao_id, verbo) WHERE situacao = 'na_fila' DO UPDATE\n  SET motivo = EXCLUDED.motivo, versao = contratos_comandoderede.versao + 1, tentativas = 0,\n      proxima_em = clock_timestamp(), resposta = '',\n      login_anterior = COALESCE(\n        NULLIF(contratos_comandoderede.login_anterior, ''), EXCLUDED.login_anterior);\nRETURN NULL;",
                                    hash="80a8bde60a1fdca76240d9b43a4549db9546e360",
                                    operation='UPDATE OF "situacao"',
                                    pgid="pgtrigger_contrato_provisiona_a_situacao_9cde4",
                                    table="contratos_contrato",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "contratos_historicodecontrato" ("ativado_em", "atualizado_em", "bloqueio_automatico", "cancelado_em", "cliente_id", "codigo_externo", "criado_em", "demo", "dia_corte", "dia_vencimento", "empresa_id", "endereco_id", "estagio", "fidelidade_beneficio", "fidelidade_inicio", "fidelidade_meses", "id", "motivo_do_cancelamento", "numero", "observacao", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "situacao", "situacao_desde", "tipo_de_cobranca", "tipo_de_contrato", "tipo_de_faturamento", "valor", "vendedor", "versao", "vigencia_fim", "vigencia_inicio") VALUES (NEW."ativado_em", NEW."atualizado_em", NEW."bloqueio_automatico", NEW."cancelado_em", NEW."cliente_id", NEW."codigo_externo", NEW."criado_em", NEW."demo", NEW."dia_corte", NEW."dia_vencimento", NEW."empresa_id", NEW."endereco_id", NEW."estagio", NEW."fidelidade_beneficio", NEW."fidelidade_inicio", NEW."fidelidade_meses", NEW."id", NEW."motivo_do_cancelamento", NEW."numero", NEW."observacao", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."situacao", NEW."situacao_desde", NEW."tipo_de_cobranca", NEW."tipo_de_contrato", NEW."tipo_de_faturamento", NEW."valor", NEW."vendedor", NEW."versao", NEW."vigencia_fim", NEW."vigencia_inicio"); RETURN NULL;',
                                    hash="7c0b6e9823c2522cb4b9d0406cefde4ad2747b43",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_9c20d",
                                    table="contratos_contrato",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "contratos_historicodecontrato" ("ativado_em", "atualizado_em", "bloqueio_automatico", "cancelado_em", "cliente_id", "codigo_externo", "criado_em", "demo", "dia_corte", "dia_vencimento", "empresa_id", "endereco_id", "estagio", "fidelidade_beneficio", "fidelidade_inicio", "fidelidade_meses", "id", "motivo_do_cancelamento", "numero", "observacao", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "situacao", "situacao_desde", "tipo_de_cobranca", "tipo_de_contrato", "tipo_de_faturamento", "valor", "vendedor", "versao", "vigencia_fim", "vigencia_inicio") VALUES (OLD."ativado_em", OLD."atualizado_em", OLD."bloqueio_automatico", OLD."cancelado_em", OLD."cliente_id", OLD."codigo_externo", OLD."criado_em", OLD."demo", OLD."dia_corte", OLD."dia_vencimento", OLD."empresa_id", OLD."endereco_id", OLD."estagio", OLD."fidelidade_beneficio", OLD."fidelidade_inicio", OLD."fidelidade_meses", OLD."id", OLD."motivo_do_cancelamento", OLD."numero", OLD."observacao", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."situacao", OLD."situacao_desde", OLD."tipo_de_cobranca", OLD."tipo_de_contrato", OLD."tipo_de_faturamento", OLD."valor", OLD."vendedor", OLD."versao", OLD."vigencia_fim", OLD."vigencia_inicio"); RETURN NULL;',
                                    hash="ff1d6c6cc7edc31272299388b8ad29135d07892e",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_41c7d",
                                    table="contratos_contrato",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BloqueioAdministrativo",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "contrato",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="bloqueios_administrativos",
                                to="contratos.contrato",
                            ),
                        ),
                        (
                            "fundamento",
                            models.CharField(
                                choices=[
                                    ("ordem_judicial", "Ordem judicial"),
                                    ("fraude", "Fraude ou abuso documentado"),
                                    ("seguranca", "Segurança da rede ou de terceiros"),
                                    ("pedido_do_titular", "Pedido do titular"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "referencia",
                            models.CharField(
                                blank=True, max_length=60, verbose_name="processo ou ocorrência"
                            ),
                        ),
                        ("justificativa", models.CharField(max_length=500)),
                        ("protocolo", models.CharField(blank=True, max_length=14)),
                        (
                            "bloqueado_em",
                            models.DateTimeField(
                                default=django.utils.timezone.now, verbose_name="bloqueado em"
                            ),
                        ),
                        (
                            "bloqueado_por",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="bloqueado por",
                            ),
                        ),
                        (
                            "encerrado_em",
                            models.DateTimeField(blank=True, null=True, verbose_name="encerrado em"),
                        ),
                        (
                            "encerrado_por",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="encerrado por",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "bloqueio administrativo",
                        "verbose_name_plural": "bloqueios administrativos",
                        "ordering": ["-bloqueado_em", "-id"],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("contrato"),
                                condition=models.Q(("encerrado_em__isnull", True)),
                                name="bloqueio_adm_em_curso_unico",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "fundamento__in",
                                        ["ordem_judicial", "fraude", "seguranca", "pedido_do_titular"],
                                    )
                                ),
                                name="bloqueio_adm_com_fundamento",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("fundamento", "ordem_judicial"), _negated=True),
                                    models.Q(("referencia", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="bloqueio_adm_cita_o_processo",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="bloqueio_adm_nao_se_apaga",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                                    hash="27805f7c549fc97e26e960e224d4ed3857531a99",
                                    operation="DELETE",
                                    pgid="pgtrigger_bloqueio_adm_nao_se_apaga_6b7b6",
                                    table="contratos_bloqueioadministrativo",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="bloqueio_adm_e_prova",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."contrato_id" IS DISTINCT FROM (NEW."contrato_id") OR OLD."fundamento" IS DISTINCT FROM (NEW."fundamento") OR OLD."referencia" IS DISTINCT FROM (NEW."referencia") OR OLD."justificativa" IS DISTINCT FROM (NEW."justificativa") OR OLD."bloqueado_em" IS DISTINCT FROM (NEW."bloqueado_em") OR OLD."bloqueado_por_id" IS DISTINCT FROM (NEW."bloqueado_por_id"))',
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                                    hash="3b16756a8347face6795da5be70d1b714f962578",
                                    operation="UPDATE",
                                    pgid="pgtrigger_bloqueio_adm_e_prova_cb359",
                                    table="contratos_bloqueioadministrativo",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Acordo",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "criado_em",
                            models.DateTimeField(
                                default=django.utils.timezone.now, editable=False, verbose_name="criado em"
                            ),
                        ),
                        (
                            "usuario",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="usuário",
                            ),
                        ),
                        (
                            "protocolo",
                            models.CharField(
                                blank=True, help_text="Da solicitação de origem.", max_length=14
                            ),
                        ),
                        (
                            "contrato",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="acordos",
                                to="contratos.contrato",
                            ),
                        ),
                        (
                            "divida",
                            models.DecimalField(decimal_places=2, max_digits=12, verbose_name="dívida"),
                        ),
                        ("desconto", models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                        ("entrada", models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                        ("parcelas", models.PositiveSmallIntegerField()),
                    ],
                    options={
                        "verbose_name": "acordo",
                        "verbose_name_plural": "acordos",
                        "ordering": ["-criado_em"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("desconto__gte", 0),
                                    ("desconto__lt", models.F("divida")),
                                    ("divida__gt", 0),
                                    ("entrada__gte", 0),
                                    (
                                        "entrada__lte",
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("divida"), "-", models.F("desconto")
                                        ),
                                    ),
                                ),
                                name="acordo_valores_coerentes",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("parcelas__range", (0, 60))),
                                name="acordo_parcelas_conhecidas",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="acordo_so_acrescenta",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="6c82bd00039d42a539f774888df0d9830dea8c11",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_acordo_so_acrescenta_eb45b",
                                    table="contratos_acordo",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Fatura",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "contrato",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="faturas",
                                to="contratos.contrato",
                            ),
                        ),
                        ("numero", models.CharField(max_length=30, unique=True, verbose_name="número")),
                        (
                            "competencia",
                            models.DateField(
                                help_text="Primeiro dia do mês cobrado.", verbose_name="competência"
                            ),
                        ),
                        ("vencimento", models.DateField()),
                        ("valor", models.DecimalField(decimal_places=2, max_digits=12)),
                        (
                            "situacao",
                            models.CharField(
                                choices=[
                                    ("aberta", "Aberta"),
                                    ("paga", "Paga"),
                                    ("cancelada", "Cancelada"),
                                    ("renegociada", "Renegociada"),
                                ],
                                default="aberta",
                                max_length=12,
                                verbose_name="situação",
                            ),
                        ),
                        ("pago_em", models.DateField(blank=True, null=True, verbose_name="pago em")),
                        (
                            "valor_pago",
                            models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True),
                        ),
                        (
                            "linha_digitavel",
                            models.CharField(blank=True, max_length=48, verbose_name="linha digitável"),
                        ),
                        ("contestada", models.BooleanField(default=False)),
                        (
                            "acordo",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="renegociadas",
                                to="contratos.acordo",
                                verbose_name="acordo que a substituiu",
                            ),
                        ),
                        (
                            "parcela_de",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="faturas",
                                to="contratos.acordo",
                                verbose_name="acordo de que é parcela",
                            ),
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
                    ],
                    options={
                        "verbose_name": "fatura",
                        "verbose_name_plural": "faturas",
                        "ordering": ["-vencimento", "-id"],
                        "indexes": [
                            models.Index(
                                fields=["contrato", "-vencimento", "-id"], name="fatura_por_contrato"
                            ),
                            models.Index(
                                condition=models.Q(("acordo__isnull", False)),
                                fields=["acordo"],
                                name="fatura_por_acordo",
                            ),
                            models.Index(
                                condition=models.Q(("parcela_de__isnull", False)),
                                fields=["parcela_de"],
                                name="fatura_por_parcela_de",
                            ),
                            models.Index(
                                condition=models.Q(("contestada", False), ("situacao", "aberta")),
                                fields=["vencimento", "id"],
                                name="fatura_devida_por_vencimento",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valor__gt", 0),
                                    models.Q(
                                        ("valor_pago__isnull", True), ("valor_pago__gte", 0), _connector="OR"
                                    ),
                                ),
                                name="fatura_valores_positivos",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("pago_em__isnull", False),
                                        ("situacao", "paga"),
                                        ("valor_pago__isnull", False),
                                    ),
                                    models.Q(
                                        models.Q(("situacao", "paga"), _negated=True),
                                        ("pago_em__isnull", True),
                                        ("valor_pago__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="fatura_paga_se_e_so_se_tem_pagamento",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("competencia__day", 1)),
                                name="fatura_competencia_no_dia_1",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("situacao__in", ["aberta", "paga", "cancelada", "renegociada"])
                                ),
                                name="fatura_situacao_conhecida",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("acordo__isnull", True), ("situacao", "renegociada"), _connector="OR"
                                ),
                                name="fatura_de_acordo_e_renegociada",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("linha_digitavel__regex", "^[0-9]{0,48}$")),
                                name="fatura_linha_so_algarismos",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Cancelamento",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "contrato",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cancelamentos",
                                to="contratos.contrato",
                            ),
                        ),
                        ("pedido_em", models.DateTimeField(verbose_name="pedido em")),
                        ("efeito_em", models.DateField(verbose_name="efeito em")),
                        ("motivo", models.CharField(max_length=80)),
                        ("multa", models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                        ("multa_dispensada", models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                        ("justificativa_da_dispensa", models.CharField(blank=True, max_length=500)),
                        (
                            "beneficio",
                            models.DecimalField(
                                decimal_places=2,
                                default=0,
                                max_digits=12,
                                verbose_name="benefício da fidelidade",
                            ),
                        ),
                        ("consumo", models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                        (
                            "credito",
                            models.DecimalField(
                                decimal_places=2, default=0, max_digits=12, verbose_name="crédito"
                            ),
                        ),
                        (
                            "debito_anterior",
                            models.DecimalField(
                                decimal_places=2, default=0, max_digits=12, verbose_name="débito anterior"
                            ),
                        ),
                        ("memoria", models.TextField(max_length=4000, verbose_name="memória de cálculo")),
                        (
                            "fatura_final",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="contratos.fatura",
                            ),
                        ),
                        ("protocolo", models.CharField(blank=True, max_length=14)),
                        (
                            "registrado_por",
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
                        "verbose_name": "cancelamento",
                        "verbose_name_plural": "cancelamentos",
                        "ordering": ["-pedido_em", "-id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("consumo__gte", 0),
                                    ("credito__gte", 0),
                                    ("multa__gte", 0),
                                    ("multa_dispensada__gte", 0),
                                    ("debito_anterior__gte", 0),
                                ),
                                name="cancelamento_valores_nao_negativos",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("multa__lte", models.F("beneficio"))),
                                name="cancelamento_multa_ate_o_beneficio",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="cancelamento_so_acrescenta",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="d5fadebfa3dddd8c84a3dcaa69b7f18dd3d7cde0",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_cancelamento_so_acrescenta_382ae",
                                    table="contratos_cancelamento",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Eventual",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "criado_em",
                            models.DateTimeField(
                                default=django.utils.timezone.now, editable=False, verbose_name="criado em"
                            ),
                        ),
                        (
                            "usuario",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="usuário",
                            ),
                        ),
                        (
                            "protocolo",
                            models.CharField(
                                blank=True, help_text="Da solicitação de origem.", max_length=14
                            ),
                        ),
                        (
                            "contrato",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="eventuais",
                                to="contratos.contrato",
                            ),
                        ),
                        (
                            "tipo",
                            models.CharField(
                                choices=[("acrescimo", "Acréscimo"), ("desconto", "Desconto")], max_length=10
                            ),
                        ),
                        (
                            "motivo",
                            models.CharField(
                                choices=[
                                    ("cortesia", "Desconto comercial"),
                                    ("ressarcimento", "Ressarcimento por indisponibilidade"),
                                    ("cobranca_indevida", "Devolução de cobrança indevida"),
                                    ("proporcional", "Proporcional"),
                                    ("multa", "Multa de fidelidade"),
                                    ("taxa", "Taxa de serviço"),
                                    ("retencao", "Oferta de retenção"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("valor", models.DecimalField(decimal_places=2, max_digits=12)),
                        (
                            "competencia",
                            models.DateField(
                                help_text="Primeiro dia do mês em que se fatura.", verbose_name="competência"
                            ),
                        ),
                        ("descricao", models.CharField(max_length=300, verbose_name="descrição")),
                        (
                            "fatura",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="eventuais",
                                to="contratos.fatura",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "eventual",
                        "verbose_name_plural": "eventuais",
                        "ordering": ["-competencia", "-id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("valor__gt", 0)), name="eventual_valor_positivo"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("competencia__day", 1)),
                                name="eventual_competencia_no_dia_1",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("tipo__in", ["acrescimo", "desconto"])),
                                name="eventual_tipo_conhecido",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Contestacao",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "criado_em",
                            models.DateTimeField(
                                default=django.utils.timezone.now, editable=False, verbose_name="criado em"
                            ),
                        ),
                        (
                            "usuario",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="usuário",
                            ),
                        ),
                        (
                            "protocolo",
                            models.CharField(
                                blank=True, help_text="Da solicitação de origem.", max_length=14
                            ),
                        ),
                        (
                            "fatura",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contestacoes",
                                to="contratos.fatura",
                            ),
                        ),
                        (
                            "valor",
                            models.DecimalField(
                                decimal_places=2, max_digits=12, verbose_name="valor contestado"
                            ),
                        ),
                        (
                            "motivo",
                            models.CharField(
                                choices=[
                                    ("ja_paga", "Já foi paga"),
                                    ("nao_contratou", "Cobra o que não contratou"),
                                    ("valor", "O valor está errado"),
                                    ("sem_servico", "O serviço não funcionou"),
                                    ("cancelado", "Já tinha cancelado"),
                                    ("outro", "Outro"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("descricao", models.TextField(max_length=2000, verbose_name="o que o cliente diz")),
                        ("responder_ate", models.DateField(verbose_name="responder até")),
                        (
                            "respondida_em",
                            models.DateTimeField(blank=True, null=True, verbose_name="respondida em"),
                        ),
                        ("procedente", models.BooleanField(blank=True, null=True)),
                        ("resposta", models.TextField(blank=True, max_length=2000)),
                    ],
                    options={
                        "verbose_name": "contestação",
                        "verbose_name_plural": "contestações",
                        "ordering": ["responder_ate", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("fatura"),
                                condition=models.Q(("respondida_em__isnull", True)),
                                name="contestacao_aberta_unica",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("valor__gt", 0)), name="contestacao_valor_positivo"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("procedente__isnull", True), ("respondida_em__isnull", True)),
                                    models.Q(("procedente__isnull", False), ("respondida_em__isnull", False)),
                                    _connector="OR",
                                ),
                                name="contestacao_respondida_diz_se_procede",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InformeDePagamento",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "criado_em",
                            models.DateTimeField(
                                default=django.utils.timezone.now, editable=False, verbose_name="criado em"
                            ),
                        ),
                        (
                            "usuario",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="usuário",
                            ),
                        ),
                        (
                            "protocolo",
                            models.CharField(
                                blank=True, help_text="Da solicitação de origem.", max_length=14
                            ),
                        ),
                        (
                            "fatura",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="informes",
                                to="contratos.fatura",
                            ),
                        ),
                        ("pago_em", models.DateField(verbose_name="pago em")),
                        ("valor", models.DecimalField(decimal_places=2, max_digits=12)),
                        (
                            "meio",
                            models.CharField(
                                choices=[
                                    ("pix", "Pix"),
                                    ("boleto", "Boleto"),
                                    ("cartao", "Cartão"),
                                    ("debito", "Débito em conta"),
                                    ("dinheiro", "Dinheiro"),
                                    ("outro", "Outro"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "referencia",
                            models.CharField(
                                blank=True, max_length=80, verbose_name="autenticação do comprovante"
                            ),
                        ),
                        ("vale_ate", models.DateTimeField(verbose_name="vale até")),
                        (
                            "encerrado_em",
                            models.DateTimeField(blank=True, null=True, verbose_name="encerrado em"),
                        ),
                        (
                            "desfecho",
                            models.CharField(
                                blank=True,
                                choices=[("confirmado", "Confirmado"), ("nao_confirmado", "Não confirmado")],
                                max_length=15,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "informe de pagamento",
                        "verbose_name_plural": "informes de pagamento",
                        "ordering": ["-criado_em"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("encerrado_em__isnull", True)),
                                fields=["vale_ate"],
                                name="informe_aberto_por_prazo",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("fatura"),
                                condition=models.Q(("encerrado_em__isnull", True)),
                                name="informe_aberto_unico",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("valor__gt", 0)), name="informe_valor_positivo"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("desfecho", ""), ("encerrado_em__isnull", True)),
                                    models.Q(
                                        ("encerrado_em__isnull", False),
                                        models.Q(("desfecho", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="informe_encerrado_tem_desfecho",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DesbloqueioTemporario",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "criado_em",
                            models.DateTimeField(
                                default=django.utils.timezone.now, editable=False, verbose_name="criado em"
                            ),
                        ),
                        (
                            "usuario",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="usuário",
                            ),
                        ),
                        (
                            "protocolo",
                            models.CharField(
                                blank=True, help_text="Da solicitação de origem.", max_length=14
                            ),
                        ),
                        (
                            "contrato",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="desbloqueios",
                                to="contratos.contrato",
                            ),
                        ),
                        (
                            "origem",
                            models.CharField(
                                choices=[
                                    ("confianca", "Em confiança"),
                                    ("comprovante", "Pagamento informado"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("dias", models.PositiveSmallIntegerField()),
                        (
                            "promessa",
                            models.DateField(
                                blank=True, null=True, verbose_name="o cliente promete pagar em"
                            ),
                        ),
                        ("vale_ate", models.DateTimeField(verbose_name="vale até")),
                        (
                            "encerrado_em",
                            models.DateTimeField(blank=True, null=True, verbose_name="encerrado em"),
                        ),
                        (
                            "desfecho",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("pago", "Débito quitado"),
                                    ("rebloqueado", "Bloqueado de novo"),
                                    ("superado", "Superado por outra ação"),
                                ],
                                max_length=12,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "desbloqueio temporário",
                        "verbose_name_plural": "desbloqueios temporários",
                        "ordering": ["-criado_em"],
                        "indexes": [
                            models.Index(fields=["contrato", "criado_em"], name="desbloqueio_por_contrato"),
                            models.Index(
                                condition=models.Q(("encerrado_em__isnull", True)),
                                fields=["vale_ate"],
                                name="desbloqueio_aberto_por_prazo",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("contrato"),
                                condition=models.Q(("encerrado_em__isnull", True)),
                                name="desbloqueio_aberto_unico",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("dias__gte", 1)), name="desbloqueio_dias_positivos"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("vale_ate__gt", models.F("criado_em"))),
                                name="desbloqueio_em_ordem",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("desfecho", ""), ("encerrado_em__isnull", True)),
                                    models.Q(
                                        ("encerrado_em__isnull", False),
                                        models.Q(("desfecho", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="desbloqueio_encerrado_tem_desfecho",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PropostaDeRescisao",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "contrato",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="propostas_de_rescisao",
                                to="contratos.contrato",
                            ),
                        ),
                        ("suspenso_desde", models.DateTimeField(verbose_name="suspenso desde")),
                        (
                            "criada_em",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="criada em"),
                        ),
                    ],
                    options={
                        "verbose_name": "proposta de rescisão",
                        "verbose_name_plural": "propostas de rescisão",
                        "ordering": ["-criada_em"],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("contrato"),
                                models.F("suspenso_desde"),
                                name="proposta_unica_por_suspensao",
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="proposta_so_acrescenta",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="9bbb096ef1fc7a6952bc4184a0c2ac6a07d2d11b",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_proposta_so_acrescenta_22ac9",
                                    table="contratos_propostaderescisao",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Etiqueta",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "contrato",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="etiquetas",
                                to="contratos.contrato",
                            ),
                        ),
                        (
                            "empresa",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="contratos.empresa",
                            ),
                        ),
                        ("codigo", models.CharField(max_length=20, verbose_name="código")),
                        ("descricao", models.CharField(max_length=120, verbose_name="descrição")),
                        ("ativa", models.BooleanField(default=True)),
                        (
                            "endereco",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="etiquetas",
                                to="clientes.endereco",
                                verbose_name="endereço",
                            ),
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
                    ],
                    options={
                        "verbose_name": "etiqueta de serviço",
                        "verbose_name_plural": "etiquetas de serviço",
                        "ordering": ["-ativa", "id"],
                        "indexes": [models.Index(models.F("codigo"), name="etiqueta_codigo")],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("id"), models.F("contrato"), name="etiqueta_com_contrato"
                            ),
                            models.UniqueConstraint(
                                models.F("empresa"),
                                models.F("codigo"),
                                name="etiqueta_codigo_unico_por_empresa",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("codigo__regex", "^[A-Z0-9./-]{1,20}$")),
                                name="etiqueta_codigo_formato",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "contratos_historicodeetiqueta" ("ativa", "codigo", "codigo_externo", "contrato_id", "descricao", "empresa_id", "endereco_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."ativa", NEW."codigo", NEW."codigo_externo", NEW."contrato_id", NEW."descricao", NEW."empresa_id", NEW."endereco_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                                    hash="5b8e4978dfba81f379a8a11aa1ff3a85e69d65c6",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_fbd0f",
                                    table="contratos_etiqueta",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "contratos_historicodeetiqueta" ("ativa", "codigo", "codigo_externo", "contrato_id", "descricao", "empresa_id", "endereco_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."ativa", OLD."codigo", OLD."codigo_externo", OLD."contrato_id", OLD."descricao", OLD."empresa_id", OLD."endereco_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;',
                                    hash="8bc1e4bca6a70c3f5078cbd3c398eb19dfc59c04",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_48040",
                                    table="contratos_etiqueta",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Concentrador",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "roteiro",
                            models.JSONField(
                                blank=True,
                                db_default=models.Value({}, models.JSONField()),
                                default=dict,
                                help_text="Só do simulador: login (ou serial) → o defeito que se finge.",
                                verbose_name="roteiro do simulador",
                            ),
                        ),
                        (
                            "falhas_seguidas",
                            models.PositiveSmallIntegerField(db_default=0, default=0, editable=False),
                        ),
                        (
                            "repousa_ate",
                            models.DateTimeField(
                                blank=True, editable=False, null=True, verbose_name="repousa até"
                            ),
                        ),
                        (
                            "ultima_falha",
                            models.CharField(
                                blank=True,
                                db_default="",
                                default="",
                                editable=False,
                                max_length=300,
                                verbose_name="última falha",
                            ),
                        ),
                        (
                            "respondeu_em",
                            models.DateTimeField(
                                blank=True, editable=False, null=True, verbose_name="respondeu em"
                            ),
                        ),
                        ("nome", models.CharField(max_length=60, unique=True)),
                        ("ip", models.GenericIPAddressField(unique=True, verbose_name="IP")),
                        (
                            "fabricante",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "Não informado"),
                                    ("mikrotik", "Mikrotik"),
                                    ("ubiquiti", "Ubiquiti"),
                                    ("intelbras", "Intelbras"),
                                    ("parks", "Parks"),
                                    ("huawei", "Huawei"),
                                    ("fiberhome", "FiberHome"),
                                    ("zte", "ZTE"),
                                    ("datacom", "Datacom"),
                                    ("digistar", "Digistar"),
                                    ("nokia", "Nokia"),
                                    ("gigatelco", "Gigatelco"),
                                    ("raisecom", "Raisecom"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("modelo", models.CharField(blank=True, max_length=60)),
                        (
                            "porta_coa",
                            models.PositiveIntegerField(
                                default=3799,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(65535),
                                ],
                                verbose_name="porta CoA",
                            ),
                        ),
                        (
                            "segredo",
                            contratos.cifra.CampoCifrado(
                                blank=True, null=True, verbose_name="segredo RADIUS"
                            ),
                        ),
                        ("ativo", models.BooleanField(default=True)),
                        (
                            "integracao",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "Nenhuma"),
                                    ("simulada", "Simulador"),
                                    ("freeradius", "FreeRADIUS (SQL e CoA)"),
                                ],
                                db_default="",
                                default="",
                                max_length=12,
                                verbose_name="integração",
                            ),
                        ),
                        (
                            "banco_host",
                            models.CharField(
                                blank=True,
                                db_default="",
                                default="",
                                max_length=253,
                                verbose_name="host do banco do RADIUS",
                            ),
                        ),
                        (
                            "banco_porta",
                            models.PositiveIntegerField(
                                db_default=5432,
                                default=5432,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(65535),
                                ],
                                verbose_name="porta do banco",
                            ),
                        ),
                        (
                            "banco_nome",
                            models.CharField(
                                blank=True,
                                db_default="",
                                default="",
                                max_length=63,
                                verbose_name="nome do banco",
                            ),
                        ),
                        (
                            "banco_usuario",
                            models.CharField(
                                blank=True,
                                db_default="",
                                default="",
                                max_length=63,
                                verbose_name="usuário do banco",
                            ),
                        ),
                        (
                            "banco_senha",
                            contratos.cifra.CampoCifrado(
                                blank=True, null=True, verbose_name="senha do banco"
                            ),
                        ),
                        (
                            "lido_ate",
                            models.DateTimeField(
                                blank=True, editable=False, null=True, verbose_name="lido até"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "concentrador",
                        "verbose_name_plural": "concentradores",
                        "ordering": ["nome"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("porta_coa__range", (1, 65535))),
                                name="concentrador_porta_coa",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("integracao__in", ["", "simulada", "freeradius"])),
                                name="concentrador_integracao_conhecida",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("integracao", "freeradius"), _negated=True),
                                    models.Q(
                                        models.Q(("banco_host", ""), _negated=True),
                                        models.Q(("banco_nome", ""), _negated=True),
                                        models.Q(("banco_usuario", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="concentrador_freeradius_diz_o_banco",
                                violation_error_message="Com FreeRADIUS, diga o host, o nome e o usuário do banco.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PontoDeAcesso",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("codigo", models.CharField(max_length=30, unique=True, verbose_name="código")),
                        ("titulo", models.CharField(max_length=100, verbose_name="título")),
                        (
                            "concentrador",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pontos_de_acesso",
                                to="contratos.concentrador",
                            ),
                        ),
                        ("fora_do_ar", models.BooleanField(default=False, verbose_name="fora do ar")),
                    ],
                    options={
                        "verbose_name": "ponto de acesso",
                        "verbose_name_plural": "pontos de acesso",
                        "ordering": ["codigo"],
                    },
                ),
                migrations.CreateModel(
                    name="Olt",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "roteiro",
                            models.JSONField(
                                blank=True,
                                db_default=models.Value({}, models.JSONField()),
                                default=dict,
                                help_text="Só do simulador: login (ou serial) → o defeito que se finge.",
                                verbose_name="roteiro do simulador",
                            ),
                        ),
                        (
                            "falhas_seguidas",
                            models.PositiveSmallIntegerField(db_default=0, default=0, editable=False),
                        ),
                        (
                            "repousa_ate",
                            models.DateTimeField(
                                blank=True, editable=False, null=True, verbose_name="repousa até"
                            ),
                        ),
                        (
                            "ultima_falha",
                            models.CharField(
                                blank=True,
                                db_default="",
                                default="",
                                editable=False,
                                max_length=300,
                                verbose_name="última falha",
                            ),
                        ),
                        (
                            "respondeu_em",
                            models.DateTimeField(
                                blank=True, editable=False, null=True, verbose_name="respondeu em"
                            ),
                        ),
                        ("nome", models.CharField(max_length=60, unique=True)),
                        (
                            "fabricante",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "Não informado"),
                                    ("mikrotik", "Mikrotik"),
                                    ("ubiquiti", "Ubiquiti"),
                                    ("intelbras", "Intelbras"),
                                    ("parks", "Parks"),
                                    ("huawei", "Huawei"),
                                    ("fiberhome", "FiberHome"),
                                    ("zte", "ZTE"),
                                    ("datacom", "Datacom"),
                                    ("digistar", "Digistar"),
                                    ("nokia", "Nokia"),
                                    ("gigatelco", "Gigatelco"),
                                    ("raisecom", "Raisecom"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("modelo", models.CharField(blank=True, max_length=60)),
                        (
                            "ponto_de_acesso",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="olts",
                                to="contratos.pontodeacesso",
                            ),
                        ),
                        ("slots", models.PositiveSmallIntegerField(default=7)),
                        ("portas_por_slot", models.PositiveSmallIntegerField(default=16)),
                        (
                            "integracao",
                            models.CharField(
                                blank=True,
                                choices=[("", "Nenhuma"), ("simulada", "Simulador"), ("snmp", "SNMP")],
                                db_default="",
                                default="",
                                max_length=12,
                                verbose_name="integração",
                            ),
                        ),
                        ("ip", models.GenericIPAddressField(blank=True, null=True, verbose_name="IP")),
                        (
                            "porta_snmp",
                            models.PositiveIntegerField(
                                db_default=161,
                                default=161,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(65535),
                                ],
                                verbose_name="porta SNMP",
                            ),
                        ),
                        (
                            "comunidade",
                            contratos.cifra.CampoCifrado(
                                blank=True, null=True, verbose_name="comunidade SNMP"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "OLT",
                        "verbose_name_plural": "OLTs",
                        "ordering": ["nome"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("integracao__in", ["", "simulada", "snmp"])),
                                name="olt_integracao_conhecida",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("integracao", "snmp"), _negated=True),
                                    ("ip__isnull", False),
                                    _connector="OR",
                                ),
                                name="olt_snmp_diz_o_ip",
                                violation_error_message="Por SNMP, diga o IP da OLT.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Splitter",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("nome", models.CharField(max_length=60, unique=True)),
                        (
                            "razao",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (2, "1:2"),
                                    (4, "1:4"),
                                    (8, "1:8"),
                                    (16, "1:16"),
                                    (32, "1:32"),
                                    (64, "1:64"),
                                ],
                                default=8,
                                verbose_name="razão 1:N",
                            ),
                        ),
                        (
                            "olt",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="splitters",
                                to="contratos.olt",
                            ),
                        ),
                        (
                            "slot",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="slot da OLT"
                            ),
                        ),
                        (
                            "porta",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="porta da OLT"
                            ),
                        ),
                        ("endereco", models.CharField(blank=True, max_length=150, verbose_name="onde fica")),
                    ],
                    options={
                        "verbose_name": "splitter",
                        "verbose_name_plural": "splitters",
                        "ordering": ["nome"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("razao__in", [2, 4, 8, 16, 32, 64])),
                                name="splitter_razao_conhecida",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("slot__isnull", True), ("slot__lte", 20), _connector="OR"),
                                    models.Q(("porta__isnull", True), ("porta__lte", 127), _connector="OR"),
                                ),
                                name="splitter_slot_e_porta",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Condominio",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("nome", models.CharField(max_length=100, unique=True)),
                        ("endereco", models.CharField(blank=True, max_length=200, verbose_name="endereço")),
                        (
                            "sindico",
                            models.CharField(blank=True, max_length=100, verbose_name="síndico ou portaria"),
                        ),
                        (
                            "regras",
                            models.TextField(blank=True, max_length=2000, verbose_name="regras de acesso"),
                        ),
                    ],
                    options={
                        "verbose_name": "condomínio",
                        "verbose_name_plural": "condomínios",
                        "ordering": ["nome"],
                    },
                ),
                migrations.CreateModel(
                    name="Plano",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("codigo", models.CharField(max_length=30, unique=True, verbose_name="código")),
                        ("nome", models.CharField(max_length=100)),
                        (
                            "tipo",
                            models.CharField(
                                choices=[
                                    ("internet", "Internet"),
                                    ("sva", "Serviço de valor adicionado"),
                                    ("taxa", "Taxa"),
                                ],
                                default="internet",
                                max_length=10,
                            ),
                        ),
                        (
                            "download_mbps",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="download (Mbps)"
                            ),
                        ),
                        (
                            "upload_mbps",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="upload (Mbps)"),
                        ),
                        ("valor", models.DecimalField(decimal_places=2, max_digits=12)),
                        (
                            "fidelidade_meses",
                            models.PositiveSmallIntegerField(default=0, verbose_name="fidelidade (meses)"),
                        ),
                        ("ativo", models.BooleanField(default=True)),
                    ],
                    options={
                        "verbose_name": "plano",
                        "verbose_name_plural": "planos",
                        "ordering": ["codigo"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("valor__gte", 0)), name="plano_valor_nao_negativo"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ServicoContratado",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "contrato",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="servicos",
                                to="contratos.contrato",
                            ),
                        ),
                        (
                            "etiqueta",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="servicos",
                                to="contratos.etiqueta",
                            ),
                        ),
                        (
                            "plano",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contratados",
                                to="contratos.plano",
                            ),
                        ),
                        ("codigo", models.CharField(max_length=30, verbose_name="código")),
                        ("descricao", models.CharField(max_length=150, verbose_name="descrição")),
                        ("quantidade", models.PositiveSmallIntegerField(default=1)),
                        (
                            "valor",
                            models.DecimalField(
                                decimal_places=2, max_digits=12, verbose_name="valor unitário"
                            ),
                        ),
                        ("desconto", models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                        ("inicio", models.DateField(verbose_name="início")),
                        ("fim", models.DateField(blank=True, null=True)),
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
                    ],
                    options={
                        "verbose_name": "serviço contratado",
                        "verbose_name_plural": "serviços contratados",
                        "ordering": ["id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("desconto__gte", 0),
                                    (
                                        "desconto__lte",
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("valor"), "*", models.F("quantidade")
                                        ),
                                    ),
                                    ("valor__gte", 0),
                                ),
                                name="servico_valores_coerentes",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("quantidade__gte", 1)), name="servico_quantidade_positiva"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("fim__isnull", True), ("fim__gte", models.F("inicio")), _connector="OR"
                                ),
                                name="servico_vigencia_em_ordem",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Conexao",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "etiqueta",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="conexoes",
                                to="contratos.etiqueta",
                            ),
                        ),
                        (
                            "servico",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="conexoes",
                                to="contratos.servicocontratado",
                                verbose_name="serviço",
                            ),
                        ),
                        ("ativa", models.BooleanField(default=True)),
                        (
                            "login",
                            models.CharField(
                                max_length=64,
                                unique=True,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[a-z0-9._@-]{3,64}$", "Use de 3 a 64 caracteres: a–z, 0–9 e . _ @ -"
                                    )
                                ],
                            ),
                        ),
                        ("senha", contratos.cifra.CampoCifrado(blank=True, null=True, verbose_name="senha")),
                        (
                            "tipo_ip",
                            models.CharField(
                                choices=[("fixo", "Fixo"), ("pelo_ce", "Pelo CE"), ("pool", "Pool de IP")],
                                default="pool",
                                max_length=8,
                                verbose_name="tipo de IP",
                            ),
                        ),
                        ("ip", models.GenericIPAddressField(blank=True, null=True, verbose_name="IP")),
                        ("cgnat", models.BooleanField(default=False, verbose_name="CGNAT")),
                        ("mac", models.CharField(blank=True, max_length=12, verbose_name="MAC")),
                        (
                            "tipo_equipamento",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "Não informado"),
                                    ("mikrotik", "Mikrotik"),
                                    ("ubiquiti", "Ubiquiti"),
                                    ("intelbras", "Intelbras"),
                                    ("parks", "Parks"),
                                    ("huawei", "Huawei"),
                                    ("fiberhome", "FiberHome"),
                                    ("zte", "ZTE"),
                                    ("datacom", "Datacom"),
                                    ("digistar", "Digistar"),
                                    ("nokia", "Nokia"),
                                    ("gigatelco", "Gigatelco"),
                                    ("raisecom", "Raisecom"),
                                ],
                                max_length=12,
                                verbose_name="tipo de equipamento",
                            ),
                        ),
                        (
                            "concentrador",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="conexoes",
                                to="contratos.concentrador",
                            ),
                        ),
                        (
                            "ponto_de_acesso",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="conexoes",
                                to="contratos.pontodeacesso",
                            ),
                        ),
                        (
                            "splitter",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="conexoes",
                                to="contratos.splitter",
                            ),
                        ),
                        (
                            "olt",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="conexoes",
                                to="contratos.olt",
                                verbose_name="OLT",
                            ),
                        ),
                        (
                            "slot_olt",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[django.core.validators.MaxValueValidator(20)],
                                verbose_name="slot OLT",
                            ),
                        ),
                        (
                            "porta_olt",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[django.core.validators.MaxValueValidator(127)],
                                verbose_name="porta OLT",
                            ),
                        ),
                        (
                            "porta_splitter",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="porta splitter"
                            ),
                        ),
                        (
                            "condominio",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="conexoes",
                                to="contratos.condominio",
                                verbose_name="condomínio",
                            ),
                        ),
                        (
                            "unidade",
                            models.CharField(blank=True, max_length=40, verbose_name="bloco e apartamento"),
                        ),
                        ("serial", models.CharField(blank=True, max_length=32)),
                        (
                            "endereco",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="conexoes",
                                to="clientes.endereco",
                                verbose_name="endereço",
                            ),
                        ),
                        (
                            "usuario_equipamento",
                            models.CharField(blank=True, max_length=64, verbose_name="usuário equipamento"),
                        ),
                        (
                            "senha_equipamento",
                            contratos.cifra.CampoCifrado(
                                blank=True, null=True, verbose_name="senha equipamento"
                            ),
                        ),
                        (
                            "status",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (1, "Normal"),
                                    (2, "Bloqueado"),
                                    (3, "Aviso de Bloqueio"),
                                    (4, "Aviso de Manutenção"),
                                ],
                                default=1,
                                verbose_name="status da conexão",
                            ),
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
                    ],
                    options={
                        "verbose_name": "conexão",
                        "verbose_name_plural": "conexões",
                        "ordering": ["-ativa", "id"],
                        "indexes": [
                            models.Index(
                                models.F("mac"),
                                condition=models.Q(("mac", ""), _negated=True),
                                name="conexao_mac",
                            ),
                            models.Index(
                                models.F("ip"), condition=models.Q(("ip__isnull", False)), name="conexao_ip"
                            ),
                            models.Index(
                                models.F("serial"),
                                condition=models.Q(("serial", ""), _negated=True),
                                name="conexao_serial",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("splitter"),
                                models.F("porta_splitter"),
                                condition=models.Q(
                                    ("ativa", True),
                                    ("porta_splitter__isnull", False),
                                    ("splitter__isnull", False),
                                ),
                                name="conexao_porta_de_splitter_unica",
                                violation_error_message="Esta porta do splitter já tem uma conexão ativa.",
                            ),
                            models.UniqueConstraint(
                                models.F("ip"),
                                condition=models.Q(("ativa", True), ("tipo_ip", "fixo")),
                                name="conexao_ip_fixo_unico",
                                violation_error_message="Este IP fixo já é de outra conexão ativa.",
                            ),
                            models.UniqueConstraint(
                                models.F("serial"),
                                condition=models.Q(("ativa", True), models.Q(("serial", ""), _negated=True)),
                                name="conexao_serial_unico",
                                violation_error_message="Este serial já é de outra conexão ativa.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ip__isnull", False), ("tipo_ip", "fixo")),
                                    models.Q(
                                        models.Q(("tipo_ip", "fixo"), _negated=True), ("ip__isnull", True)
                                    ),
                                    _connector="OR",
                                ),
                                name="conexao_ip_se_e_so_se_fixo",
                                violation_error_message="Informe o IP quando o tipo é Fixo, e só então.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("tipo_ip__in", ["fixo", "pelo_ce", "pool"])),
                                name="conexao_tipo_ip_conhecido",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("login__regex", "^[a-z0-9._@-]{3,64}$")),
                                name="conexao_login_formato",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("mac__regex", "^([0-9A-F]{12})?$")),
                                name="conexao_mac_formato",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("serial__regex", "[a-z[:space:]]"), _negated=True),
                                name="conexao_serial_normalizado",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("slot_olt__isnull", True), ("slot_olt__lte", 20), _connector="OR"
                                    ),
                                    models.Q(
                                        ("porta_olt__isnull", True), ("porta_olt__lte", 127), _connector="OR"
                                    ),
                                ),
                                name="conexao_slot_e_porta",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("porta_splitter__isnull", True),
                                    models.Q(("porta_splitter__gte", 1), ("splitter__isnull", False)),
                                    _connector="OR",
                                ),
                                name="conexao_porta_pede_splitter",
                                violation_error_message="A porta do splitter pede um splitter.",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="conexao_provisiona",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.senha IS DISTINCT FROM NEW.senha OR OLD.mac IS DISTINCT FROM NEW.mac OR OLD.ativa IS DISTINCT FROM NEW.ativa OR OLD.status IS DISTINCT FROM NEW.status OR OLD.tipo_ip IS DISTINCT FROM NEW.tipo_ip OR OLD.ip IS DISTINCT FROM NEW.ip OR OLD.login IS DISTINCT FROM NEW.login OR OLD.concentrador_id IS DISTINCT FROM NEW.concentrador_id)",
                                    func="\nIF current_setting('atendimento.origem', true) = 'importacao' THEN\n  RETURN NULL;\nEND IF;\n\nINSERT INTO contratos_comandoderede (conexao_id, verbo, motivo, login_anterior)\n  SELECT c.id, 'provisionar', CASE\n    WHEN OLD.senha IS DISTINCT FROM NEW.senha THEN 'senha'\n    WHEN OLD.mac <> NEW.mac THEN 'MAC'\n    WHEN OLD.ativa <> NEW.ativa THEN CASE WHEN NEW.ativa THEN 'ativação' ELSE 'desativação' END\n    WHEN OLD.status <> NEW.status THEN CASE WHEN NEW.status = 2 THEN 'bloqueio' ELSE 'liberação' END\n    ELSE 'cadastro' END, CASE WHEN OLD.login <> NEW.login THEN OLD.login ELSE '' END\n  FROM contratos_conexao c JOIN contratos_concentrador n ON n.id = c.concentrador_id\n  WHERE n.integracao <> '' AND c.id = NEW.id\n  ORDER BY c.id\nON CONFLICT (conexao_id, verbo) WHERE situacao = 'na_fila' DO UPDATE\n  SET motivo = EXCLUDED.motivo, versao = contratos_comandoderede.versao + 1, tentativas = 0,\n      proxima_em = clock_timestamp(), resposta = '',\n      login_anterior = COALESCE(\n        NULLIF(contratos_comandoderede.login_anterior, ''), EXCLUDED.login_anterior);\nRETURN NULL;",
                                    hash="8eec250ac1b3b8d9f3ec535a3375fa6e80666245",
                                    operation="UPDATE",
                                    pgid="pgtrigger_conexao_provisiona_4df8b",
                                    table="contratos_conexao",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."ativa" IS DISTINCT FROM (NEW."ativa") OR OLD."cgnat" IS DISTINCT FROM (NEW."cgnat") OR OLD."codigo_externo" IS DISTINCT FROM (NEW."codigo_externo") OR OLD."concentrador_id" IS DISTINCT FROM (NEW."concentrador_id") OR OLD."condominio_id" IS DISTINCT FROM (NEW."condominio_id") OR OLD."endereco_id" IS DISTINCT FROM (NEW."endereco_id") OR OLD."etiqueta_id" IS DISTINCT FROM (NEW."etiqueta_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."ip" IS DISTINCT FROM (NEW."ip") OR OLD."login" IS DISTINCT FROM (NEW."login") OR OLD."mac" IS DISTINCT FROM (NEW."mac") OR OLD."olt_id" IS DISTINCT FROM (NEW."olt_id") OR OLD."ponto_de_acesso_id" IS DISTINCT FROM (NEW."ponto_de_acesso_id") OR OLD."porta_olt" IS DISTINCT FROM (NEW."porta_olt") OR OLD."porta_splitter" IS DISTINCT FROM (NEW."porta_splitter") OR OLD."serial" IS DISTINCT FROM (NEW."serial") OR OLD."servico_id" IS DISTINCT FROM (NEW."servico_id") OR OLD."slot_olt" IS DISTINCT FROM (NEW."slot_olt") OR OLD."splitter_id" IS DISTINCT FROM (NEW."splitter_id") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."tipo_equipamento" IS DISTINCT FROM (NEW."tipo_equipamento") OR OLD."tipo_ip" IS DISTINCT FROM (NEW."tipo_ip") OR OLD."unidade" IS DISTINCT FROM (NEW."unidade") OR OLD."usuario_equipamento" IS DISTINCT FROM (NEW."usuario_equipamento"))',
                                    func='INSERT INTO "contratos_historicodeconexao" ("ativa", "cgnat", "codigo_externo", "concentrador_id", "condominio_id", "endereco_id", "etiqueta_id", "id", "ip", "login", "mac", "olt_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "ponto_de_acesso_id", "porta_olt", "porta_splitter", "serial", "servico_id", "slot_olt", "splitter_id", "status", "tipo_equipamento", "tipo_ip", "unidade", "usuario_equipamento") VALUES (NEW."ativa", NEW."cgnat", NEW."codigo_externo", NEW."concentrador_id", NEW."condominio_id", NEW."endereco_id", NEW."etiqueta_id", NEW."id", NEW."ip", NEW."login", NEW."mac", NEW."olt_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."ponto_de_acesso_id", NEW."porta_olt", NEW."porta_splitter", NEW."serial", NEW."servico_id", NEW."slot_olt", NEW."splitter_id", NEW."status", NEW."tipo_equipamento", NEW."tipo_ip", NEW."unidade", NEW."usuario_equipamento"); RETURN NULL;',
                                    hash="026f58a532aee040fa47fb480ac7512aa4839a96",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_60b0a",
                                    table="contratos_conexao",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "contratos_historicodeconexao" ("ativa", "cgnat", "codigo_externo", "concentrador_id", "condominio_id", "endereco_id", "etiqueta_id", "id", "ip", "login", "mac", "olt_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "ponto_de_acesso_id", "porta_olt", "porta_splitter", "serial", "servico_id", "slot_olt", "splitter_id", "status", "tipo_equipamento", "tipo_ip", "unidade", "usuario_equipamento") VALUES (OLD."ativa", OLD."cgnat", OLD."codigo_externo", OLD."concentrador_id", OLD."condominio_id", OLD."endereco_id", OLD."etiqueta_id", OLD."id", OLD."ip", OLD."login", OLD."mac", OLD."olt_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."ponto_de_acesso_id", OLD."porta_olt", OLD."porta_splitter", OLD."serial", OLD."servico_id", OLD."slot_olt", OLD."splitter_id", OLD."status", OLD."tipo_equipamento", OLD."tipo_ip", OLD."unidade", OLD."usuario_equipamento"); RETURN NULL;',
                                    hash="8f55182a02aa797159384b4483c5c74f9b8d7a6e",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_d8b24",
                                    table="contratos_conexao",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ComandoDeRede",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "conexao",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="comandos",
                                to="contratos.conexao",
                                verbose_name="conexão",
                            ),
                        ),
                        (
                            "verbo",
                            models.CharField(
                                choices=[
                                    ("provisionar", "Provisionar"),
                                    ("desconectar", "Desconectar sessão"),
                                    ("reiniciar", "Reiniciar equipamento"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("motivo", models.CharField(blank=True, max_length=60)),
                        (
                            "situacao",
                            models.CharField(
                                choices=[
                                    ("na_fila", "Na fila"),
                                    ("feito", "Feito"),
                                    ("recusado", "Recusado"),
                                    ("falhou", "Falhou"),
                                ],
                                db_default="na_fila",
                                default="na_fila",
                                max_length=10,
                                verbose_name="situação",
                            ),
                        ),
                        (
                            "versao",
                            models.PositiveIntegerField(db_default=1, default=1, verbose_name="versão"),
                        ),
                        ("tentativas", models.PositiveSmallIntegerField(db_default=0, default=0)),
                        (
                            "proxima_em",
                            models.DateTimeField(
                                blank=True,
                                db_default=django.db.models.functions.datetime.Now(),
                                default=django.utils.timezone.now,
                                null=True,
                                verbose_name="próxima tentativa em",
                            ),
                        ),
                        (
                            "valido_ate",
                            models.DateTimeField(blank=True, null=True, verbose_name="válido até"),
                        ),
                        ("resposta", models.CharField(blank=True, db_default="", default="", max_length=300)),
                        ("simulado", models.BooleanField(db_default=False, default=False)),
                        (
                            "login_anterior",
                            models.CharField(blank=True, db_default="", default="", max_length=64),
                        ),
                        ("protocolo", models.CharField(blank=True, db_default="", default="", max_length=14)),
                        (
                            "pedido_por",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="pedido por",
                            ),
                        ),
                        (
                            "criado_em",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(),
                                default=django.utils.timezone.now,
                                verbose_name="criado em",
                            ),
                        ),
                        (
                            "concluido_em",
                            models.DateTimeField(blank=True, null=True, verbose_name="concluído em"),
                        ),
                    ],
                    options={
                        "verbose_name": "comando de rede",
                        "verbose_name_plural": "comandos de rede",
                        "ordering": ["-criado_em", "-id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("situacao", "na_fila")),
                                fields=["proxima_em"],
                                name="comando_a_fazer",
                            ),
                            models.Index(fields=["conexao", "-criado_em"], name="comando_da_conexao"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("conexao"),
                                models.F("verbo"),
                                condition=models.Q(("situacao", "na_fila")),
                                name="comando_um_na_fila_por_verbo",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("situacao__in", ["na_fila", "feito", "recusado", "falhou"]),
                                    ("verbo__in", ["provisionar", "desconectar", "reiniciar"]),
                                ),
                                name="comando_valores_conhecidos",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("concluido_em__isnull", True),
                                        ("proxima_em__isnull", False),
                                        ("situacao", "na_fila"),
                                    ),
                                    models.Q(
                                        models.Q(("situacao", "na_fila"), _negated=True),
                                        ("concluido_em__isnull", False),
                                        ("proxima_em__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="comando_na_fila_tem_vez",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("situacao__in", ["recusado", "falhou"]), _negated=True),
                                    models.Q(("resposta", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="comando_recusado_diz_por_que",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="comando_nao_se_apaga",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                                    hash="6731b1145f72796ac96bada8597a960ced5eb524",
                                    operation="DELETE",
                                    pgid="pgtrigger_comando_nao_se_apaga_3e0ef",
                                    table="contratos_comandoderede",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="comando_concluido_nao_muda",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (NOT (OLD.\"situacao\" = 'na_fila'))",
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                                    hash="befe70509a6c254a9de12b85ab282898ef6efba3",
                                    operation="UPDATE",
                                    pgid="pgtrigger_comando_concluido_nao_muda_23169",
                                    table="contratos_comandoderede",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricoDeConexao",
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
                                to="contratos.conexao",
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
                            "etiqueta",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="contratos.etiqueta",
                            ),
                        ),
                        (
                            "servico",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="contratos.servicocontratado",
                                verbose_name="serviço",
                            ),
                        ),
                        ("ativa", models.BooleanField(default=True)),
                        (
                            "login",
                            models.CharField(
                                max_length=64,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[a-z0-9._@-]{3,64}$", "Use de 3 a 64 caracteres: a–z, 0–9 e . _ @ -"
                                    )
                                ],
                            ),
                        ),
                        (
                            "tipo_ip",
                            models.CharField(
                                choices=[("fixo", "Fixo"), ("pelo_ce", "Pelo CE"), ("pool", "Pool de IP")],
                                default="pool",
                                max_length=8,
                                verbose_name="tipo de IP",
                            ),
                        ),
                        ("ip", models.GenericIPAddressField(blank=True, null=True, verbose_name="IP")),
                        ("cgnat", models.BooleanField(default=False, verbose_name="CGNAT")),
                        ("mac", models.CharField(blank=True, max_length=12, verbose_name="MAC")),
                        (
                            "tipo_equipamento",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "Não informado"),
                                    ("mikrotik", "Mikrotik"),
                                    ("ubiquiti", "Ubiquiti"),
                                    ("intelbras", "Intelbras"),
                                    ("parks", "Parks"),
                                    ("huawei", "Huawei"),
                                    ("fiberhome", "FiberHome"),
                                    ("zte", "ZTE"),
                                    ("datacom", "Datacom"),
                                    ("digistar", "Digistar"),
                                    ("nokia", "Nokia"),
                                    ("gigatelco", "Gigatelco"),
                                    ("raisecom", "Raisecom"),
                                ],
                                max_length=12,
                                verbose_name="tipo de equipamento",
                            ),
                        ),
                        (
                            "concentrador",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="contratos.concentrador",
                            ),
                        ),
                        (
                            "ponto_de_acesso",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="contratos.pontodeacesso",
                            ),
                        ),
                        (
                            "splitter",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="contratos.splitter",
                            ),
                        ),
                        (
                            "olt",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="contratos.olt",
                                verbose_name="OLT",
                            ),
                        ),
                        (
                            "slot_olt",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[django.core.validators.MaxValueValidator(20)],
                                verbose_name="slot OLT",
                            ),
                        ),
                        (
                            "porta_olt",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[django.core.validators.MaxValueValidator(127)],
                                verbose_name="porta OLT",
                            ),
                        ),
                        (
                            "porta_splitter",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="porta splitter"
                            ),
                        ),
                        (
                            "condominio",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="contratos.condominio",
                                verbose_name="condomínio",
                            ),
                        ),
                        (
                            "unidade",
                            models.CharField(blank=True, max_length=40, verbose_name="bloco e apartamento"),
                        ),
                        ("serial", models.CharField(blank=True, max_length=32)),
                        (
                            "endereco",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clientes.endereco",
                                verbose_name="endereço",
                            ),
                        ),
                        (
                            "usuario_equipamento",
                            models.CharField(blank=True, max_length=64, verbose_name="usuário equipamento"),
                        ),
                        (
                            "status",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (1, "Normal"),
                                    (2, "Bloqueado"),
                                    (3, "Aviso de Bloqueio"),
                                    (4, "Aviso de Manutenção"),
                                ],
                                default=1,
                                verbose_name="status da conexão",
                            ),
                        ),
                        (
                            "codigo_externo",
                            models.CharField(
                                blank=True,
                                max_length=60,
                                null=True,
                                verbose_name="código no sistema de origem",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="HistoricoDeContrato",
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
                                to="contratos.contrato",
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
                        ("numero", models.CharField(max_length=20, verbose_name="número")),
                        (
                            "empresa",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="contratos.empresa",
                            ),
                        ),
                        (
                            "cliente",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clientes.cliente",
                            ),
                        ),
                        (
                            "situacao",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (1, "Normal"),
                                    (2, "Demonstração"),
                                    (3, "Cortesia"),
                                    (4, "Cancelado"),
                                    (5, "Suspenso"),
                                    (6, "Bloqueio Financeiro"),
                                    (7, "Bloqueio Administrativo"),
                                    (9, "Encerrado"),
                                ],
                                default=1,
                                verbose_name="situação",
                            ),
                        ),
                        (
                            "situacao_desde",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(),
                                default=django.utils.timezone.now,
                                editable=False,
                                verbose_name="situação desde",
                            ),
                        ),
                        (
                            "estagio",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (1, "Pré-Contrato"),
                                    (2, "Em Aprovação"),
                                    (3, "Aprovado"),
                                    (4, "Rejeitado"),
                                    (5, "Cancelado"),
                                ],
                                default=3,
                                verbose_name="estágio",
                            ),
                        ),
                        ("tipo_de_contrato", models.CharField(blank=True, max_length=60)),
                        (
                            "tipo_de_faturamento",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (1, "Mensal"),
                                    (2, "Múltiplas Operações"),
                                    (3, "Comunicação (SCM/SVA)"),
                                    (4, "Antecipado"),
                                    (5, "Não prevê faturamento"),
                                ],
                                default=1,
                            ),
                        ),
                        (
                            "tipo_de_cobranca",
                            models.CharField(
                                choices=[
                                    ("boleto_email", "Boleto por e-mail"),
                                    ("boleto_impresso", "Boleto impresso"),
                                    ("pix", "Pix"),
                                    ("pix_automatico", "Pix automático"),
                                    ("debito_em_conta", "Débito em conta"),
                                    ("cartao_recorrente", "Cartão recorrente"),
                                    ("fatura_corporativa", "Fatura corporativa"),
                                ],
                                default="boleto_email",
                                max_length=20,
                                verbose_name="tipo de cobrança",
                            ),
                        ),
                        ("vigencia_inicio", models.DateField(verbose_name="início da vigência")),
                        (
                            "vigencia_fim",
                            models.DateField(blank=True, null=True, verbose_name="fim da vigência"),
                        ),
                        (
                            "valor",
                            models.DecimalField(decimal_places=2, max_digits=12, verbose_name="valor mensal"),
                        ),
                        (
                            "dia_vencimento",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(31),
                                ],
                                verbose_name="dia de vencimento",
                            ),
                        ),
                        (
                            "dia_corte",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(31),
                                ],
                                verbose_name="dia de corte",
                            ),
                        ),
                        (
                            "bloqueio_automatico",
                            models.BooleanField(default=True, verbose_name="bloqueio automático"),
                        ),
                        (
                            "fidelidade_inicio",
                            models.DateField(blank=True, null=True, verbose_name="início da fidelidade"),
                        ),
                        (
                            "fidelidade_meses",
                            models.PositiveSmallIntegerField(default=0, verbose_name="fidelidade (meses)"),
                        ),
                        (
                            "fidelidade_beneficio",
                            models.DecimalField(
                                decimal_places=2,
                                default=0,
                                max_digits=12,
                                verbose_name="benefício da fidelidade",
                            ),
                        ),
                        ("ativado_em", models.DateField(blank=True, null=True, verbose_name="ativado em")),
                        ("vendedor", models.CharField(blank=True, max_length=80)),
                        (
                            "endereco",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clientes.endereco",
                                verbose_name="endereço de cobrança",
                            ),
                        ),
                        (
                            "cancelado_em",
                            models.DateField(blank=True, null=True, verbose_name="cancelado em"),
                        ),
                        ("motivo_do_cancelamento", models.CharField(blank=True, max_length=80)),
                        (
                            "observacao",
                            models.TextField(blank=True, max_length=4000, verbose_name="observação"),
                        ),
                        (
                            "codigo_externo",
                            models.CharField(
                                blank=True,
                                max_length=60,
                                null=True,
                                verbose_name="código no sistema de origem",
                            ),
                        ),
                        ("demo", models.BooleanField(default=False, verbose_name="dado fictício")),
                        ("criado_em", models.DateTimeField(auto_now_add=True)),
                        ("atualizado_em", models.DateTimeField(auto_now=True)),
                        ("versao", models.PositiveIntegerField(default=1, verbose_name="versão")),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ConcessaoDeEmpresa",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "permission",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, to="auth.permission"
                            ),
                        ),
                        (
                            "group",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group"),
                        ),
                        (
                            "content_object",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="concessoes",
                                to="contratos.empresa",
                            ),
                        ),
                        (
                            "valido_ate",
                            models.DateTimeField(blank=True, null=True, verbose_name="válido até"),
                        ),
                    ],
                    options={
                        "verbose_name": "empresa do perfil",
                        "verbose_name_plural": "empresas do perfil",
                        "unique_together": {("group", "permission", "content_object")},
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "contratos_historicodeconcessaodeempresa" ("content_object_id", "group_id", "id", "permission_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valido_ate") VALUES (NEW."content_object_id", NEW."group_id", NEW."id", NEW."permission_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."valido_ate"); RETURN NULL;',
                                    hash="c8646e87f63263168ad0be86f65a1d377267a37f",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_a35d4",
                                    table="contratos_concessaodeempresa",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "contratos_historicodeconcessaodeempresa" ("content_object_id", "group_id", "id", "permission_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valido_ate") VALUES (NEW."content_object_id", NEW."group_id", NEW."id", NEW."permission_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."valido_ate"); RETURN NULL;',
                                    hash="e212c579804d8c8a0ab20258fe33ec38acf13d14",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_48f12",
                                    table="contratos_concessaodeempresa",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "contratos_historicodeconcessaodeempresa" ("content_object_id", "group_id", "id", "permission_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valido_ate") VALUES (OLD."content_object_id", OLD."group_id", OLD."id", OLD."permission_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."valido_ate"); RETURN NULL;',
                                    hash="f9993e9be24b916b20a68f49b9bb0968dd5caf2e",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_a50f7",
                                    table="contratos_concessaodeempresa",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricoDeConcessaoDeEmpresa",
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
                                to="contratos.concessaodeempresa",
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
                        (
                            "content_object",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="contratos.empresa",
                            ),
                        ),
                        (
                            "valido_ate",
                            models.DateTimeField(blank=True, null=True, verbose_name="válido até"),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="EmpresaPorUsuario",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "permission",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, to="auth.permission"
                            ),
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="contratos.empresa",
                            ),
                        ),
                    ],
                    options={
                        "unique_together": {("user", "permission", "content_object")},
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("pk__isnull", True)), name="empresa_so_por_perfil"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Equipamento",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "etiqueta",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="equipamentos",
                                to="contratos.etiqueta",
                            ),
                        ),
                        (
                            "patrimonio",
                            models.CharField(blank=True, max_length=30, verbose_name="patrimônio"),
                        ),
                        (
                            "tipo",
                            models.CharField(
                                choices=[
                                    ("onu", "ONU bridge"),
                                    ("ont", "ONT Wi-Fi"),
                                    ("roteador", "Roteador"),
                                    ("radio", "Rádio CPE"),
                                    ("mesh", "Ponto mesh"),
                                    ("ata", "ATA"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("modelo", models.CharField(max_length=80)),
                        ("serial", models.CharField(blank=True, max_length=32)),
                        ("mac", models.CharField(blank=True, max_length=12, verbose_name="MAC")),
                        ("entregue_em", models.DateField(verbose_name="entregue em")),
                        (
                            "devolvido_em",
                            models.DateField(blank=True, null=True, verbose_name="devolvido em"),
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
                    ],
                    options={
                        "verbose_name": "equipamento",
                        "verbose_name_plural": "equipamentos",
                        "ordering": ["id"],
                        "indexes": [
                            models.Index(
                                models.F("serial"),
                                condition=models.Q(("serial", ""), _negated=True),
                                name="equipamento_serial",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("patrimonio"),
                                condition=models.Q(
                                    ("devolvido_em__isnull", True),
                                    models.Q(("patrimonio", ""), _negated=True),
                                ),
                                name="equipamento_emprestado_uma_vez",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("devolvido_em__isnull", True),
                                    ("devolvido_em__gte", models.F("entregue_em")),
                                    _connector="OR",
                                ),
                                name="equipamento_datas_em_ordem",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("mac__regex", "^([0-9A-F]{12})?$")),
                                name="equipamento_mac_formato",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricoDeEtiqueta",
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
                                to="contratos.etiqueta",
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
                            "contrato",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="contratos.contrato",
                            ),
                        ),
                        (
                            "empresa",
                            models.ForeignKey(
                                db_constraint=False,
                                editable=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="contratos.empresa",
                            ),
                        ),
                        ("codigo", models.CharField(max_length=20, verbose_name="código")),
                        ("descricao", models.CharField(max_length=120, verbose_name="descrição")),
                        ("ativa", models.BooleanField(default=True)),
                        (
                            "endereco",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clientes.endereco",
                                verbose_name="endereço",
                            ),
                        ),
                        (
                            "codigo_externo",
                            models.CharField(
                                blank=True,
                                max_length=60,
                                null=True,
                                verbose_name="código no sistema de origem",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="TipoDeEvento",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("codigo", models.SlugField(max_length=60, unique=True, verbose_name="código")),
                        ("nome", models.CharField(max_length=80, unique=True)),
                        (
                            "objetivo",
                            models.CharField(
                                choices=[
                                    ("comum", "Comum"),
                                    ("ativacao", "Ativação"),
                                    ("bloqueio", "Bloqueio"),
                                    ("desbloqueio", "Desbloqueio"),
                                    ("suspensao", "Suspensão"),
                                    ("notificacao", "Notificação"),
                                    ("cancelamento", "Cancelamento"),
                                ],
                                default="comum",
                                max_length=15,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "tipo de evento",
                        "verbose_name_plural": "tipos de evento",
                        "ordering": ["nome"],
                    },
                ),
                migrations.CreateModel(
                    name="EventoDeContrato",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "contrato",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="eventos",
                                to="contratos.contrato",
                            ),
                        ),
                        (
                            "tipo",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="contratos.tipodeevento",
                            ),
                        ),
                        ("descricao", models.CharField(max_length=1000, verbose_name="descrição")),
                        (
                            "ocorrido_em",
                            models.DateTimeField(
                                default=django.utils.timezone.now, verbose_name="ocorrido em"
                            ),
                        ),
                        (
                            "usuario",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="usuário",
                            ),
                        ),
                        (
                            "protocolo",
                            models.CharField(
                                blank=True, help_text="Da solicitação de origem.", max_length=14
                            ),
                        ),
                        (
                            "codigo_externo",
                            models.CharField(
                                blank=True,
                                editable=False,
                                max_length=60,
                                null=True,
                                verbose_name="código no sistema de origem",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "evento de contrato",
                        "verbose_name_plural": "eventos de contrato",
                        "ordering": ["-ocorrido_em", "-id"],
                        "indexes": [
                            models.Index(
                                fields=["contrato", "-ocorrido_em", "-id"], name="evento_por_contrato"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("codigo_externo"),
                                condition=models.Q(("codigo_externo__isnull", False)),
                                name="evento_codigo_externo_unico",
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="evento_so_acrescenta",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="32c0fab1ba90663e0797b223274138681928495f",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_evento_so_acrescenta_20170",
                                    table="contratos_eventodecontrato",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NotificacaoDeDebito",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "fatura",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="notificacoes",
                                to="contratos.fatura",
                            ),
                        ),
                        (
                            "canal",
                            models.CharField(
                                choices=[
                                    ("email", "E-mail"),
                                    ("sms", "SMS"),
                                    ("whatsapp", "WhatsApp"),
                                    ("carta", "Carta"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("enviada_em", models.DateTimeField(verbose_name="enviada em")),
                        (
                            "entregue_em",
                            models.DateTimeField(blank=True, null=True, verbose_name="entregue em"),
                        ),
                        ("conteudo", models.TextField(max_length=4000, verbose_name="conteúdo")),
                    ],
                    options={
                        "verbose_name": "notificação de débito",
                        "verbose_name_plural": "notificações de débito",
                        "ordering": ["-enviada_em"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("entregue_em__isnull", True),
                                    ("entregue_em__gte", models.F("enviada_em")),
                                    _connector="OR",
                                ),
                                name="notificacao_entregue_depois_de_enviada",
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="notificacao_nao_se_apaga",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                                    hash="7799fdf84fba733587cd42969bb467eca4795c15",
                                    operation="DELETE",
                                    pgid="pgtrigger_notificacao_nao_se_apaga_a2f8b",
                                    table="contratos_notificacaodedebito",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="notificacao_e_prova",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."fatura_id" IS DISTINCT FROM (NEW."fatura_id") OR OLD."canal" IS DISTINCT FROM (NEW."canal") OR OLD."enviada_em" IS DISTINCT FROM (NEW."enviada_em") OR OLD."conteudo" IS DISTINCT FROM (NEW."conteudo"))',
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                                    hash="00e42b9ccdb6d5c046526e40eff63bfa53a6a704",
                                    operation="UPDATE",
                                    pgid="pgtrigger_notificacao_e_prova_d7b92",
                                    table="contratos_notificacaodedebito",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LeituraDeSessao",
                    fields=[
                        ("lida_em", models.DateTimeField(blank=True, null=True, verbose_name="lida em")),
                        ("falha", models.CharField(blank=True, max_length=300)),
                        ("falhou_em", models.DateTimeField(blank=True, null=True, verbose_name="falhou em")),
                        ("pedida_em", models.DateTimeField(blank=True, null=True, verbose_name="pedida em")),
                        ("simulada", models.BooleanField(default=False)),
                        (
                            "conexao",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="leitura_de_sessao",
                                serialize=False,
                                to="contratos.conexao",
                            ),
                        ),
                        ("online", models.BooleanField(blank=True, null=True)),
                        ("desde", models.DateTimeField(blank=True, null=True)),
                        ("ip", models.GenericIPAddressField(blank=True, null=True, verbose_name="IP")),
                        ("mac", models.CharField(blank=True, max_length=12, verbose_name="MAC visto")),
                        ("id_da_sessao", models.CharField(blank=True, max_length=64)),
                    ],
                    options={
                        "verbose_name": "leitura de sessão",
                        "verbose_name_plural": "leituras de sessão",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("online__isnull", True), ("lida_em__isnull", False), _connector="OR"
                                ),
                                name="leitura_de_sessao_tem_hora",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("mac__regex", "^([0-9A-F]{12})?$")),
                                name="leitura_de_sessao_mac_formato",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LeituraOptica",
                    fields=[
                        ("lida_em", models.DateTimeField(blank=True, null=True, verbose_name="lida em")),
                        ("falha", models.CharField(blank=True, max_length=300)),
                        ("falhou_em", models.DateTimeField(blank=True, null=True, verbose_name="falhou em")),
                        ("pedida_em", models.DateTimeField(blank=True, null=True, verbose_name="pedida em")),
                        ("simulada", models.BooleanField(default=False)),
                        (
                            "conexao",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="leitura_optica",
                                serialize=False,
                                to="contratos.conexao",
                            ),
                        ),
                        (
                            "estado",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("online", "Online"),
                                    ("sem_luz", "Sem luz (LOS)"),
                                    ("sem_energia", "Sem energia (dying gasp)"),
                                    ("offline", "Offline"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "rx_dbm",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=5, null=True, verbose_name="RX (dBm)"
                            ),
                        ),
                        (
                            "tx_dbm",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=5, null=True, verbose_name="TX (dBm)"
                            ),
                        ),
                        (
                            "rx_na_olt_dbm",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=5,
                                null=True,
                                verbose_name="RX na OLT (dBm)",
                            ),
                        ),
                        (
                            "distancia_m",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="distância (m)"),
                        ),
                        (
                            "ultima_queda_em",
                            models.DateTimeField(blank=True, null=True, verbose_name="última queda em"),
                        ),
                        (
                            "causa_da_queda",
                            models.CharField(blank=True, max_length=60, verbose_name="causa da queda"),
                        ),
                    ],
                    options={
                        "verbose_name": "leitura óptica",
                        "verbose_name_plural": "leituras ópticas",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("estado__in", ["", "online", "sem_luz", "sem_energia", "offline"])
                                ),
                                name="leitura_optica_estado_conhecido",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("rx_dbm__isnull", True),
                                        ("rx_dbm__range", (-60, 20)),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("tx_dbm__isnull", True),
                                        ("tx_dbm__range", (-60, 20)),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("rx_na_olt_dbm__isnull", True),
                                        ("rx_na_olt_dbm__range", (-60, 20)),
                                        _connector="OR",
                                    ),
                                ),
                                name="leitura_optica_potencia_possivel",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SessaoDeConexao",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "conexao",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sessoes",
                                to="contratos.conexao",
                                verbose_name="conexão",
                            ),
                        ),
                        (
                            "id_externo",
                            models.CharField(max_length=64, verbose_name="identificador no RADIUS"),
                        ),
                        ("iniciada_em", models.DateTimeField(verbose_name="iniciada em")),
                        (
                            "terminada_em",
                            models.DateTimeField(blank=True, null=True, verbose_name="terminada em"),
                        ),
                        ("causa", models.CharField(blank=True, max_length=40)),
                        ("ip", models.GenericIPAddressField(blank=True, null=True, verbose_name="IP")),
                        ("mac", models.CharField(blank=True, max_length=12, verbose_name="MAC")),
                        (
                            "baixados",
                            models.PositiveBigIntegerField(default=0, verbose_name="bytes baixados"),
                        ),
                        (
                            "enviados",
                            models.PositiveBigIntegerField(default=0, verbose_name="bytes enviados"),
                        ),
                    ],
                    options={
                        "verbose_name": "sessão",
                        "verbose_name_plural": "sessões",
                        "ordering": ["-iniciada_em", "-id"],
                        "indexes": [
                            models.Index(fields=["conexao", "-iniciada_em"], name="sessao_da_conexao"),
                            models.Index(
                                condition=models.Q(("terminada_em__isnull", False)),
                                fields=["terminada_em"],
                                name="sessao_queda",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("conexao"), models.F("id_externo"), name="sessao_unica"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("terminada_em__isnull", True),
                                    ("terminada_em__gte", models.F("iniciada_em")),
                                    _connector="OR",
                                ),
                                name="sessao_em_ordem",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ConsumoDiario",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "conexao",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="consumo",
                                to="contratos.conexao",
                                verbose_name="conexão",
                            ),
                        ),
                        ("dia", models.DateField()),
                        (
                            "baixados",
                            models.PositiveBigIntegerField(default=0, verbose_name="bytes baixados"),
                        ),
                        (
                            "enviados",
                            models.PositiveBigIntegerField(default=0, verbose_name="bytes enviados"),
                        ),
                    ],
                    options={
                        "verbose_name": "consumo diário",
                        "verbose_name_plural": "consumo diário",
                        "ordering": ["-dia"],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("conexao"), models.F("dia"), name="consumo_do_dia_unico"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MudancaDeEndereco",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "etiqueta",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="mudancas",
                                to="contratos.etiqueta",
                            ),
                        ),
                        (
                            "de",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clientes.endereco",
                            ),
                        ),
                        (
                            "para",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clientes.endereco",
                            ),
                        ),
                        ("protocolo", models.CharField(blank=True, max_length=14)),
                        (
                            "pedida_em",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="pedida em"),
                        ),
                        (
                            "registrada_por",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="registrada por",
                            ),
                        ),
                        (
                            "concluida_em",
                            models.DateTimeField(blank=True, null=True, verbose_name="concluída em"),
                        ),
                        (
                            "desfeita_em",
                            models.DateTimeField(blank=True, null=True, verbose_name="desfeita em"),
                        ),
                    ],
                    options={
                        "verbose_name": "mudança de endereço",
                        "verbose_name_plural": "mudanças de endereço",
                        "ordering": ["-pedida_em", "-id"],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("etiqueta"),
                                condition=models.Q(
                                    ("concluida_em__isnull", True), ("desfeita_em__isnull", True)
                                ),
                                name="mudanca_pendente_unica",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("concluida_em__isnull", True),
                                    ("desfeita_em__isnull", True),
                                    _connector="OR",
                                ),
                                name="mudanca_acaba_de_um_modo",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("de__isnull", True),
                                    models.Q(("de", models.F("para")), _negated=True),
                                    _connector="OR",
                                ),
                                name="mudanca_para_outro_endereco",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="mudanca_nao_se_apaga",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                                    hash="1a100d4607d3bbc7372021264dbee55be137ca45",
                                    operation="DELETE",
                                    pgid="pgtrigger_mudanca_nao_se_apaga_001d9",
                                    table="contratos_mudancadeendereco",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Parametros",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "dias_ate_notificar",
                            models.PositiveSmallIntegerField(
                                default=3,
                                help_text="Quantos dias depois do vencimento o trabalhador avisa o débito. Regra da casa.",
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(60),
                                ],
                                verbose_name="dias do vencimento ao aviso",
                            ),
                        ),
                        (
                            "dias_do_aviso_a_suspensao",
                            models.PositiveSmallIntegerField(
                                default=15,
                                help_text="Contam da entrega do aviso, e não do vencimento; no mínimo 15. RGC (Resolução Anatel 765/2023).",
                                validators=[
                                    django.core.validators.MinValueValidator(15),
                                    django.core.validators.MaxValueValidator(180),
                                ],
                                verbose_name="dias do aviso à suspensão",
                            ),
                        ),
                        (
                            "dias_da_suspensao_a_rescisao",
                            models.PositiveSmallIntegerField(
                                default=60,
                                help_text="Contam do Bloqueio Financeiro; no mínimo 60. RGC (Resolução Anatel 765/2023).",
                                validators=[
                                    django.core.validators.MinValueValidator(60),
                                    django.core.validators.MaxValueValidator(365),
                                ],
                                verbose_name="dias da suspensão à rescisão",
                            ),
                        ),
                        (
                            "horas_para_religar",
                            models.PositiveSmallIntegerField(
                                default=24,
                                help_text="Prazo para o serviço voltar, contado de quando se sabe do pagamento; no máximo 24. RGC (Resolução Anatel 765/2023).",
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(24),
                                ],
                                verbose_name="horas para religar depois do pagamento",
                            ),
                        ),
                        (
                            "cobra_durante_suspensao",
                            models.BooleanField(
                                default=False,
                                help_text="A mensalidade corre enquanto o serviço está suspenso por débito. RGC (Resolução Anatel 765/2023); o padrão é não.",
                                verbose_name="cobra durante a suspensão",
                            ),
                        ),
                        (
                            "multa_percentual",
                            models.DecimalField(
                                decimal_places=2,
                                default=Decimal("2.00"),
                                help_text="Sobre o valor da fatura; no máximo 2 %. Lei 8.078/1990 (CDC), art. 52.",
                                max_digits=5,
                                validators=[
                                    django.core.validators.MinValueValidator(Decimal("0")),
                                    django.core.validators.MaxValueValidator(Decimal("2")),
                                ],
                                verbose_name="multa por atraso (%)",
                            ),
                        ),
                        (
                            "juros_percentual_ao_mes",
                            models.DecimalField(
                                decimal_places=2,
                                default=Decimal("1.00"),
                                help_text="Simples, por dia de atraso (mês de 30 dias); no máximo 1 %. Código Civil, art. 406; CTN, art. 161.",
                                max_digits=5,
                                validators=[
                                    django.core.validators.MinValueValidator(Decimal("0")),
                                    django.core.validators.MaxValueValidator(Decimal("1")),
                                ],
                                verbose_name="juros de mora (% ao mês)",
                            ),
                        ),
                        (
                            "suspensao_minima_dias",
                            models.PositiveSmallIntegerField(
                                default=30,
                                help_text="O cliente pode pedir a partir de 30 dias. RGC (Resolução Anatel 765/2023).",
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(30),
                                ],
                                verbose_name="suspensão a pedido: mínimo de dias",
                            ),
                        ),
                        (
                            "suspensao_maxima_dias",
                            models.PositiveSmallIntegerField(
                                default=120,
                                help_text="O cliente pode pedir até 120 dias. RGC (Resolução Anatel 765/2023).",
                                validators=[
                                    django.core.validators.MinValueValidator(120),
                                    django.core.validators.MaxValueValidator(730),
                                ],
                                verbose_name="suspensão a pedido: máximo de dias",
                            ),
                        ),
                        (
                            "suspensao_intervalo_meses",
                            models.PositiveSmallIntegerField(
                                default=12,
                                help_text="Direito a uma a cada 12 meses. RGC (Resolução Anatel 765/2023).",
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(12),
                                ],
                                verbose_name="suspensão a pedido: uma vez a cada (meses)",
                            ),
                        ),
                        (
                            "suspensao_horas_para_atender",
                            models.PositiveSmallIntegerField(
                                default=24,
                                help_text="Suspender e religar em até 24 horas. RGC (Resolução Anatel 765/2023).",
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(24),
                                ],
                                verbose_name="suspensão a pedido: horas para atender",
                            ),
                        ),
                        (
                            "fidelidade_maxima_meses",
                            models.PositiveSmallIntegerField(
                                default=12,
                                help_text="Prazo de permanência do consumidor; no máximo 12. A multa é proporcional ao que falta. RGC (Resolução Anatel 765/2023).",
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(12),
                                ],
                                verbose_name="fidelidade máxima (meses)",
                            ),
                        ),
                        (
                            "retencao_desconto_percentual",
                            models.DecimalField(
                                decimal_places=2,
                                default=Decimal("10.00"),
                                help_text="Da mensalidade, na única oferta a quem pede cancelamento; um clique a recusa. Regra da casa.",
                                max_digits=5,
                                validators=[
                                    django.core.validators.MinValueValidator(Decimal("0")),
                                    django.core.validators.MaxValueValidator(Decimal("100")),
                                ],
                                verbose_name="retenção: desconto oferecido (%)",
                            ),
                        ),
                        (
                            "retencao_meses",
                            models.PositiveSmallIntegerField(
                                default=3,
                                help_text="Por quantos meses vale a oferta. Regra da casa.",
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(12),
                                ],
                                verbose_name="retenção: meses de desconto",
                            ),
                        ),
                        (
                            "reativacao_dias",
                            models.PositiveSmallIntegerField(
                                default=30,
                                help_text="Passado o prazo, contrata-se de novo. Regra da casa.",
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(365),
                                ],
                                verbose_name="reativação: até quantos dias depois do cancelamento",
                            ),
                        ),
                        (
                            "confianca_atraso_maximo_dias",
                            models.PositiveSmallIntegerField(
                                default=90,
                                help_text="Com fatura vencida há mais tempo não há desbloqueio em confiança. Regra da casa.",
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(365),
                                ],
                                verbose_name="confiança: atraso máximo (dias)",
                            ),
                        ),
                        (
                            "confianca_periodo_dias",
                            models.PositiveSmallIntegerField(
                                default=30,
                                help_text="As vezes que o perfil concede contam-se dentro deste período. Regra da casa.",
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(365),
                                ],
                                verbose_name="confiança: período dos limites (dias)",
                            ),
                        ),
                        (
                            "informe_horas",
                            models.PositiveSmallIntegerField(
                                default=48,
                                help_text="Por quanto tempo um pagamento informado segura o bloqueio, até a baixa. Regra da casa.",
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(240),
                                ],
                                verbose_name="informe de pagamento: horas de espera",
                            ),
                        ),
                        (
                            "vencimento_alteracoes_por_ano",
                            models.PositiveSmallIntegerField(
                                default=2,
                                help_text="Em doze meses, por contrato. Regra da casa.",
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(12),
                                ],
                                verbose_name="alterações de vencimento por ano",
                            ),
                        ),
                        (
                            "vencimento_com_debito",
                            models.BooleanField(
                                default=False,
                                help_text="Se quem tem fatura vencida pode mudar o dia. Regra da casa.",
                                verbose_name="altera vencimento com fatura vencida",
                            ),
                        ),
                        (
                            "contestacao_dias",
                            models.PositiveSmallIntegerField(
                                default=7,
                                help_text="Dias corridos; enquanto não se responde, o débito contestado não suspende. Decreto 11.034/2022 (SAC), art. 13; RGC (Resolução Anatel 765/2023).",
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(7),
                                ],
                                verbose_name="dias para responder uma contestação",
                            ),
                        ),
                        (
                            "ressarcimento_minutos",
                            models.PositiveSmallIntegerField(
                                default=30,
                                help_text="Indisponibilidade menor não gera crédito automático. RGC (Resolução Anatel 765/2023).",
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(1440),
                                ],
                                verbose_name="ressarcimento: minutos mínimos sem serviço",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "parâmetros da lei e da cobrança",
                        "verbose_name_plural": "parâmetros da lei e da cobrança",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("id", 1)), name="parametros_linha_unica"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("dias_da_suspensao_a_rescisao__gte", 60),
                                    ("dias_do_aviso_a_suspensao__gte", 15),
                                ),
                                name="parametros_relogio_legal",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("juros_percentual_ao_mes__range", (0, 1)),
                                    ("multa_percentual__range", (0, 2)),
                                ),
                                name="parametros_encargos_legais",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("suspensao_minima_dias__lte", models.F("suspensao_maxima_dias"))
                                ),
                                name="parametros_suspensao_em_ordem",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "contratos_historicodeparametros" ("cobra_durante_suspensao", "confianca_atraso_maximo_dias", "confianca_periodo_dias", "contestacao_dias", "dias_ate_notificar", "dias_da_suspensao_a_rescisao", "dias_do_aviso_a_suspensao", "fidelidade_maxima_meses", "horas_para_religar", "id", "informe_horas", "juros_percentual_ao_mes", "multa_percentual", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reativacao_dias", "ressarcimento_minutos", "retencao_desconto_percentual", "retencao_meses", "suspensao_horas_para_atender", "suspensao_intervalo_meses", "suspensao_maxima_dias", "suspensao_minima_dias", "vencimento_alteracoes_por_ano", "vencimento_com_debito") VALUES (NEW."cobra_durante_suspensao", NEW."confianca_atraso_maximo_dias", NEW."confianca_periodo_dias", NEW."contestacao_dias", NEW."dias_ate_notificar", NEW."dias_da_suspensao_a_rescisao", NEW."dias_do_aviso_a_suspensao", NEW."fidelidade_maxima_meses", NEW."horas_para_religar", NEW."id", NEW."informe_horas", NEW."juros_percentual_ao_mes", NEW."multa_percentual", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reativacao_dias", NEW."ressarcimento_minutos", NEW."retencao_desconto_percentual", NEW."retencao_meses", NEW."suspensao_horas_para_atender", NEW."suspensao_intervalo_meses", NEW."suspensao_maxima_dias", NEW."suspensao_minima_dias", NEW."vencimento_alteracoes_por_ano", NEW."vencimento_com_debito"); RETURN NULL;',
                                    hash="6333ba887ed6ab0724215c0789c26bd407608374",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_5f0b0",
                                    table="contratos_parametros",
                                    when="AFTER",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricoDeParametros",
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
                                to="contratos.parametros",
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
                            "dias_ate_notificar",
                            models.PositiveSmallIntegerField(
                                default=3,
                                help_text="Quantos dias depois do vencimento o trabalhador avisa o débito. Regra da casa.",
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(60),
                                ],
                                verbose_name="dias do vencimento ao aviso",
                            ),
                        ),
                        (
                            "dias_do_aviso_a_suspensao",
                            models.PositiveSmallIntegerField(
                                default=15,
                                help_text="Contam da entrega do aviso, e não do vencimento; no mínimo 15. RGC (Resolução Anatel 765/2023).",
                                validators=[
                                    django.core.validators.MinValueValidator(15),
                                    django.core.validators.MaxValueValidator(180),
                                ],
                                verbose_name="dias do aviso à suspensão",
                            ),
                        ),
                        (
                            "dias_da_suspensao_a_rescisao",
                            models.PositiveSmallIntegerField(
                                default=60,
                                help_text="Contam do Bloqueio Financeiro; no mínimo 60. RGC (Resolução Anatel 765/2023).",
                                validators=[
                                    django.core.validators.MinValueValidator(60),
                                    django.core.validators.MaxValueValidator(365),
                                ],
                                verbose_name="dias da suspensão à rescisão",
                            ),
                        ),
                        (
                            "horas_para_religar",
                            models.PositiveSmallIntegerField(
                                default=24,
                                help_text="Prazo para o serviço voltar, contado de quando se sabe do pagamento; no máximo 24. RGC (Resolução Anatel 765/2023).",
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(24),
                                ],
                                verbose_name="horas para religar depois do pagamento",
                            ),
                        ),
                        (
                            "cobra_durante_suspensao",
                            models.BooleanField(
                                default=False,
                                help_text="A mensalidade corre enquanto o serviço está suspenso por débito. RGC (Resolução Anatel 765/2023); o padrão é não.",
                                verbose_name="cobra durante a suspensão",
                            ),
                        ),
                        (
                            "multa_percentual",
                            models.DecimalField(
                                decimal_places=2,
                                default=Decimal("2.00"),
                                help_text="Sobre o valor da fatura; no máximo 2 %. Lei 8.078/1990 (CDC), art. 52.",
                                max_digits=5,
                                validators=[
                                    django.core.validators.MinValueValidator(Decimal("0")),
                                    django.core.validators.MaxValueValidator(Decimal("2")),
                                ],
                                verbose_name="multa por atraso (%)",
                            ),
                        ),
                        (
                            "juros_percentual_ao_mes",
                            models.DecimalField(
                                decimal_places=2,
                                default=Decimal("1.00"),
                                help_text="Simples, por dia de atraso (mês de 30 dias); no máximo 1 %. Código Civil, art. 406; CTN, art. 161.",
                                max_digits=5,
                                validators=[
                                    django.core.validators.MinValueValidator(Decimal("0")),
                                    django.core.validators.MaxValueValidator(Decimal("1")),
                                ],
                                verbose_name="juros de mora (% ao mês)",
                            ),
                        ),
                        (
                            "suspensao_minima_dias",
                            models.PositiveSmallIntegerField(
                                default=30,
                                help_text="O cliente pode pedir a partir de 30 dias. RGC (Resolução Anatel 765/2023).",
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(30),
                                ],
                                verbose_name="suspensão a pedido: mínimo de dias",
                            ),
                        ),
                        (
                            "suspensao_maxima_dias",
                            models.PositiveSmallIntegerField(
                                default=120,
                                help_text="O cliente pode pedir até 120 dias. RGC (Resolução Anatel 765/2023).",
                                validators=[
                                    django.core.validators.MinValueValidator(120),
                                    django.core.validators.MaxValueValidator(730),
                                ],
                                verbose_name="suspensão a pedido: máximo de dias",
                            ),
                        ),
                        (
                            "suspensao_intervalo_meses",
                            models.PositiveSmallIntegerField(
                                default=12,
                                help_text="Direito a uma a cada 12 meses. RGC (Resolução Anatel 765/2023).",
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(12),
                                ],
                                verbose_name="suspensão a pedido: uma vez a cada (meses)",
                            ),
                        ),
                        (
                            "suspensao_horas_para_atender",
                            models.PositiveSmallIntegerField(
                                default=24,
                                help_text="Suspender e religar em até 24 horas. RGC (Resolução Anatel 765/2023).",
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(24),
                                ],
                                verbose_name="suspensão a pedido: horas para atender",
                            ),
                        ),
                        (
                            "fidelidade_maxima_meses",
                            models.PositiveSmallIntegerField(
                                default=12,
                                help_text="Prazo de permanência do consumidor; no máximo 12. A multa é proporcional ao que falta. RGC (Resolução Anatel 765/2023).",
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(12),
                                ],
                                verbose_name="fidelidade máxima (meses)",
                            ),
                        ),
                        (
                            "retencao_desconto_percentual",
                            models.DecimalField(
                                decimal_places=2,
                                default=Decimal("10.00"),
                                help_text="Da mensalidade, na única oferta a quem pede cancelamento; um clique a recusa. Regra da casa.",
                                max_digits=5,
                                validators=[
                                    django.core.validators.MinValueValidator(Decimal("0")),
                                    django.core.validators.MaxValueValidator(Decimal("100")),
                                ],
                                verbose_name="retenção: desconto oferecido (%)",
                            ),
                        ),
                        (
                            "retencao_meses",
                            models.PositiveSmallIntegerField(
                                default=3,
                                help_text="Por quantos meses vale a oferta. Regra da casa.",
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(12),
                                ],
                                verbose_name="retenção: meses de desconto",
                            ),
                        ),
                        (
                            "reativacao_dias",
                            models.PositiveSmallIntegerField(
                                default=30,
                                help_text="Passado o prazo, contrata-se de novo. Regra da casa.",
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(365),
                                ],
                                verbose_name="reativação: até quantos dias depois do cancelamento",
                            ),
                        ),
                        (
                            "confianca_atraso_maximo_dias",
                            models.PositiveSmallIntegerField(
                                default=90,
                                help_text="Com fatura vencida há mais tempo não há desbloqueio em confiança. Regra da casa.",
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(365),
                                ],
                                verbose_name="confiança: atraso máximo (dias)",
                            ),
                        ),
                        (
                            "confianca_periodo_dias",
                            models.PositiveSmallIntegerField(
                                default=30,
                                help_text="As vezes que o perfil concede contam-se dentro deste período. Regra da casa.",
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(365),
                                ],
                                verbose_name="confiança: período dos limites (dias)",
                            ),
                        ),
                        (
                            "informe_horas",
                            models.PositiveSmallIntegerField(
                                default=48,
                                help_text="Por quanto tempo um pagamento informado segura o bloqueio, até a baixa. Regra da casa.",
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(240),
                                ],
                                verbose_name="informe de pagamento: horas de espera",
                            ),
                        ),
                        (
                            "vencimento_alteracoes_por_ano",
                            models.PositiveSmallIntegerField(
                                default=2,
                                help_text="Em doze meses, por contrato. Regra da casa.",
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(12),
                                ],
                                verbose_name="alterações de vencimento por ano",
                            ),
                        ),
                        (
                            "vencimento_com_debito",
                            models.BooleanField(
                                default=False,
                                help_text="Se quem tem fatura vencida pode mudar o dia. Regra da casa.",
                                verbose_name="altera vencimento com fatura vencida",
                            ),
                        ),
                        (
                            "contestacao_dias",
                            models.PositiveSmallIntegerField(
                                default=7,
                                help_text="Dias corridos; enquanto não se responde, o débito contestado não suspende. Decreto 11.034/2022 (SAC), art. 13; RGC (Resolução Anatel 765/2023).",
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(7),
                                ],
                                verbose_name="dias para responder uma contestação",
                            ),
                        ),
                        (
                            "ressarcimento_minutos",
                            models.PositiveSmallIntegerField(
                                default=30,
                                help_text="Indisponibilidade menor não gera crédito automático. RGC (Resolução Anatel 765/2023).",
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(1440),
                                ],
                                verbose_name="ressarcimento: minutos mínimos sem serviço",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Suspensao",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "contrato",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="suspensoes",
                                to="contratos.contrato",
                            ),
                        ),
                        ("inicio", models.DateField(verbose_name="início")),
                        ("volta_em", models.DateField(verbose_name="volta em")),
                        ("iniciada", models.BooleanField(default=False)),
                        ("fim", models.DateField(blank=True, null=True, verbose_name="voltou em")),
                        ("motivo", models.CharField(max_length=80)),
                        ("protocolo", models.CharField(blank=True, max_length=14)),
                        ("pedida_em", models.DateTimeField(auto_now_add=True, verbose_name="pedida em")),
                        (
                            "registrada_por",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="registrada por",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "suspensão a pedido",
                        "verbose_name_plural": "suspensões a pedido",
                        "ordering": ["-inicio", "-id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("fim__isnull", True)),
                                fields=["volta_em"],
                                name="suspensao_por_voltar",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("volta_em__gt", models.F("inicio"))),
                                name="suspensao_datas_em_ordem",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("fim__isnull", True),
                                    ("iniciada", False),
                                    ("fim__gte", models.F("inicio")),
                                    _connector="OR",
                                ),
                                name="suspensao_acaba_depois_de_comecar",
                            ),
                            models.UniqueConstraint(
                                models.F("contrato"),
                                condition=models.Q(("fim__isnull", True)),
                                name="suspensao_aberta_unica",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(
                                    ("iniciada", True), ("fim__isnull", True), _connector="OR"
                                ),
                                expressions=[
                                    ("contrato", "="),
                                    (
                                        models.Func(
                                            models.F("inicio"),
                                            models.Func(
                                                models.F("fim"), models.F("volta_em"), function="COALESCE"
                                            ),
                                            models.Value("[)"),
                                            function="daterange",
                                        ),
                                        "&&",
                                    ),
                                ],
                                name="suspensao_sem_sobreposicao",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="suspensao_nao_se_apaga",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                                    hash="ba6d5a920eb2bf12a099c30158a5756835f1d080",
                                    operation="DELETE",
                                    pgid="pgtrigger_suspensao_nao_se_apaga_74e58",
                                    table="contratos_suspensao",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="suspensao_acabada_nao_muda",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."fim" IS NOT NULL)',
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                                    hash="cee77dc41a5d47994ee1a3d88db494b0065ca7fc",
                                    operation="UPDATE",
                                    pgid="pgtrigger_suspensao_acabada_nao_muda_38252",
                                    table="contratos_suspensao",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "contratos_historicodesuspensao" ("contrato_id", "fim", "id", "iniciada", "inicio", "motivo", "pedida_em", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "protocolo", "registrada_por_id", "volta_em") VALUES (NEW."contrato_id", NEW."fim", NEW."id", NEW."iniciada", NEW."inicio", NEW."motivo", NEW."pedida_em", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."protocolo", NEW."registrada_por_id", NEW."volta_em"); RETURN NULL;',
                                    hash="eb1324d9f1b82cbc65fd5f6ff80c13ac5f15d2c4",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_0cbaf",
                                    table="contratos_suspensao",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricoDeSuspensao",
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
                                to="contratos.suspensao",
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
                            "contrato",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="contratos.contrato",
                            ),
                        ),
                        ("inicio", models.DateField(verbose_name="início")),
                        ("volta_em", models.DateField(verbose_name="volta em")),
                        ("iniciada", models.BooleanField(default=False)),
                        ("fim", models.DateField(blank=True, null=True, verbose_name="voltou em")),
                        ("motivo", models.CharField(max_length=80)),
                        ("protocolo", models.CharField(blank=True, max_length=14)),
                        ("pedida_em", models.DateTimeField(auto_now_add=True, verbose_name="pedida em")),
                        (
                            "registrada_por",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="registrada por",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
            ],
        ),
    ]
