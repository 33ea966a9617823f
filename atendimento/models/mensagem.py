"""A caixa de saída: o que se manda ao cliente, com que palavras, e o que foi feito de cada mensagem."""

import uuid

import pgtrigger
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from atendimento.tipos_de_mensagem import TIPOS_DE_MENSAGEM
from atendimento.variaveis import preencher, recusa_do_texto
from clientes import emails, telefones
from clientes.models import Cliente

SEGREDO_OCULTO = "••••••••"


class CanalDeMensagem(models.TextChoices):
    """Por onde vai. Em voz alta é o que o agente lê a quem não tem contato confirmado."""

    EMAIL = "email", "E-mail"
    SMS = "sms", "SMS"
    WHATSAPP = "whatsapp", "WhatsApp"
    VOZ = "voz", "Em voz alta"


ENVIAVEIS = (CanalDeMensagem.EMAIL, CanalDeMensagem.SMS, CanalDeMensagem.WHATSAPP)


class SituacaoDaMensagem(models.TextChoices):
    """Em que pé está. Simulada é a que esta instalação só fingiu enviar."""

    NA_FILA = "na_fila", "Na fila"
    ENVIADA = "enviada", "Enviada"
    SIMULADA = "simulada", "Simulada"
    FALHOU = "falhou", "Falhou"
    A_LER = "a_ler", "A ler ao cliente"
    LIDA = "lida", "Lida ao cliente"


ENTREGUES = (SituacaoDaMensagem.ENVIADA, SituacaoDaMensagem.SIMULADA, SituacaoDaMensagem.LIDA)
PENDENTES = (SituacaoDaMensagem.NA_FILA, SituacaoDaMensagem.A_LER)


class ModeloDeMensagem(models.Model):
    """As palavras de um tipo de mensagem num canal; o administrador as muda, dentro da lista de variáveis."""

    codigo = models.SlugField("código", max_length=40, editable=False)
    canal = models.CharField(max_length=8, choices=[(c.value, c.label) for c in ENVIAVEIS], editable=False)
    assunto = models.CharField(max_length=150, blank=True, help_text="Só do e-mail.")
    texto = models.TextField(max_length=4000)

    class Meta:
        verbose_name = "modelo de mensagem"
        verbose_name_plural = "modelos de mensagem"
        ordering = ["codigo", "canal"]
        constraints = [models.UniqueConstraint("codigo", "canal", name="modelo_de_mensagem_unico")]

    def __str__(self):
        tipo = TIPOS_DE_MENSAGEM.get(self.codigo)
        return f"{tipo.nome if tipo else self.codigo} · {self.get_canal_display()}"

    def save(self, *args, **kwargs):
        """Grava só o que `clean` aceita, venha de onde vier."""
        self.clean()
        super().save(*args, **kwargs)

    def clean(self):
        """As variáveis. Levanta `ValidationError` no campo com uma desconhecida, ou sem uma obrigatória."""
        tipo = TIPOS_DE_MENSAGEM.get(self.codigo)
        if tipo is None:
            raise ValidationError("Este tipo de mensagem não existe mais no sistema.")
        if self.canal == CanalDeMensagem.EMAIL:
            if not self.assunto.strip():
                raise ValidationError({"assunto": "O e-mail precisa de assunto."})
            if "\n" in self.assunto or "\r" in self.assunto:
                raise ValidationError({"assunto": "O assunto é uma linha só."})
            publicas = tipo.permitidas.keys() - tipo.segredos.keys()
            if recusa := recusa_do_texto(self.assunto, publicas):
                raise ValidationError({"assunto": recusa})
        if recusa := recusa_do_texto(self.texto, tipo.permitidas, tipo.obrigatorias):
            raise ValidationError({"texto": recusa})


class MensagemQuerySet(models.QuerySet["Mensagem"]):
    """Leituras de mensagens que se encadeiam."""

    def visiveis_para(self, usuario):
        """As dos clientes que `usuario` vê, de um atendimento ou de um contrato de empresa sua."""
        empresas = usuario.objetos_permitidos("contratos.atender_empresa")
        return self.filter(
            Q(solicitacao__empresa_id__in=empresas) | Q(solicitacao=None, contrato__empresa_id__in=empresas),
            cliente__in=Cliente.objects.visiveis_para(usuario).order_by().values("pk"),
        )

    def a_enviar(self, em):
        """As da fila cuja vez chegou."""
        return self.filter(situacao=SituacaoDaMensagem.NA_FILA, proxima_em__lte=em)


