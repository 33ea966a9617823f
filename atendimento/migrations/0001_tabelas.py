import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import django.utils.timezone
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import atendimento.models.anexo
import atendimento.models.calendario
import contratos.migracoes


class Migration(migrations.Migration):
    initial = True

    # As de antes, para quem já as aplicou todas.
    replaces = [
        ("atendimento", "0001_inicial"),
        ("atendimento", "0002_solicitacoes"),
        ("atendimento", "0004_execucoes"),
        ("atendimento", "0005_janela_de_reabertura"),
        ("atendimento", "0006_nulos_nao_escapam"),
        ("atendimento", "0007_mensagens"),
        ("atendimento", "0008_filas"),
        ("atendimento", "0009_motivo_dispensa_multa"),
        ("atendimento", "0010_configuracoes"),
        ("atendimento", "0011_visitas"),
        ("atendimento", "0012_mensagem_do_contrato"),
        ("atendimento", "0013_massivas_e_artigos"),
    ]

    dependencies = [
        ("clientes", "0001_tabelas"),
        ("contratos", "0001_tabelas"),
        ("perfis", "0001_tabelas"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        contratos.migracoes.CriarModelos(
            modelos=[
                migrations.CreateModel(
                    name="AcessoADado",
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
                                choices=[
                                    ("painel", "Abriu o painel"),
                                    ("revelacao", "Revelou um campo"),
                                    ("exportacao", "Exportou"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "usuario",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="usuário",
                            ),
                        ),
                        (
                            "cliente",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clientes.cliente",
                            ),
                        ),
                        ("alvo", models.CharField(blank=True, max_length=12)),
                        ("alvo_id", models.BigIntegerField(blank=True, null=True)),
                        ("campo", models.CharField(blank=True, max_length=40)),
                        ("protocolo", models.CharField(blank=True, max_length=14)),
                        ("ip", models.GenericIPAddressField(blank=True, null=True, verbose_name="IP")),
                        (
                            "ocorrido_em",
                            models.DateTimeField(
                                default=django.utils.timezone.now, verbose_name="ocorrido em"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "acesso a dado",
                        "verbose_name_plural": "acessos a dados",
                        "ordering": ["-ocorrido_em", "-id"],
                        "indexes": [
                            models.Index(fields=["cliente", "-ocorrido_em"], name="acesso_por_cliente"),
                            models.Index(fields=["usuario", "-ocorrido_em"], name="acesso_por_usuario"),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="acesso_so_acrescenta",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="77dc82b8f0cf0d197deeab338bf330677d5ae199",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_acesso_so_acrescenta_d2655",
                                    table="atendimento_acessoadado",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Calendario",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("nome", models.CharField(max_length=60, unique=True)),
                        (
                            "sempre",
                            models.BooleanField(default=False, verbose_name="24 horas, todos os dias"),
                        ),
                        (
                            "feriados_nacionais",
                            models.BooleanField(default=True, verbose_name="fecha nos feriados nacionais"),
                        ),
                        (
                            "uf",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("AC", "AC"),
                                    ("AL", "AL"),
                                    ("AM", "AM"),
                                    ("AP", "AP"),
                                    ("BA", "BA"),
                                    ("CE", "CE"),
                                    ("DF", "DF"),
                                    ("ES", "ES"),
                                    ("GO", "GO"),
                                    ("MA", "MA"),
                                    ("MG", "MG"),
                                    ("MS", "MS"),
                                    ("MT", "MT"),
                                    ("PA", "PA"),
                                    ("PB", "PB"),
                                    ("PE", "PE"),
                                    ("PI", "PI"),
                                    ("PR", "PR"),
                                    ("RJ", "RJ"),
                                    ("RN", "RN"),
                                    ("RO", "RO"),
                                    ("RR", "RR"),
                                    ("RS", "RS"),
                                    ("SC", "SC"),
                                    ("SE", "SE"),
                                    ("SP", "SP"),
                                    ("TO", "TO"),
                                ],
                                max_length=2,
                                verbose_name="fecha nos feriados do estado",
                            ),
                        ),
                        ("ativo", models.BooleanField(default=True)),
                    ],
                    options={
                        "verbose_name": "calendário",
                        "verbose_name_plural": "calendários",
                        "ordering": ["nome"],
                    },
                ),
                migrations.CreateModel(
                    name="Prazo",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("nome", models.CharField(max_length=60, unique=True)),
                        ("manual", models.BooleanField(default=False, verbose_name="data livre")),
                        ("horas", models.PositiveSmallIntegerField(blank=True, null=True)),
                        (
                            "calendario",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="prazos",
                                to="atendimento.calendario",
                                verbose_name="calendário",
                            ),
                        ),
                        ("padrao", models.BooleanField(default=False, verbose_name="padrão")),
                        ("ordem", models.PositiveSmallIntegerField(default=100)),
                        ("ativo", models.BooleanField(default=True)),
                    ],
                    options={
                        "verbose_name": "prazo",
                        "verbose_name_plural": "prazos",
                        "ordering": ["ordem", "nome"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("calendario__isnull", True),
                                        ("horas__isnull", True),
                                        ("manual", True),
                                    ),
                                    models.Q(
                                        ("calendario__isnull", False),
                                        ("horas__gte", 1),
                                        ("horas__isnull", False),
                                        ("manual", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="prazo_manual_ou_com_horas",
                                violation_error_message="Dê as horas e o calendário, ou marque data livre sem eles.",
                            ),
                            models.UniqueConstraint(
                                models.F("padrao"),
                                condition=models.Q(("padrao", True)),
                                name="prazo_padrao_unico",
                                violation_error_message="Já existe outro prazo padrão.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("manual", True), ("padrao", True), _negated=True),
                                name="prazo_padrao_nao_manual",
                                violation_error_message="O prazo padrão não pode ser de data livre.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Equipe",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("nome", models.CharField(max_length=60, unique=True)),
                        ("slug", models.SlugField(max_length=60, unique=True)),
                        ("descricao", models.CharField(blank=True, max_length=200, verbose_name="descrição")),
                        (
                            "calendario",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="equipes",
                                to="atendimento.calendario",
                                verbose_name="calendário",
                            ),
                        ),
                        ("ativa", models.BooleanField(default=True)),
                        ("demo", models.BooleanField(default=False, verbose_name="dado fictício")),
                        (
                            "encaminha_para",
                            models.ManyToManyField(
                                blank=True,
                                related_name="recebe_de",
                                to="atendimento.equipe",
                                verbose_name="pode encaminhar para",
                            ),
                        ),
                        (
                            "usuarios",
                            models.ManyToManyField(
                                related_name="equipes",
                                through="atendimento.MembroDaEquipe",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="usuários",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "equipe",
                        "verbose_name_plural": "equipes",
                        "ordering": ["nome"],
                    },
                ),
                migrations.CreateModel(
                    name="Massiva",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("titulo", models.CharField(max_length=120, verbose_name="título")),
                        (
                            "escopo",
                            models.CharField(
                                choices=[
                                    ("ponto", "Ponto de acesso"),
                                    ("olt", "OLT"),
                                    ("slot", "Slot da OLT"),
                                    ("porta", "Porta da OLT"),
                                    ("splitter", "CTO ou splitter"),
                                    ("cidade", "Cidade"),
                                    ("bairro", "Bairro"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "ponto_de_acesso",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="massivas",
                                to="contratos.pontodeacesso",
                            ),
                        ),
                        (
                            "olt",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="massivas",
                                to="contratos.olt",
                                verbose_name="OLT",
                            ),
                        ),
                        ("slot", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("porta", models.PositiveSmallIntegerField(blank=True, null=True)),
                        (
                            "splitter",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="massivas",
                                to="contratos.splitter",
                            ),
                        ),
                        ("cidade", models.CharField(blank=True, max_length=80)),
                        ("uf", models.CharField(blank=True, max_length=2, verbose_name="UF")),
                        ("bairro", models.CharField(blank=True, max_length=80)),
                        (
                            "texto",
                            models.TextField(
                                blank=True,
                                help_text="Quem atende lê isto em voz alta.",
                                max_length=1000,
                                verbose_name="o que dizer ao cliente",
                            ),
                        ),
                        (
                            "inicio",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="início"),
                        ),
                        (
                            "previsao",
                            models.DateTimeField(blank=True, null=True, verbose_name="previsão de volta"),
                        ),
                        ("fim", models.DateTimeField(blank=True, null=True)),
                        (
                            "situacao",
                            models.CharField(
                                choices=[
                                    ("sugerida", "Sugerida"),
                                    ("aberta", "Aberta"),
                                    ("encerrada", "Encerrada"),
                                    ("descartada", "Descartada"),
                                ],
                                default="aberta",
                                max_length=10,
                                verbose_name="situação",
                            ),
                        ),
                        (
                            "evidencia",
                            models.JSONField(
                                blank=True, default=dict, editable=False, verbose_name="evidência"
                            ),
                        ),
                        ("criada_em", models.DateTimeField(auto_now_add=True, verbose_name="criada em")),
                        (
                            "criada_por",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="criada por",
                            ),
                        ),
                        (
                            "decidida_por",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="confirmada, descartada ou encerrada por",
                            ),
                        ),
                        ("demo", models.BooleanField(default=False, verbose_name="dado fictício")),
                    ],
                    options={
                        "verbose_name": "massiva",
                        "verbose_name_plural": "massivas",
                        "ordering": ["-inicio", "-id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("situacao__in", ("sugerida", "aberta"))),
                                fields=["inicio"],
                                name="massiva_viva",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("escopo", "ponto"),
                                        models.Q(("ponto_de_acesso__isnull", True), _negated=True),
                                        ("olt__isnull", True),
                                        ("slot__isnull", True),
                                        ("porta__isnull", True),
                                        ("splitter__isnull", True),
                                        ("cidade", ""),
                                        ("uf", ""),
                                        ("bairro", ""),
                                    ),
                                    models.Q(
                                        ("escopo", "olt"),
                                        ("ponto_de_acesso__isnull", True),
                                        models.Q(("olt__isnull", True), _negated=True),
                                        ("slot__isnull", True),
                                        ("porta__isnull", True),
                                        ("splitter__isnull", True),
                                        ("cidade", ""),
                                        ("uf", ""),
                                        ("bairro", ""),
                                    ),
                                    models.Q(
                                        ("escopo", "slot"),
                                        ("ponto_de_acesso__isnull", True),
                                        models.Q(("olt__isnull", True), _negated=True),
                                        models.Q(("slot__isnull", True), _negated=True),
                                        ("porta__isnull", True),
                                        ("splitter__isnull", True),
                                        ("cidade", ""),
                                        ("uf", ""),
                                        ("bairro", ""),
                                    ),
                                    models.Q(
                                        ("escopo", "porta"),
                                        ("ponto_de_acesso__isnull", True),
                                        models.Q(("olt__isnull", True), _negated=True),
                                        models.Q(("slot__isnull", True), _negated=True),
                                        models.Q(("porta__isnull", True), _negated=True),
                                        ("splitter__isnull", True),
                                        ("cidade", ""),
                                        ("uf", ""),
                                        ("bairro", ""),
                                    ),
                                    models.Q(
                                        ("escopo", "splitter"),
                                        ("ponto_de_acesso__isnull", True),
                                        ("olt__isnull", True),
                                        ("slot__isnull", True),
                                        ("porta__isnull", True),
                                        models.Q(("splitter__isnull", True), _negated=True),
                                        ("cidade", ""),
                                        ("uf", ""),
                                        ("bairro", ""),
                                    ),
                                    models.Q(
                                        ("escopo", "cidade"),
                                        ("ponto_de_acesso__isnull", True),
                                        ("olt__isnull", True),
                                        ("slot__isnull", True),
                                        ("porta__isnull", True),
                                        ("splitter__isnull", True),
                                        models.Q(("cidade", ""), _negated=True),
                                        models.Q(("uf", ""), _negated=True),
                                        ("bairro", ""),
                                    ),
                                    models.Q(
                                        ("escopo", "bairro"),
                                        ("ponto_de_acesso__isnull", True),
                                        ("olt__isnull", True),
                                        ("slot__isnull", True),
                                        ("porta__isnull", True),
                                        ("splitter__isnull", True),
                                        models.Q(("cidade", ""), _negated=True),
                                        models.Q(("uf", ""), _negated=True),
                                        models.Q(("bairro", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="massiva_tem_um_alvo",
                            ),
                            models.UniqueConstraint(
                                models.F("escopo"),
                                models.F("ponto_de_acesso"),
                                models.F("olt"),
                                models.F("slot"),
                                models.F("porta"),
                                models.F("splitter"),
                                django.db.models.functions.text.Lower("cidade"),
                                models.F("uf"),
                                django.db.models.functions.text.Lower("bairro"),
                                condition=models.Q(("situacao__in", ("sugerida", "aberta"))),
                                name="massiva_viva_unica_por_alvo",
                                nulls_distinct=False,
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("fim__isnull", True), ("fim__gt", models.F("inicio")), _connector="OR"
                                ),
                                name="massiva_fim_depois_do_inicio",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("previsao__isnull", True),
                                    ("previsao__gt", models.F("inicio")),
                                    _connector="OR",
                                ),
                                name="massiva_previsao_depois_do_inicio",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("fim__isnull", False), ("situacao", "encerrada")),
                                    models.Q(
                                        models.Q(("situacao", "encerrada"), _negated=True),
                                        ("fim__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="massiva_encerrada_tem_fim",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("situacao__in", ["sugerida", "aberta", "encerrada", "descartada"]),
                                    models.Q(("titulo", ""), _negated=True),
                                ),
                                name="massiva_valores_conhecidos",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="massiva_nao_se_apaga",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                                    hash="b8ae39cd8b372782411705aec1a6a06ce2ac905f",
                                    operation="DELETE",
                                    pgid="pgtrigger_massiva_nao_se_apaga_81c8e",
                                    table="atendimento_massiva",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="massiva_fechada_nao_muda",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.\"situacao\" IN ('encerrada', 'descartada'))",
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                                    hash="a6a5d86078041c13e7dd30967241dfadd162f016",
                                    operation="UPDATE",
                                    pgid="pgtrigger_massiva_fechada_nao_muda_c9e52",
                                    table="atendimento_massiva",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Motivo",
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
                                choices=[
                                    ("pausa", "Pausa"),
                                    ("encaminhamento", "Encaminhamento"),
                                    ("cancelamento", "Cancelamento de atendimento"),
                                    ("reabertura", "Reabertura"),
                                    ("alteracao_de_etiqueta", "Alteração de etiqueta"),
                                    ("transferencia", "Transferência"),
                                    ("devolucao", "Devolução à fila"),
                                    ("cancelamento_de_contrato", "Cancelamento de contrato"),
                                    ("suspensao", "Suspensão"),
                                ],
                                max_length=24,
                            ),
                        ),
                        ("nome", models.CharField(max_length=80)),
                        (
                            "exige_observacao",
                            models.BooleanField(default=False, verbose_name="exige observação"),
                        ),
                        (
                            "exige_retorno",
                            models.BooleanField(default=False, verbose_name="exige data de retorno"),
                        ),
                        (
                            "exige_protocolo",
                            models.BooleanField(default=False, verbose_name="exige o protocolo da original"),
                        ),
                        (
                            "congela_prazo",
                            models.BooleanField(default=False, verbose_name="congela o prazo de atendimento"),
                        ),
                        (
                            "dispensa_multa",
                            models.BooleanField(default=False, verbose_name="dispensa a multa da fidelidade"),
                        ),
                        (
                            "minutos_maximos",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="duração máxima (minutos)"
                            ),
                        ),
                        (
                            "visivel_ao_cliente",
                            models.BooleanField(default=False, verbose_name="visível ao cliente"),
                        ),
                        ("ordem", models.PositiveSmallIntegerField(default=100)),
                        ("ativo", models.BooleanField(default=True)),
                    ],
                    options={
                        "verbose_name": "motivo",
                        "verbose_name_plural": "motivos",
                        "ordering": ["tipo", "ordem", "nome"],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("tipo"), models.F("nome"), name="motivo_unico_por_tipo"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("tipo", "pausa"),
                                    models.Q(
                                        ("congela_prazo", False),
                                        ("exige_retorno", False),
                                        ("minutos_maximos__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="motivo_campos_de_pausa",
                                violation_error_message="Retorno, congelamento e duração máxima são só de pausas.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("tipo", "cancelamento"), ("exige_protocolo", False), _connector="OR"
                                ),
                                name="motivo_protocolo_so_no_cancelamento",
                                violation_error_message="Só um motivo de cancelamento exige o protocolo da original.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("tipo", "cancelamento_de_contrato"),
                                    ("dispensa_multa", False),
                                    _connector="OR",
                                ),
                                name="motivo_multa_so_no_contrato",
                                violation_error_message="Só um motivo de cancelamento de contrato dispensa a multa.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TipoDeSolicitacao",
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
                            "especie",
                            models.CharField(
                                choices=[
                                    ("comum", "Comum"),
                                    ("cancelamento", "Cancelamento de serviço"),
                                    ("reclamacao", "Reclamação"),
                                    ("lgpd", "Pedido do titular (LGPD)"),
                                ],
                                default="comum",
                                max_length=12,
                                verbose_name="espécie regulatória",
                            ),
                        ),
                        (
                            "permite_contrato_bloqueado",
                            models.BooleanField(
                                default=False, verbose_name="vale para contratos bloqueados/suspensos"
                            ),
                        ),
                        (
                            "dias_do_prazo_regulatorio",
                            models.PositiveSmallIntegerField(
                                default=7,
                                help_text="Padrão legal: 7 dias (Decreto 11.034/2022, art. 13); LGPD, 15 dias (art. 19).",
                                verbose_name="prazo regulatório (dias corridos)",
                            ),
                        ),
                        (
                            "obriga_catalogo",
                            models.BooleanField(default=False, verbose_name="obriga catálogo"),
                        ),
                        (
                            "prazo_padrao",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="atendimento.prazo",
                                verbose_name="prazo padrão",
                            ),
                        ),
                        (
                            "equipe_padrao",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="atendimento.equipe",
                                verbose_name="equipe padrão",
                            ),
                        ),
                        ("ordem", models.PositiveSmallIntegerField(default=100)),
                        ("ativo", models.BooleanField(default=True)),
                    ],
                    options={
                        "verbose_name": "tipo de solicitação",
                        "verbose_name_plural": "tipos de solicitação",
                        "ordering": ["ordem", "nome"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("dias_do_prazo_regulatorio__range", (1, 365))),
                                name="tipo_prazo_regulatorio_possivel",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("especie__in", ["comum", "cancelamento", "reclamacao", "lgpd"])
                                ),
                                name="tipo_especie_conhecida",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ItemDeCatalogo",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "tipo",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="catalogo",
                                to="atendimento.tipodesolicitacao",
                            ),
                        ),
                        (
                            "pai",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="subitens",
                                to="atendimento.itemdecatalogo",
                            ),
                        ),
                        ("nome", models.CharField(max_length=80)),
                        ("ativo", models.BooleanField(default=True)),
                    ],
                    options={
                        "verbose_name": "item de catálogo",
                        "verbose_name_plural": "itens de catálogo",
                        "ordering": ["nome"],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("tipo"),
                                models.F("pai"),
                                models.F("nome"),
                                name="item_de_catalogo_unico",
                                nulls_distinct=False,
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Solucao",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("nome", models.CharField(max_length=80, unique=True)),
                        ("ordem", models.PositiveSmallIntegerField(default=100)),
                        ("ativo", models.BooleanField(default=True)),
                    ],
                    options={
                        "verbose_name": "solução",
                        "verbose_name_plural": "soluções",
                        "ordering": ["ordem", "nome"],
                    },
                ),
                migrations.CreateModel(
                    name="Solicitacao",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("protocolo", models.CharField(editable=False, max_length=14, unique=True)),
                        (
                            "cliente",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="solicitacoes",
                                to="clientes.cliente",
                            ),
                        ),
                        (
                            "contrato",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="solicitacoes",
                                to="contratos.contrato",
                            ),
                        ),
                        (
                            "etiqueta",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="solicitacoes",
                                to="contratos.etiqueta",
                            ),
                        ),
                        (
                            "empresa",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="contratos.empresa",
                            ),
                        ),
                        (
                            "situacao",
                            models.CharField(
                                choices=[
                                    ("aberta", "Aberta"),
                                    ("em_atendimento", "Em atendimento"),
                                    ("pausada", "Pausada"),
                                    ("agendada", "Agendada"),
                                    ("encerrada", "Encerrada"),
                                    ("cancelada", "Cancelada"),
                                ],
                                max_length=16,
                                verbose_name="situação",
                            ),
                        ),
                        ("situacao_desde", models.DateTimeField(verbose_name="nesta situação desde")),
                        (
                            "equipe",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="solicitacoes",
                                to="atendimento.equipe",
                            ),
                        ),
                        (
                            "responsavel",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="solicitacoes",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="responsável",
                            ),
                        ),
                        (
                            "tipo",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="atendimento.tipodesolicitacao",
                            ),
                        ),
                        (
                            "item_de_catalogo",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="atendimento.itemdecatalogo",
                                verbose_name="item de catálogo",
                            ),
                        ),
                        (
                            "incancelavel",
                            models.BooleanField(
                                default=False,
                                help_text="Já foi cancelamento de serviço, reclamação ou pedido do titular.",
                                verbose_name="não pode ser cancelada",
                            ),
                        ),
                        (
                            "prioridade",
                            models.PositiveSmallIntegerField(
                                choices=[(1, "Baixa"), (2, "Normal"), (3, "Alta"), (4, "Urgente")], default=2
                            ),
                        ),
                        (
                            "canal",
                            models.CharField(
                                choices=[
                                    ("telefone", "Telefone"),
                                    ("whatsapp", "WhatsApp"),
                                    ("presencial", "Presencial"),
                                    ("email", "E-mail"),
                                    ("portal", "App ou portal"),
                                    ("redes_sociais", "Redes sociais"),
                                    ("ativo", "Contato ativo"),
                                ],
                                max_length=15,
                            ),
                        ),
                        (
                            "solicitante_nome",
                            models.CharField(max_length=120, verbose_name="nome do solicitante"),
                        ),
                        (
                            "solicitante_telefone",
                            models.CharField(
                                blank=True, max_length=20, verbose_name="telefone do solicitante"
                            ),
                        ),
                        (
                            "solicitante_relacao",
                            models.CharField(
                                choices=[
                                    ("titular", "Titular"),
                                    ("familiar", "Familiar"),
                                    ("procurador", "Procurador ou representante"),
                                    ("funcionario", "Funcionário"),
                                    ("outro", "Outro"),
                                ],
                                default="titular",
                                max_length=12,
                                verbose_name="relação com o titular",
                            ),
                        ),
                        (
                            "descricao",
                            models.TextField(blank=True, max_length=4000, verbose_name="descrição"),
                        ),
                        ("versao", models.PositiveIntegerField(default=1, verbose_name="versão")),
                        (
                            "prazo",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="atendimento.prazo",
                            ),
                        ),
                        ("prazo_em", models.DateTimeField(verbose_name="vence em")),
                        (
                            "prazo_congelado_em",
                            models.DateTimeField(blank=True, null=True, verbose_name="prazo congelado desde"),
                        ),
                        ("prazo_regulatorio_em", models.DateTimeField(verbose_name="prazo regulatório em")),
                        (
                            "motivo_da_pausa",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="atendimento.motivo",
                            ),
                        ),
                        ("retorna_em", models.DateTimeField(blank=True, null=True)),
                        (
                            "pausa_ate",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="a pausa devia acabar em"
                            ),
                        ),
                        (
                            "alerta_em",
                            models.DateTimeField(
                                blank=True,
                                help_text="A pausa passou do limite ou o retorno venceu.",
                                null=True,
                                verbose_name="alerta desde",
                            ),
                        ),
                        ("agendada_para", models.DateField(blank=True, null=True)),
                        (
                            "periodo",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("manha", "Manhã"),
                                    ("tarde", "Tarde"),
                                    ("noite", "Noite"),
                                    ("comercial", "Horário comercial"),
                                ],
                                max_length=10,
                                verbose_name="período",
                            ),
                        ),
                        (
                            "contato_da_visita",
                            models.CharField(blank=True, max_length=120, verbose_name="contato no local"),
                        ),
                        (
                            "tipo_de_visita",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("instalacao", "Instalação"),
                                    ("manutencao", "Manutenção"),
                                    ("mudanca", "Mudança de endereço"),
                                    ("retirada", "Retirada de equipamento"),
                                    ("retorno", "Retorno ao cliente (sem visita)"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "pai",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="filhas",
                                to="atendimento.solicitacao",
                                verbose_name="solicitação pai",
                            ),
                        ),
                        (
                            "duplicada_de",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="duplicatas",
                                to="atendimento.solicitacao",
                            ),
                        ),
                        (
                            "massiva",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="solicitacoes",
                                to="atendimento.massiva",
                            ),
                        ),
                        (
                            "solucao",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="atendimento.solucao",
                                verbose_name="solução",
                            ),
                        ),
                        ("aberta_em", models.DateTimeField()),
                        (
                            "ciclo_desde",
                            models.DateTimeField(
                                help_text="Abertura ou última reabertura.", verbose_name="ciclo atual desde"
                            ),
                        ),
                        (
                            "encerrada_em",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="encerrada ou cancelada em"
                            ),
                        ),
                        (
                            "reabrir_ate",
                            models.DateTimeField(blank=True, null=True, verbose_name="pode ser reaberta até"),
                        ),
                        (
                            "definitiva_em",
                            models.DateTimeField(
                                blank=True,
                                help_text="Acabou a janela para reabrir.",
                                null=True,
                                verbose_name="definitiva desde",
                            ),
                        ),
                        ("reaberturas", models.PositiveSmallIntegerField(default=0)),
                        ("demo", models.BooleanField(default=False, verbose_name="dado fictício")),
                    ],
                    options={
                        "verbose_name": "solicitação",
                        "verbose_name_plural": "solicitações",
                        "ordering": ["-aberta_em", "-id"],
                        "indexes": [
                            models.Index(
                                fields=["equipe", "situacao", "prazo_em", "id", "empresa"],
                                name="sol_fila_situacao",
                            ),
                            models.Index(
                                condition=models.Q(
                                    ("situacao__in", ["aberta", "agendada", "em_atendimento", "pausada"])
                                ),
                                fields=["equipe", "prazo_em", "id", "empresa"],
                                name="sol_fila_equipe",
                            ),
                            models.Index(
                                condition=models.Q(
                                    ("situacao__in", ["aberta", "agendada", "em_atendimento", "pausada"])
                                ),
                                fields=["prazo_em", "id", "empresa"],
                                name="sol_fila_geral",
                            ),
                            models.Index(
                                condition=models.Q(
                                    ("situacao__in", ["aberta", "agendada", "em_atendimento", "pausada"])
                                ),
                                fields=["equipe", "prioridade", "prazo_em", "id", "empresa"],
                                name="sol_fila_prioridade",
                            ),
                            models.Index(
                                condition=models.Q(
                                    ("situacao__in", ["aberta", "agendada", "em_atendimento", "pausada"])
                                ),
                                fields=["equipe", "tipo", "prazo_em", "id", "empresa"],
                                name="sol_fila_tipo",
                            ),
                            models.Index(
                                condition=models.Q(
                                    ("situacao__in", ["aberta", "agendada", "em_atendimento", "pausada"])
                                ),
                                fields=["equipe", "situacao_desde", "id", "empresa", "situacao"],
                                name="sol_fila_espera",
                            ),
                            models.Index(
                                condition=models.Q(("alerta_em__isnull", False)),
                                fields=["equipe", "prazo_em", "id", "empresa"],
                                name="sol_fila_alerta",
                            ),
                            models.Index(
                                condition=models.Q(
                                    ("situacao__in", ["agendada", "em_atendimento", "pausada"])
                                ),
                                fields=["responsavel", "situacao", "prazo_em", "id"],
                                name="sol_do_responsavel",
                            ),
                            models.Index(fields=["cliente", "-aberta_em", "-id"], name="sol_do_cliente"),
                            models.Index(
                                condition=models.Q(("alerta_em__isnull", True), ("pausa_ate__isnull", False)),
                                fields=["pausa_ate"],
                                name="sol_pausa_ate",
                            ),
                            models.Index(
                                condition=models.Q(("alerta_em__isnull", True), ("situacao", "agendada")),
                                fields=["agendada_para"],
                                name="sol_agenda",
                            ),
                            models.Index(
                                condition=models.Q(
                                    ("definitiva_em__isnull", True), ("reabrir_ate__isnull", False)
                                ),
                                fields=["reabrir_ate"],
                                name="sol_reabrir_ate",
                            ),
                            models.Index(
                                condition=models.Q(("pai__isnull", False)), fields=["pai"], name="sol_filhas"
                            ),
                            models.Index(
                                condition=models.Q(("massiva__isnull", False)),
                                fields=["massiva"],
                                name="sol_da_massiva",
                            ),
                            models.Index(
                                condition=models.Q(("duplicada_de__isnull", False)),
                                fields=["duplicada_de"],
                                name="sol_duplicatas",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("protocolo__regex", "^[0-9]{14}$")),
                                name="solicitacao_protocolo_formato",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("responsavel__isnull", True), ("situacao", "aberta")),
                                    models.Q(
                                        ("responsavel__isnull", False),
                                        ("situacao__in", ["agendada", "em_atendimento", "pausada"]),
                                    ),
                                    ("situacao__in", ["cancelada", "encerrada"]),
                                    _connector="OR",
                                ),
                                name="solicitacao_tem_dono_quando_deve",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("motivo_da_pausa__isnull", False), ("situacao", "pausada")),
                                    models.Q(
                                        models.Q(("situacao", "pausada"), _negated=True),
                                        ("motivo_da_pausa__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="solicitacao_pausada_tem_motivo",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("retorna_em__isnull", True), ("situacao", "pausada"), _connector="OR"
                                    ),
                                    models.Q(
                                        ("pausa_ate__isnull", True), ("situacao", "pausada"), _connector="OR"
                                    ),
                                    models.Q(
                                        ("prazo_congelado_em__isnull", True),
                                        ("situacao", "pausada"),
                                        _connector="OR",
                                    ),
                                ),
                                name="solicitacao_retorno_so_na_pausa",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("situacao", "agendada"), _negated=True),
                                    models.Q(
                                        ("agendada_para__isnull", False),
                                        models.Q(("periodo", ""), _negated=True),
                                        models.Q(("tipo_de_visita", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="solicitacao_agendada_tem_data",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("encerrada_em__isnull", False),
                                        ("situacao__in", ["cancelada", "encerrada"]),
                                    ),
                                    models.Q(
                                        ("encerrada_em__isnull", True),
                                        ("situacao__in", ["aberta", "agendada", "em_atendimento", "pausada"]),
                                    ),
                                    _connector="OR",
                                ),
                                name="solicitacao_fechada_tem_data",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("situacao", "encerrada"), _negated=True),
                                    models.Q(
                                        ("reabrir_ate__isnull", False),
                                        ("responsavel__isnull", False),
                                        ("solucao__isnull", False),
                                        ("tipo__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="solicitacao_encerrada_tem_solucao",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("incancelavel", True), ("situacao", "cancelada"), _negated=True
                                ),
                                name="solicitacao_protegida_nao_cancelada",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("definitiva_em__isnull", True),
                                    ("situacao", "encerrada"),
                                    _connector="OR",
                                ),
                                name="solicitacao_definitiva_encerrada",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reaberturas__lte", 3)),
                                name="solicitacao_reaberturas_limitadas",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("pai__isnull", True),
                                        models.Q(("pai", models.F("id")), _negated=True),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("duplicada_de__isnull", True),
                                        models.Q(("duplicada_de", models.F("id")), _negated=True),
                                        _connector="OR",
                                    ),
                                ),
                                name="solicitacao_nao_aponta_para_si",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ciclo_desde__gte", models.F("aberta_em")),
                                    ("prazo_regulatorio_em__gt", models.F("aberta_em")),
                                ),
                                name="solicitacao_datas_em_ordem",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "situacao__in",
                                        [
                                            "aberta",
                                            "em_atendimento",
                                            "pausada",
                                            "agendada",
                                            "encerrada",
                                            "cancelada",
                                        ],
                                    ),
                                    (
                                        "canal__in",
                                        [
                                            "telefone",
                                            "whatsapp",
                                            "presencial",
                                            "email",
                                            "portal",
                                            "redes_sociais",
                                            "ativo",
                                        ],
                                    ),
                                    ("prioridade__in", [1, 2, 3, 4]),
                                    (
                                        "solicitante_relacao__in",
                                        ["titular", "familiar", "procurador", "funcionario", "outro"],
                                    ),
                                ),
                                name="solicitacao_valores_conhecidos",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="solicitacao_identidade_fixa",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."protocolo" IS DISTINCT FROM (NEW."protocolo") OR OLD."cliente_id" IS DISTINCT FROM (NEW."cliente_id") OR OLD."aberta_em" IS DISTINCT FROM (NEW."aberta_em"))',
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                                    hash="e08b5a75fb569590a00ccdcf425f4cd38a197868",
                                    operation="UPDATE",
                                    pgid="pgtrigger_solicitacao_identidade_fixa_c5dec",
                                    table="atendimento_solicitacao",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Anexo",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "solicitacao",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="anexos",
                                to="atendimento.solicitacao",
                                verbose_name="solicitação",
                            ),
                        ),
                        ("arquivo", models.FileField(upload_to=atendimento.models.anexo.caminho)),
                        ("nome", models.CharField(max_length=120)),
                        (
                            "formato",
                            models.CharField(
                                choices=[
                                    ("application/pdf", "PDF"),
                                    ("image/png", "PNG"),
                                    ("image/jpeg", "JPEG"),
                                    ("image/gif", "GIF"),
                                    ("image/webp", "WebP"),
                                    ("audio/ogg", "Áudio Ogg"),
                                    ("audio/mpeg", "Áudio MP3"),
                                    ("video/mp4", "Vídeo MP4"),
                                    (
                                        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                                        "Word",
                                    ),
                                    (
                                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                                        "Excel",
                                    ),
                                    ("text/plain", "Texto"),
                                ],
                                max_length=80,
                            ),
                        ),
                        ("tamanho", models.PositiveIntegerField(verbose_name="tamanho (bytes)")),
                        ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                        (
                            "visivel_ao_cliente",
                            models.BooleanField(default=False, verbose_name="visível ao cliente"),
                        ),
                        (
                            "enviado_por",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("enviado_em", models.DateTimeField()),
                    ],
                    options={
                        "verbose_name": "anexo",
                        "verbose_name_plural": "anexos",
                        "ordering": ["enviado_em", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "formato__in",
                                        [
                                            "application/pdf",
                                            "image/png",
                                            "image/jpeg",
                                            "image/gif",
                                            "image/webp",
                                            "audio/ogg",
                                            "audio/mpeg",
                                            "video/mp4",
                                            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                                            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                                            "text/plain",
                                        ],
                                    )
                                ),
                                name="anexo_formato_conhecido",
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="anexo_so_acrescenta",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="b5b2029465baef59d1da36b50bb935c68bafca19",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_anexo_so_acrescenta_ac787",
                                    table="atendimento_anexo",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Artigo",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("titulo", models.CharField(max_length=100, verbose_name="título")),
                        (
                            "uso",
                            models.CharField(
                                choices=[
                                    ("artigo", "Base de conhecimento"),
                                    ("roteiro", "Roteiro de atendimento"),
                                ],
                                default="artigo",
                                max_length=8,
                            ),
                        ),
                        (
                            "tipo",
                            models.ForeignKey(
                                blank=True,
                                help_text="O tipo de solicitação de que trata; sem ele, aparece sempre.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="artigos",
                                to="atendimento.tipodesolicitacao",
                                verbose_name="problema",
                            ),
                        ),
                        (
                            "texto",
                            models.TextField(
                                help_text="Texto simples; as quebras de linha ficam. Num roteiro, valem as variáveis {saudacao}, {atendente}, {cliente}, {contrato}, {protocolo}, {provedor}, {data}.",
                                max_length=8000,
                            ),
                        ),
                        ("ordem", models.PositiveSmallIntegerField(default=100)),
                        ("ativo", models.BooleanField(default=True)),
                        ("atualizado_em", models.DateTimeField(auto_now=True, verbose_name="atualizado em")),
                    ],
                    options={
                        "verbose_name": "artigo ou roteiro",
                        "verbose_name_plural": "artigos e roteiros",
                        "ordering": ["ordem", "titulo"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("uso__in", ["artigo", "roteiro"])),
                                name="artigo_uso_conhecido",
                            ),
                            models.UniqueConstraint(
                                models.F("titulo"),
                                models.F("uso"),
                                name="artigo_titulo_unico",
                                violation_error_message="Já existe um com este título.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RegistroDeAuditoria",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("em", models.DateTimeField()),
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
                        ("perfil", models.CharField(blank=True, max_length=200)),
                        ("acao", models.CharField(max_length=60, verbose_name="ação")),
                        ("alvo", models.CharField(max_length=20)),
                        ("alvo_id", models.BigIntegerField()),
                        ("protocolo", models.CharField(blank=True, max_length=14)),
                        ("ip", models.GenericIPAddressField(blank=True, null=True, verbose_name="IP")),
                        ("dados", models.JSONField(blank=True, default=dict)),
                    ],
                    options={
                        "verbose_name": "registro de auditoria",
                        "verbose_name_plural": "registros de auditoria",
                        "ordering": ["-id"],
                        "indexes": [
                            models.Index(fields=["alvo", "alvo_id", "id"], name="auditoria_do_alvo"),
                            models.Index(fields=["usuario", "-id"], name="auditoria_do_usuario"),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="auditoria_so_acrescenta",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="1f9c1fb4bab597c297ac6e450a8fa300f86eb2ad",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_auditoria_so_acrescenta_74a70",
                                    table="atendimento_registrodeauditoria",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SeloDeAuditoria",
                    fields=[
                        ("ordem", models.BigIntegerField(primary_key=True, serialize=False)),
                        (
                            "registro",
                            models.OneToOneField(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="selo",
                                to="atendimento.registrodeauditoria",
                            ),
                        ),
                        ("resumo", models.BinaryField(max_length=32)),
                    ],
                    options={
                        "verbose_name": "selo de auditoria",
                        "verbose_name_plural": "selos de auditoria",
                        "ordering": ["ordem"],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="selo_so_acrescenta",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="793e12a82f646756712c2010111f16fce4c5c3d5",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_selo_so_acrescenta_a3f67",
                                    table="atendimento_selodeauditoria",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Turno",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "calendario",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="turnos",
                                to="atendimento.calendario",
                            ),
                        ),
                        (
                            "dia",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (0, "Segunda-feira"),
                                    (1, "Terça-feira"),
                                    (2, "Quarta-feira"),
                                    (3, "Quinta-feira"),
                                    (4, "Sexta-feira"),
                                    (5, "Sábado"),
                                    (6, "Domingo"),
                                ],
                                verbose_name="dia da semana",
                            ),
                        ),
                        ("inicio", models.TimeField(verbose_name="início")),
                        ("fim", models.TimeField(help_text="00:00 é o fim do dia.")),
                    ],
                    options={
                        "verbose_name": "turno",
                        "verbose_name_plural": "turnos",
                        "ordering": ["dia", "inicio"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("dia__in", [0, 1, 2, 3, 4, 5, 6])),
                                name="turno_dia_conhecido",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("fim__gt", models.F("inicio")), ("fim", "00:00"), _connector="OR"
                                ),
                                name="turno_fim_depois_do_inicio",
                                violation_error_message="O fim vem depois do início.",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    ("calendario", "="),
                                    ("dia", "="),
                                    (
                                        models.Func(
                                            atendimento.models.calendario._Segundos(models.F("inicio")),
                                            django.db.models.functions.comparison.Coalesce(
                                                django.db.models.functions.comparison.NullIf(
                                                    atendimento.models.calendario._Segundos(models.F("fim")),
                                                    models.Value(0),
                                                ),
                                                models.Value(86400),
                                            ),
                                            function="int4range",
                                        ),
                                        "&&",
                                    ),
                                ],
                                name="turnos_sem_sobreposicao",
                                violation_error_message="Este turno se sobrepõe a outro do mesmo dia.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ExcecaoDoCalendario",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "calendario",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="excecoes",
                                to="atendimento.calendario",
                            ),
                        ),
                        ("data", models.DateField()),
                        ("descricao", models.CharField(blank=True, max_length=80, verbose_name="descrição")),
                        ("inicio", models.TimeField(blank=True, null=True, verbose_name="abre às")),
                        (
                            "fim",
                            models.TimeField(
                                blank=True,
                                help_text="Sem horários, fechado o dia todo.",
                                null=True,
                                verbose_name="fecha às",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "exceção do calendário",
                        "verbose_name_plural": "exceções do calendário",
                        "ordering": ["data", "inicio"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("fim__isnull", True), ("inicio__isnull", True)),
                                    models.Q(
                                        ("fim__isnull", False),
                                        ("inicio__isnull", False),
                                        models.Q(
                                            ("fim__gt", models.F("inicio")), ("fim", "00:00"), _connector="OR"
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="excecao_fim_depois_do_inicio",
                                violation_error_message="Dê o início e o fim, em ordem, ou nenhum dos dois.",
                            ),
                            models.UniqueConstraint(
                                models.F("calendario"),
                                models.F("data"),
                                models.F("inicio"),
                                name="excecao_unica",
                                nulls_distinct=False,
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ConfiguracaoDeAcao",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "acao",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="configuracao",
                                to="perfis.acao",
                                verbose_name="ação",
                            ),
                        ),
                        (
                            "situacoes_aceitas",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.PositiveSmallIntegerField(
                                    choices=[
                                        (1, "Normal"),
                                        (2, "Demonstração"),
                                        (3, "Cortesia"),
                                        (4, "Cancelado"),
                                        (5, "Suspenso"),
                                        (6, "Bloqueio Financeiro"),
                                        (7, "Bloqueio Administrativo"),
                                        (9, "Encerrado"),
                                    ]
                                ),
                                blank=True,
                                default=list,
                                help_text="Sem nenhuma marcada, as que a própria ação aceita. Nunca a ação aceita mais do que a lei.",
                                verbose_name="situações do contrato aceitas",
                            ),
                        ),
                        (
                            "verificacao_de_identidade",
                            models.BooleanField(
                                default=False,
                                help_text="O atendimento precisa de ao menos dois dados do titular conferidos antes da ação.",
                                verbose_name="exige verificação de identidade",
                            ),
                        ),
                        (
                            "tipo",
                            models.ForeignKey(
                                blank=True,
                                help_text="Vale quando a ação pergunta o tipo.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="atendimento.tipodesolicitacao",
                                verbose_name="tipo já preenchido",
                            ),
                        ),
                        (
                            "prazo",
                            models.ForeignKey(
                                blank=True,
                                help_text="Vale quando a ação pergunta o prazo.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="atendimento.prazo",
                                verbose_name="prazo já preenchido",
                            ),
                        ),
                        (
                            "equipe",
                            models.ForeignKey(
                                blank=True,
                                help_text="Vale quando a ação pergunta a equipe.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="atendimento.equipe",
                                verbose_name="equipe já preenchida",
                            ),
                        ),
                        (
                            "roteiro",
                            models.TextField(
                                blank=True,
                                help_text="O que dizer ao cliente. Variáveis: {saudacao}, {atendente}, {cliente}, {contrato}, {protocolo}, {provedor}.",
                                max_length=2000,
                            ),
                        ),
                        (
                            "limites",
                            models.JSONField(
                                blank=True,
                                default=dict,
                                editable=False,
                                help_text="Limites de aprovação da casa; o que o perfil fixa vale mais.",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "configuração de ação",
                        "verbose_name_plural": "configurações de ações",
                    },
                ),
                migrations.CreateModel(
                    name="MembroDaEquipe",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "equipe",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="membros",
                                to="atendimento.equipe",
                            ),
                        ),
                        (
                            "usuario",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="participacoes",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="usuário",
                            ),
                        ),
                        ("lider", models.BooleanField(default=False, verbose_name="líder")),
                        ("ativo", models.BooleanField(default=True)),
                    ],
                    options={
                        "verbose_name": "membro da equipe",
                        "verbose_name_plural": "membros da equipe",
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("usuario"),
                                models.F("equipe"),
                                name="membro_unico_por_equipe",
                                violation_error_message="Este usuário já está na equipe.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ContatoReceptivo",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("protocolo", models.CharField(editable=False, max_length=14, unique=True)),
                        (
                            "canal",
                            models.CharField(
                                choices=[
                                    ("telefone", "Telefone"),
                                    ("whatsapp", "WhatsApp"),
                                    ("presencial", "Presencial"),
                                    ("email", "E-mail"),
                                    ("portal", "App ou portal"),
                                    ("redes_sociais", "Redes sociais"),
                                    ("ativo", "Contato ativo"),
                                ],
                                max_length=15,
                            ),
                        ),
                        ("nome", models.CharField(blank=True, max_length=120)),
                        ("telefone", models.CharField(blank=True, max_length=20)),
                        ("assunto", models.CharField(blank=True, max_length=1000)),
                        (
                            "cliente",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contatos_receptivos",
                                to="clientes.cliente",
                            ),
                        ),
                        (
                            "equipe",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contatos_receptivos",
                                to="atendimento.equipe",
                            ),
                        ),
                        (
                            "recebido_por",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("recebido_em", models.DateTimeField()),
                        (
                            "solicitacao",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contato_de_origem",
                                to="atendimento.solicitacao",
                                verbose_name="solicitação",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "contato receptivo",
                        "verbose_name_plural": "contatos receptivos",
                        "ordering": ["-recebido_em", "-id"],
                        "indexes": [
                            models.Index(fields=["equipe", "-recebido_em"], name="contato_da_equipe")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("protocolo__regex", "^[0-9]{14}$")),
                                name="contato_protocolo_formato",
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="contato_identidade_fixa",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."protocolo" IS DISTINCT FROM (NEW."protocolo") OR OLD."recebido_em" IS DISTINCT FROM (NEW."recebido_em"))',
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                                    hash="78407925d64c478d393f6dd7e4861bccc159420c",
                                    operation="UPDATE",
                                    pgid="pgtrigger_contato_identidade_fixa_895d7",
                                    table="atendimento_contatoreceptivo",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Execucao",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("acao", models.SlugField(db_index=False, max_length=60, verbose_name="ação")),
                        ("alvo", models.CharField(max_length=12)),
                        ("alvo_id", models.BigIntegerField()),
                        (
                            "cliente",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clientes.cliente",
                            ),
                        ),
                        (
                            "contrato",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="contratos.contrato",
                            ),
                        ),
                        (
                            "solicitacao",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="execucoes",
                                to="atendimento.solicitacao",
                                verbose_name="solicitação",
                            ),
                        ),
                        (
                            "usuario",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="execucoes",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="usuário",
                            ),
                        ),
                        (
                            "situacao",
                            models.CharField(
                                choices=[
                                    ("em_andamento", "Em andamento"),
                                    ("aguardando_aprovacao", "Aguardando aprovação"),
                                    ("concluida", "Concluída"),
                                    ("cancelada", "Cancelada"),
                                    ("expirada", "Expirada"),
                                ],
                                default="em_andamento",
                                max_length=20,
                                verbose_name="situação",
                            ),
                        ),
                        ("passo", models.PositiveSmallIntegerField(default=1)),
                        ("dados", models.JSONField(default=dict)),
                        ("resultado", models.JSONField(null=True)),
                        ("versao", models.PositiveIntegerField(default=1, verbose_name="versão")),
                        (
                            "criada_em",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="criada em"),
                        ),
                        (
                            "atualizada_em",
                            models.DateTimeField(
                                default=django.utils.timezone.now, verbose_name="atualizada em"
                            ),
                        ),
                        ("expira_em", models.DateTimeField(verbose_name="expira em")),
                        ("concluida_em", models.DateTimeField(null=True, verbose_name="concluída em")),
                    ],
                    options={
                        "verbose_name": "execução de ação",
                        "verbose_name_plural": "execuções de ações",
                        "ordering": ["-criada_em"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(
                                    ("situacao__in", ("em_andamento", "aguardando_aprovacao"))
                                ),
                                fields=["alvo", "alvo_id", "acao"],
                                name="execucao_pendente_por_alvo",
                            ),
                            models.Index(
                                condition=models.Q(("situacao", "em_andamento")),
                                fields=["expira_em"],
                                name="execucao_por_expirar",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "situacao__in",
                                        [
                                            "em_andamento",
                                            "aguardando_aprovacao",
                                            "concluida",
                                            "cancelada",
                                            "expirada",
                                        ],
                                    )
                                ),
                                name="execucao_situacao_conhecida",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("passo__gte", 1), ("passo__lte", 5)),
                                name="execucao_passo_conhecido",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("concluida_em__isnull", False),
                                        ("resultado__isnull", False),
                                        ("situacao", "concluida"),
                                    ),
                                    models.Q(
                                        models.Q(("situacao", "concluida"), _negated=True),
                                        ("concluida_em__isnull", True),
                                        ("resultado__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="execucao_concluida_tem_resultado",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="execucao_terminada_nao_muda",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.\"situacao\" IN ('concluida', 'cancelada', 'expirada'))",
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                                    hash="275a7f61fa8882354f08a32730cb52b803292a37",
                                    operation="UPDATE",
                                    pgid="pgtrigger_execucao_terminada_nao_muda_e3b07",
                                    table="atendimento_execucao",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="execucao_identidade_fixa",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."acao" IS DISTINCT FROM (NEW."acao") OR OLD."alvo" IS DISTINCT FROM (NEW."alvo") OR OLD."alvo_id" IS DISTINCT FROM (NEW."alvo_id") OR OLD."cliente_id" IS DISTINCT FROM (NEW."cliente_id") OR OLD."criada_em" IS DISTINCT FROM (NEW."criada_em"))',
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                                    hash="6b37b6f385ebe392d521e03e45fd8ce086018395",
                                    operation="UPDATE",
                                    pgid="pgtrigger_execucao_identidade_fixa_cee20",
                                    table="atendimento_execucao",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Aprovacao",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "execucao",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="aprovacoes",
                                to="atendimento.execucao",
                                verbose_name="execução",
                            ),
                        ),
                        ("motivo", models.CharField(max_length=500)),
                        (
                            "pedida_por",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "pedida_em",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="pedida em"),
                        ),
                        (
                            "decisao",
                            models.CharField(
                                choices=[
                                    ("pendente", "Pendente"),
                                    ("aprovada", "Aprovada"),
                                    ("recusada", "Recusada"),
                                    ("retirada", "Retirada"),
                                ],
                                default="pendente",
                                max_length=10,
                                verbose_name="decisão",
                            ),
                        ),
                        (
                            "decidida_por",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("decidida_em", models.DateTimeField(null=True, verbose_name="decidida em")),
                        ("justificativa", models.CharField(blank=True, max_length=500)),
                    ],
                    options={
                        "verbose_name": "aprovação",
                        "verbose_name_plural": "aprovações",
                        "ordering": ["pedida_em", "id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("decisao", "pendente")),
                                fields=["pedida_em"],
                                name="aprovacao_pendente",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("execucao"),
                                condition=models.Q(("decisao", "pendente")),
                                name="aprovacao_pendente_unica",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decisao__in", ["pendente", "aprovada", "recusada", "retirada"])
                                ),
                                name="aprovacao_decisao_conhecida",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("decidida_em__isnull", True),
                                        ("decidida_por__isnull", True),
                                        ("decisao", "pendente"),
                                    ),
                                    models.Q(
                                        models.Q(("decisao", "pendente"), _negated=True),
                                        ("decidida_em__isnull", False),
                                        ("decidida_por__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="aprovacao_decidida_tem_autor",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decisao__in", ["aprovada", "recusada"]), _negated=True),
                                    models.Q(("decidida_por", models.F("pedida_por")), _negated=True),
                                    _connector="OR",
                                ),
                                name="aprovacao_nao_e_de_si_mesmo",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decisao", "recusada"), _negated=True),
                                    models.Q(("justificativa", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="aprovacao_recusa_tem_motivo",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="aprovacao_decidida_nao_muda",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (NOT (OLD.\"decisao\" = 'pendente'))",
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                                    hash="313c402c090a06223bc78b7f057d674cbb56f7fc",
                                    operation="UPDATE",
                                    pgid="pgtrigger_aprovacao_decidida_nao_muda_28b5c",
                                    table="atendimento_aprovacao",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="VerificacaoDeIdentidade",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "solicitacao",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="verificacoes",
                                to="atendimento.solicitacao",
                                verbose_name="solicitação",
                            ),
                        ),
                        (
                            "fatores",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("nome_completo", "Nome completo do titular"),
                                        ("documento", "CPF, CNPJ ou passaporte"),
                                        ("nascimento", "Data de nascimento ou de fundação"),
                                        ("endereco", "Endereço de instalação"),
                                        ("contato", "Telefone ou e-mail do cadastro"),
                                        ("pagamento", "Valor ou data do último pagamento"),
                                        ("codigo", "Código ou retorno a um contato confirmado"),
                                    ],
                                    max_length=20,
                                )
                            ),
                        ),
                        (
                            "por",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("em", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "verbose_name": "verificação de identidade",
                        "verbose_name_plural": "verificações de identidade",
                        "ordering": ["-em", "-id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("fatores__len__gte", 2)),
                                name="verificacao_tem_dois_fatores",
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="verificacao_so_acrescenta",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="2efbbf868687cd8406a2ff6491909126a8d4dbd9",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_verificacao_so_acrescenta_00a32",
                                    table="atendimento_verificacaodeidentidade",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Macro",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("nome", models.CharField(max_length=60, unique=True)),
                        (
                            "texto",
                            models.TextField(
                                help_text="Variáveis: {atendente}, {cliente}, {contrato}, {protocolo}, {data}.",
                                max_length=2000,
                            ),
                        ),
                        ("ordem", models.PositiveSmallIntegerField(default=100)),
                        ("ativa", models.BooleanField(default=True)),
                        (
                            "equipes",
                            models.ManyToManyField(
                                blank=True,
                                help_text="Sem nenhuma, vale para todas.",
                                related_name="macros",
                                to="atendimento.equipe",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "texto pronto",
                        "verbose_name_plural": "textos prontos",
                        "ordering": ["ordem", "nome"],
                    },
                ),
                migrations.CreateModel(
                    name="ModeloDeMensagem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("codigo", models.SlugField(editable=False, max_length=40, verbose_name="código")),
                        (
                            "canal",
                            models.CharField(
                                choices=[("email", "E-mail"), ("sms", "SMS"), ("whatsapp", "WhatsApp")],
                                editable=False,
                                max_length=8,
                            ),
                        ),
                        ("assunto", models.CharField(blank=True, help_text="Só do e-mail.", max_length=150)),
                        ("texto", models.TextField(max_length=4000)),
                    ],
                    options={
                        "verbose_name": "modelo de mensagem",
                        "verbose_name_plural": "modelos de mensagem",
                        "ordering": ["codigo", "canal"],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("codigo"), models.F("canal"), name="modelo_de_mensagem_unico"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Mensagem",
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
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="mensagens",
                                to="clientes.cliente",
                            ),
                        ),
                        (
                            "solicitacao",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="mensagens",
                                to="atendimento.solicitacao",
                                verbose_name="solicitação",
                            ),
                        ),
                        (
                            "contrato",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="contratos.contrato",
                            ),
                        ),
                        ("tipo", models.SlugField(db_index=False, max_length=40)),
                        (
                            "canal",
                            models.CharField(
                                choices=[
                                    ("email", "E-mail"),
                                    ("sms", "SMS"),
                                    ("whatsapp", "WhatsApp"),
                                    ("voz", "Em voz alta"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("destino", models.CharField(blank=True, max_length=254)),
                        ("assunto", models.CharField(blank=True, max_length=150)),
                        ("texto", models.TextField(max_length=4000)),
                        ("dados", models.JSONField(default=dict)),
                        ("chave", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "situacao",
                            models.CharField(
                                choices=[
                                    ("na_fila", "Na fila"),
                                    ("enviada", "Enviada"),
                                    ("simulada", "Simulada"),
                                    ("falhou", "Falhou"),
                                    ("a_ler", "A ler ao cliente"),
                                    ("lida", "Lida ao cliente"),
                                ],
                                default="na_fila",
                                max_length=10,
                                verbose_name="situação",
                            ),
                        ),
                        ("tentativas", models.PositiveSmallIntegerField(default=0)),
                        (
                            "proxima_em",
                            models.DateTimeField(blank=True, null=True, verbose_name="próxima tentativa em"),
                        ),
                        ("falha", models.CharField(blank=True, max_length=300, verbose_name="última falha")),
                        (
                            "id_externo",
                            models.CharField(
                                blank=True, max_length=120, verbose_name="identificador no destino"
                            ),
                        ),
                        (
                            "criada_por",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "criada_em",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="criada em"),
                        ),
                        (
                            "entregue_em",
                            models.DateTimeField(blank=True, null=True, verbose_name="entregue em"),
                        ),
                        (
                            "alertada_em",
                            models.DateTimeField(blank=True, null=True, verbose_name="alerta de atraso em"),
                        ),
                    ],
                    options={
                        "verbose_name": "mensagem",
                        "verbose_name_plural": "mensagens",
                        "ordering": ["-criada_em", "-id"],
                        "indexes": [
                            models.Index(fields=["cliente", "-criada_em", "-id"], name="mensagem_do_cliente"),
                            models.Index(
                                condition=models.Q(("situacao", "na_fila")),
                                fields=["proxima_em"],
                                name="mensagem_a_enviar",
                            ),
                            models.Index(
                                condition=models.Q(
                                    ("alertada_em__isnull", True),
                                    ("tipo", "protocolo"),
                                    ("situacao__in", ["na_fila", "a_ler", "falhou"]),
                                ),
                                fields=["criada_em"],
                                name="mensagem_protocolo_devido",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "situacao__in",
                                        ["na_fila", "enviada", "simulada", "falhou", "a_ler", "lida"],
                                    ),
                                    ("canal__in", ["email", "sms", "whatsapp", "voz"]),
                                ),
                                name="mensagem_valores_conhecidos",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("entregue_em__isnull", False),
                                        ("situacao__in", ("enviada", "simulada", "lida")),
                                    ),
                                    models.Q(
                                        models.Q(
                                            ("situacao__in", ("enviada", "simulada", "lida")), _negated=True
                                        ),
                                        ("entregue_em__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="mensagem_entregue_tem_data",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("proxima_em__isnull", False), ("situacao", "na_fila")),
                                    models.Q(
                                        models.Q(("situacao", "na_fila"), _negated=True),
                                        ("proxima_em__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="mensagem_na_fila_tem_vez",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("canal", "voz"), ("destino", ""), ("situacao__in", ["a_ler", "lida"])
                                    ),
                                    models.Q(
                                        models.Q(("canal", "voz"), _negated=True),
                                        models.Q(("destino", ""), _negated=True),
                                        models.Q(("situacao__in", ["a_ler", "lida"]), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="mensagem_em_voz_nao_tem_destino",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("situacao", "falhou"), _negated=True),
                                    models.Q(("falha", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="mensagem_que_falhou_diz_por_que",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="mensagem_conteudo_fixo",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."cliente_id" IS DISTINCT FROM (NEW."cliente_id") OR OLD."solicitacao_id" IS DISTINCT FROM (NEW."solicitacao_id") OR OLD."contrato_id" IS DISTINCT FROM (NEW."contrato_id") OR OLD."tipo" IS DISTINCT FROM (NEW."tipo") OR OLD."destino" IS DISTINCT FROM (NEW."destino") OR OLD."assunto" IS DISTINCT FROM (NEW."assunto") OR OLD."texto" IS DISTINCT FROM (NEW."texto") OR OLD."dados" IS DISTINCT FROM (NEW."dados") OR OLD."chave" IS DISTINCT FROM (NEW."chave") OR OLD."criada_em" IS DISTINCT FROM (NEW."criada_em") OR OLD."criada_por_id" IS DISTINCT FROM (NEW."criada_por_id"))',
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                                    hash="4cf2f90a60179a6d8feeebd3e9a127a078197986",
                                    operation="UPDATE",
                                    pgid="pgtrigger_mensagem_conteudo_fixo_d6f00",
                                    table="atendimento_mensagem",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="mensagem_entregue_nao_muda",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.\"situacao\" IN ('enviada', 'simulada', 'lida'))",
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                                    hash="22c05d960a6e79983e40f3421c82f5137ab7fe47",
                                    operation="UPDATE",
                                    pgid="pgtrigger_mensagem_entregue_nao_muda_4da75",
                                    table="atendimento_mensagem",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="mensagem_nao_se_apaga",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                                    hash="d189512023016b8f6ed3d4c85105f3e2478afa19",
                                    operation="DELETE",
                                    pgid="pgtrigger_mensagem_nao_se_apaga_3b04f",
                                    table="atendimento_mensagem",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Rascunho",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "usuario",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rascunhos",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="usuário",
                            ),
                        ),
                        ("chave", models.CharField(max_length=120)),
                        ("dados", models.JSONField(default=dict)),
                        ("atualizado_em", models.DateTimeField()),
                    ],
                    options={
                        "verbose_name": "rascunho",
                        "verbose_name_plural": "rascunhos",
                        "indexes": [models.Index(fields=["atualizado_em"], name="rascunho_antigo")],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("usuario"), models.F("chave"), name="rascunho_unico"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Presenca",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "usuario",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="presencas",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="usuário",
                            ),
                        ),
                        (
                            "solicitacao",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="presencas",
                                to="atendimento.solicitacao",
                                verbose_name="solicitação",
                            ),
                        ),
                        ("escrevendo", models.BooleanField(default=False)),
                        ("vista_em", models.DateTimeField()),
                    ],
                    options={
                        "verbose_name": "presença",
                        "verbose_name_plural": "presenças",
                        "indexes": [models.Index(fields=["vista_em"], name="presenca_vista_em")],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("solicitacao"),
                                models.F("usuario"),
                                name="presenca_unica",
                                nulls_distinct=False,
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Reclamacao",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "solicitacao",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reclamacao",
                                to="atendimento.solicitacao",
                                verbose_name="solicitação",
                            ),
                        ),
                        (
                            "orgao",
                            models.CharField(
                                choices=[
                                    ("ouvidoria", "Ouvidoria do provedor"),
                                    ("anatel", "Anatel"),
                                    ("procon", "Procon"),
                                    ("consumidor", "consumidor.gov.br"),
                                    ("juizado", "Juizado ou ação judicial"),
                                ],
                                max_length=12,
                                verbose_name="órgão",
                            ),
                        ),
                        (
                            "numero_externo",
                            models.CharField(blank=True, max_length=40, verbose_name="número no órgão"),
                        ),
                        ("prazo_em", models.DateField(blank=True, null=True, verbose_name="responder até")),
                    ],
                    options={
                        "verbose_name": "reclamação",
                        "verbose_name_plural": "reclamações",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("orgao__in", ["ouvidoria", "anatel", "procon", "consumidor", "juizado"])
                                ),
                                name="reclamacao_orgao_conhecido",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("orgao", "ouvidoria"),
                                    models.Q(("numero_externo", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="reclamacao_de_fora_tem_numero",
                            ),
                            models.UniqueConstraint(
                                models.F("orgao"),
                                models.F("numero_externo"),
                                condition=models.Q(("numero_externo", ""), _negated=True),
                                name="reclamacao_numero_unico",
                                violation_error_message="Este número já está em outra solicitação.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Transicao",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "solicitacao",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="transicoes",
                                to="atendimento.solicitacao",
                                verbose_name="solicitação",
                            ),
                        ),
                        ("versao", models.PositiveIntegerField(verbose_name="versão")),
                        (
                            "transicao",
                            models.CharField(
                                choices=[
                                    ("abrir", "Abrir"),
                                    ("iniciar", "Iniciar atendimento"),
                                    ("assumir", "Assumir"),
                                    ("pausar", "Pausar"),
                                    ("retomar", "Retomar"),
                                    ("encaminhar", "Encaminhar"),
                                    ("alterar_etiqueta", "Alterar etiqueta de serviço"),
                                    ("transferir", "Transferir"),
                                    ("devolver", "Devolver à fila"),
                                    ("agendar", "Agendar"),
                                    ("retornar", "Registrar retorno"),
                                    ("encerrar", "Encerrar"),
                                    ("encerrar_em_bloco", "Encerrar com a massiva"),
                                    ("cancelar", "Cancelar"),
                                    ("reabrir", "Reabrir"),
                                ],
                                max_length=20,
                                verbose_name="transição",
                            ),
                        ),
                        (
                            "de",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("aberta", "Aberta"),
                                    ("em_atendimento", "Em atendimento"),
                                    ("pausada", "Pausada"),
                                    ("agendada", "Agendada"),
                                    ("encerrada", "Encerrada"),
                                    ("cancelada", "Cancelada"),
                                ],
                                max_length=16,
                            ),
                        ),
                        (
                            "para",
                            models.CharField(
                                choices=[
                                    ("aberta", "Aberta"),
                                    ("em_atendimento", "Em atendimento"),
                                    ("pausada", "Pausada"),
                                    ("agendada", "Agendada"),
                                    ("encerrada", "Encerrada"),
                                    ("cancelada", "Cancelada"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("em", models.DateTimeField()),
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
                        ("perfil", models.CharField(blank=True, max_length=200)),
                        (
                            "equipe",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="atendimento.equipe",
                            ),
                        ),
                        (
                            "responsavel",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="responsável",
                            ),
                        ),
                        (
                            "motivo",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="atendimento.motivo",
                            ),
                        ),
                        ("congela", models.BooleanField(default=False, verbose_name="congela o prazo")),
                        ("dados", models.JSONField(blank=True, default=dict)),
                    ],
                    options={
                        "verbose_name": "transição",
                        "verbose_name_plural": "transições",
                        "ordering": ["solicitacao", "versao"],
                        "indexes": [models.Index(fields=["em"], name="transicao_em")],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("solicitacao"), models.F("versao"), name="transicao_versao_unica"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("de", ""), ("para", "aberta"), ("transicao", "abrir")),
                                    models.Q(
                                        ("de", ""), ("para", "em_atendimento"), ("transicao", "iniciar")
                                    ),
                                    models.Q(
                                        ("de", "aberta"), ("para", "em_atendimento"), ("transicao", "assumir")
                                    ),
                                    models.Q(
                                        ("de", "em_atendimento"), ("para", "pausada"), ("transicao", "pausar")
                                    ),
                                    models.Q(
                                        ("de", "pausada"),
                                        ("para", "em_atendimento"),
                                        ("transicao", "retomar"),
                                    ),
                                    models.Q(
                                        ("de", "em_atendimento"),
                                        ("para", "aberta"),
                                        ("transicao", "encaminhar"),
                                    ),
                                    models.Q(
                                        ("de", "pausada"), ("para", "aberta"), ("transicao", "encaminhar")
                                    ),
                                    models.Q(
                                        ("de", "aberta"),
                                        ("para", "aberta"),
                                        ("transicao", "alterar_etiqueta"),
                                    ),
                                    models.Q(
                                        ("de", "em_atendimento"),
                                        ("para", "em_atendimento"),
                                        ("transicao", "alterar_etiqueta"),
                                    ),
                                    models.Q(
                                        ("de", "pausada"),
                                        ("para", "pausada"),
                                        ("transicao", "alterar_etiqueta"),
                                    ),
                                    models.Q(
                                        ("de", "agendada"),
                                        ("para", "agendada"),
                                        ("transicao", "alterar_etiqueta"),
                                    ),
                                    models.Q(
                                        ("de", "em_atendimento"),
                                        ("para", "pausada"),
                                        ("transicao", "transferir"),
                                    ),
                                    models.Q(
                                        ("de", "pausada"), ("para", "pausada"), ("transicao", "transferir")
                                    ),
                                    models.Q(
                                        ("de", "agendada"), ("para", "agendada"), ("transicao", "transferir")
                                    ),
                                    models.Q(
                                        ("de", "em_atendimento"),
                                        ("para", "aberta"),
                                        ("transicao", "devolver"),
                                    ),
                                    models.Q(
                                        ("de", "pausada"), ("para", "aberta"), ("transicao", "devolver")
                                    ),
                                    models.Q(
                                        ("de", "agendada"), ("para", "aberta"), ("transicao", "devolver")
                                    ),
                                    models.Q(
                                        ("de", "em_atendimento"),
                                        ("para", "agendada"),
                                        ("transicao", "agendar"),
                                    ),
                                    models.Q(
                                        ("de", "agendada"),
                                        ("para", "em_atendimento"),
                                        ("transicao", "retornar"),
                                    ),
                                    models.Q(
                                        ("de", "em_atendimento"),
                                        ("para", "encerrada"),
                                        ("transicao", "encerrar"),
                                    ),
                                    models.Q(
                                        ("de", "agendada"), ("para", "encerrada"), ("transicao", "encerrar")
                                    ),
                                    models.Q(
                                        ("de", "aberta"),
                                        ("para", "encerrada"),
                                        ("transicao", "encerrar_em_bloco"),
                                    ),
                                    models.Q(
                                        ("de", "pausada"),
                                        ("para", "encerrada"),
                                        ("transicao", "encerrar_em_bloco"),
                                    ),
                                    models.Q(
                                        ("de", "aberta"), ("para", "cancelada"), ("transicao", "cancelar")
                                    ),
                                    models.Q(
                                        ("de", "em_atendimento"),
                                        ("para", "cancelada"),
                                        ("transicao", "cancelar"),
                                    ),
                                    models.Q(
                                        ("de", "pausada"), ("para", "cancelada"), ("transicao", "cancelar")
                                    ),
                                    models.Q(
                                        ("de", "agendada"), ("para", "cancelada"), ("transicao", "cancelar")
                                    ),
                                    models.Q(
                                        ("de", "encerrada"), ("para", "aberta"), ("transicao", "reabrir")
                                    ),
                                    _connector="OR",
                                ),
                                name="transicao_prevista",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="transicao_so_acrescenta",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="5909491f426e599adc9e7ab544d5e4e5a9b94f79",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_transicao_so_acrescenta_0bc61",
                                    table="atendimento_transicao",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Relato",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "solicitacao",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="relatos",
                                to="atendimento.solicitacao",
                                verbose_name="solicitação",
                            ),
                        ),
                        (
                            "autor",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("texto", models.TextField(max_length=8000)),
                        (
                            "visivel_ao_cliente",
                            models.BooleanField(default=False, verbose_name="visível ao cliente"),
                        ),
                        ("em", models.DateTimeField()),
                        (
                            "transicao",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="relato",
                                to="atendimento.transicao",
                                verbose_name="transição",
                            ),
                        ),
                        (
                            "corrige",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="correcoes",
                                to="atendimento.relato",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "relato",
                        "verbose_name_plural": "relatos",
                        "ordering": ["em", "id"],
                        "indexes": [
                            models.Index(fields=["solicitacao", "em", "id"], name="relato_da_solicitacao")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("texto__regex", "^\\s*$"), _negated=True),
                                name="relato_com_texto",
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="relato_so_acrescenta",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="ac0a64f44f79e274681174370f63786b63baa2bb",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_relato_so_acrescenta_641fb",
                                    table="atendimento_relato",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Apontamento",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "solicitacao",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="apontamentos",
                                to="atendimento.solicitacao",
                                verbose_name="solicitação",
                            ),
                        ),
                        (
                            "agente",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="apontamentos",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("vaga", models.PositiveSmallIntegerField()),
                        ("inicio", models.DateTimeField(verbose_name="início")),
                        ("fim", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "verbose_name": "apontamento",
                        "verbose_name_plural": "apontamentos",
                        "ordering": ["inicio", "id"],
                        "indexes": [models.Index(fields=["agente", "inicio"], name="apontamento_do_agente")],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("solicitacao"),
                                condition=models.Q(("fim__isnull", True)),
                                name="apontamento_aberto_unico",
                            ),
                            models.UniqueConstraint(
                                models.F("agente"),
                                models.F("vaga"),
                                condition=models.Q(("fim__isnull", True)),
                                name="apontamento_vaga_unica",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("fim__isnull", True), ("fim__gte", models.F("inicio")), _connector="OR"
                                ),
                                name="apontamento_em_ordem",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("vaga__gte", 1)), name="apontamento_vaga_desde_um"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TurnoDeCampo",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "equipe",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="turnos_de_campo",
                                to="atendimento.equipe",
                            ),
                        ),
                        (
                            "periodo",
                            models.CharField(
                                choices=[
                                    ("manha", "Manhã"),
                                    ("tarde", "Tarde"),
                                    ("noite", "Noite"),
                                    ("comercial", "Horário comercial"),
                                ],
                                max_length=10,
                                verbose_name="período",
                            ),
                        ),
                        ("inicio", models.TimeField(verbose_name="início")),
                        ("fim", models.TimeField()),
                        (
                            "minutos",
                            models.PositiveSmallIntegerField(default=120, verbose_name="minutos por visita"),
                        ),
                        (
                            "vagas",
                            models.PositiveSmallIntegerField(default=4, verbose_name="visitas por turno"),
                        ),
                        ("sabado", models.BooleanField(default=False, verbose_name="também aos sábados")),
                        ("ativo", models.BooleanField(default=True)),
                    ],
                    options={
                        "verbose_name": "turno de campo",
                        "verbose_name_plural": "turnos de campo",
                        "ordering": ["equipe", "inicio"],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("equipe"), models.F("periodo"), name="turno_de_campo_unico"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("fim__gt", models.F("inicio")), ("minutos__gte", 15), ("vagas__gte", 1)
                                ),
                                name="turno_de_campo_coerente",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Visita",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "solicitacao",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visitas",
                                to="atendimento.solicitacao",
                                verbose_name="solicitação",
                            ),
                        ),
                        (
                            "etiqueta",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visitas",
                                to="contratos.etiqueta",
                            ),
                        ),
                        (
                            "turno",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visitas",
                                to="atendimento.turnodecampo",
                            ),
                        ),
                        (
                            "tecnico",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visitas",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="técnico",
                            ),
                        ),
                        (
                            "tipo",
                            models.CharField(
                                choices=[
                                    ("instalacao", "Instalação"),
                                    ("manutencao", "Manutenção"),
                                    ("mudanca", "Mudança de endereço"),
                                    ("retirada", "Retirada de equipamento"),
                                    ("retorno", "Retorno ao cliente (sem visita)"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("data", models.DateField()),
                        ("janela", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                        ("vaga", models.PositiveSmallIntegerField()),
                        ("contato", models.CharField(max_length=120, verbose_name="contato no local")),
                        (
                            "endereco",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clientes.endereco",
                                verbose_name="endereço",
                            ),
                        ),
                        ("taxa", models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                        (
                            "observacao",
                            models.CharField(blank=True, max_length=1000, verbose_name="observação"),
                        ),
                        (
                            "situacao",
                            models.CharField(
                                choices=[
                                    ("marcada", "Marcada"),
                                    ("executada", "Executada"),
                                    ("ausente", "Cliente ausente"),
                                    ("reagendar", "A reagendar"),
                                    ("improdutiva", "Improdutiva"),
                                    ("cancelada", "Cancelada"),
                                ],
                                default="marcada",
                                max_length=12,
                                verbose_name="situação",
                            ),
                        ),
                        (
                            "remarcacoes",
                            models.PositiveSmallIntegerField(default=0, verbose_name="vezes remarcada"),
                        ),
                        (
                            "marcada_por",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("marcada_em", models.DateTimeField(auto_now_add=True, verbose_name="marcada em")),
                        (
                            "encerrada_em",
                            models.DateTimeField(blank=True, null=True, verbose_name="encerrada em"),
                        ),
                    ],
                    options={
                        "verbose_name": "visita",
                        "verbose_name_plural": "visitas",
                        "ordering": ["janela", "id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("situacao", "marcada")),
                                fields=["data"],
                                name="visita_por_dia",
                            )
                        ],
                        "constraints": [
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("situacao", "marcada"), ("tecnico__isnull", False)),
                                expressions=[("tecnico", "="), ("janela", "&&")],
                                name="visita_tecnico_em_um_lugar_so",
                                violation_error_message="O técnico já tem visita nesta hora.",
                            ),
                            models.UniqueConstraint(
                                models.F("turno"),
                                models.F("data"),
                                models.F("vaga"),
                                condition=models.Q(("situacao", "marcada")),
                                name="visita_vaga_unica",
                            ),
                            models.UniqueConstraint(
                                models.F("solicitacao"),
                                condition=models.Q(("situacao", "marcada")),
                                name="visita_marcada_unica_da_solicitacao",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "situacao__in",
                                        [
                                            "marcada",
                                            "executada",
                                            "ausente",
                                            "reagendar",
                                            "improdutiva",
                                            "cancelada",
                                        ],
                                    ),
                                    ("taxa__gte", 0),
                                    ("vaga__gte", 1),
                                    (
                                        "tipo__in",
                                        ["instalacao", "manutencao", "mudanca", "retirada", "retorno"],
                                    ),
                                ),
                                name="visita_valores_conhecidos",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("encerrada_em__isnull", True), ("situacao", "marcada")),
                                    models.Q(
                                        models.Q(("situacao", "marcada"), _negated=True),
                                        ("encerrada_em__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="visita_encerrada_tem_data",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="visita_nao_se_apaga",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                                    hash="7941e85c3be564312a377db581025fbf5c5d5955",
                                    operation="DELETE",
                                    pgid="pgtrigger_visita_nao_se_apaga_0a729",
                                    table="atendimento_visita",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="visita_encerrada_nao_muda",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (NOT (OLD.\"situacao\" = 'marcada'))",
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                                    hash="e914018dee5d162383e08062edfc5d20839f03d7",
                                    operation="UPDATE",
                                    pgid="pgtrigger_visita_encerrada_nao_muda_28ff8",
                                    table="atendimento_visita",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="visita_cabe_no_turno",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (NEW.\"situacao\" = 'marcada')",
                                    func="\n                IF NEW.vaga > (SELECT vagas FROM atendimento_turnodecampo WHERE id = NEW.turno_id) THEN\n                  RAISE EXCEPTION 'o turno não tem a vaga %', NEW.vaga\n                    USING ERRCODE = 'check_violation', CONSTRAINT = 'visita_cabe_no_turno';\n                END IF;\n                RETURN NEW;\n                ",
                                    hash="f3f8579feb8c608378c4fffab5cad03261a735bf",
                                    operation='INSERT OR UPDATE OF "vaga", "turno_id"',
                                    pgid="pgtrigger_visita_cabe_no_turno_6302f",
                                    table="atendimento_visita",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