class Mensagem(models.Model):
    """Uma mensagem a um contato, com as palavras de quando se enfileirou.

    `dados` são os valores das variáveis; de uma secreta, o id de onde ela está, e o segredo só existe em
    claro no momento do envio. `chave` acompanha cada tentativa, para que o destino não a repita. Sem
    atendimento, `contrato` diz de que empresa a mensagem é.
    """

    cliente = models.ForeignKey("clientes.Cliente", models.PROTECT, related_name="mensagens", db_index=False)
    solicitacao = models.ForeignKey(
        "atendimento.Solicitacao", models.PROTECT, null=True, blank=True, related_name="mensagens",
        verbose_name="solicitação",
    )  # fmt: skip
    contrato = models.ForeignKey(
        "contratos.Contrato", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    tipo = models.SlugField(max_length=40, db_index=False)
    canal = models.CharField(max_length=8, choices=CanalDeMensagem)
    destino = models.CharField(max_length=254, blank=True)
    assunto = models.CharField(max_length=150, blank=True)
    texto = models.TextField(max_length=4000)
    dados = models.JSONField(default=dict)
    chave = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    situacao = models.CharField(
        "situação", max_length=10, choices=SituacaoDaMensagem, default=SituacaoDaMensagem.NA_FILA
    )
    tentativas = models.PositiveSmallIntegerField(default=0)
    proxima_em = models.DateTimeField("próxima tentativa em", null=True, blank=True)
    falha = models.CharField("última falha", max_length=300, blank=True)
    id_externo = models.CharField("identificador no destino", max_length=120, blank=True)
    criada_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    criada_em = models.DateTimeField("criada em", default=timezone.now)
    entregue_em = models.DateTimeField("entregue em", null=True, blank=True)
    alertada_em = models.DateTimeField("alerta de atraso em", null=True, blank=True)

    objects = MensagemQuerySet.as_manager()

    class Meta:
        verbose_name = "mensagem"
        verbose_name_plural = "mensagens"
        ordering = ["-criada_em", "-id"]
        triggers: list[pgtrigger.Trigger] = [
            pgtrigger.ReadOnly(
                name="mensagem_conteudo_fixo",
                fields=[
                    "cliente", "solicitacao", "contrato", "tipo", "destino", "assunto", "texto", "dados",
                    "chave", "criada_em", "criada_por",
                ],
            ),
            pgtrigger.Protect(
                name="mensagem_entregue_nao_muda",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__situacao__in=ENTREGUES),
            ),
            pgtrigger.Protect(name="mensagem_nao_se_apaga", operation=pgtrigger.Delete),
        ]  # fmt: skip
        constraints = [
            models.CheckConstraint(
                condition=Q(situacao__in=SituacaoDaMensagem.values) & Q(canal__in=CanalDeMensagem.values),
                name="mensagem_valores_conhecidos",
            ),
            models.CheckConstraint(
                condition=Q(situacao__in=ENTREGUES, entregue_em__isnull=False)
                | ~Q(situacao__in=ENTREGUES) & Q(entregue_em__isnull=True),
                name="mensagem_entregue_tem_data",
            ),
            models.CheckConstraint(
                condition=Q(situacao="na_fila", proxima_em__isnull=False)
                | ~Q(situacao="na_fila") & Q(proxima_em__isnull=True),
                name="mensagem_na_fila_tem_vez",
            ),
            models.CheckConstraint(
                condition=Q(canal="voz", destino="", situacao__in=["a_ler", "lida"])
                | ~Q(canal="voz") & ~Q(destino="") & ~Q(situacao__in=["a_ler", "lida"]),
                name="mensagem_em_voz_nao_tem_destino",
            ),
            models.CheckConstraint(
                condition=~Q(situacao="falhou") | ~Q(falha=""), name="mensagem_que_falhou_diz_por_que"
            ),
        ]
        indexes = [
            models.Index(fields=["cliente", "-criada_em", "-id"], name="mensagem_do_cliente"),
            models.Index(fields=["proxima_em"], condition=Q(situacao="na_fila"), name="mensagem_a_enviar"),
            models.Index(
                fields=["criada_em"],
                condition=Q(tipo="protocolo", alertada_em__isnull=True)
                & Q(situacao__in=["na_fila", "a_ler", "falhou"]),
                name="mensagem_protocolo_devido",
            ),
        ]

    def __str__(self):
        return f"{self.nome} · {self.get_situacao_display()}"

    @property
    def nome(self) -> str:
        """O nome do tipo."""
        tipo = TIPOS_DE_MENSAGEM.get(self.tipo)
        return tipo.nome if tipo else self.tipo

    @property
    def destino_mascarado(self) -> str:
        """Para onde foi, sem mostrar o dado."""
        if self.canal == CanalDeMensagem.VOZ:
            return ""
        mascarar = emails.mascarar if self.canal == CanalDeMensagem.EMAIL else telefones.mascarar
        return mascarar(self.destino)

    @property
    def texto_exibido(self) -> str:
        """O que o cliente lê, com os segredos ocultos."""
        tipo = TIPOS_DE_MENSAGEM.get(self.tipo)
        ocultos = dict.fromkeys(tipo.segredos if tipo else (), SEGREDO_OCULTO)
        return preencher(self.texto, self.dados | ocultos)
