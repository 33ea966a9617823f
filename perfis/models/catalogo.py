"""O espelho, no banco, do catálogo de ações e widgets que está no código."""

import pgtrigger
from django.db import models

# Um número que se somasse voltaria a valer depois de uma transação desfeita; um sorteado nunca se repete.
MUDAR_DE_VERSAO = """
INSERT INTO perfis_versaodocatalogo (id, versao) VALUES (1, gen_random_uuid())
ON CONFLICT (id) DO UPDATE SET versao = excluded.versao;
RETURN NULL;
"""


def muda_a_versao() -> pgtrigger.Trigger:
    """O gatilho de uma tabela de que o catálogo guardado nos processos depende."""
    return pgtrigger.Trigger(
        name="muda_a_versao_do_catalogo",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=MUDAR_DE_VERSAO,
    )


class VersaoDoCatalogo(models.Model):
    """A versão das ações do catálogo, que muda na mesma transação que elas: uma linha, escrita por gatilho.

    Vem junto das permissões em todo pedido. Cada processo guarda as ações com a versão que leu antes de as
    ler, e as relê quando ela muda, seja quem for que mudou.
    """

    versao = models.UUIDField(editable=False)

    class Meta:
        verbose_name = "versão do catálogo"
        verbose_name_plural = "versões do catálogo"

    def __str__(self):
        return str(self.versao)


class ItemDoCatalogo(models.Model):
    """O que ações e widgets têm em comum: o administrador nomeia, ordena e desliga.

    A linha nasce e é mantida por `post_migrate`; `no_codigo` cai quando a classe some.
    """

    slug = models.SlugField(max_length=60, unique=True, editable=False)
    nome = models.CharField(max_length=80)
    alvo = models.CharField(max_length=12, editable=False)
    icone = models.CharField("ícone", max_length=40, blank=True)
    ajuda = models.TextField("texto de ajuda", blank=True, max_length=4000)
    ordem = models.PositiveSmallIntegerField(default=100)
    ativo = models.BooleanField(default=True)
    no_codigo = models.BooleanField("existe no código", default=True, editable=False)

    class Meta:
        abstract = True
        ordering = ["ordem", "nome"]

    def __str__(self):
        return self.nome


class Acao(ItemDoCatalogo):
    """Uma operação guiada do atendimento."""

    grupo = models.CharField(max_length=30)
    # `[{"nome": "dias", "rotulo": "Dias", "unidade": "dias", "padrao": 3}, …]`, do código.
    limites_declarados = models.JSONField(default=list, blank=True, editable=False)

    class Meta(ItemDoCatalogo.Meta):
        verbose_name = "ação"
        verbose_name_plural = "ações"
        permissions = [("executar_acao", "Pode executar a ação")]
        triggers = [muda_a_versao()]


class Widget(ItemDoCatalogo):
    """Um cartão ou uma aba de informação."""

    regiao = models.CharField("região", max_length=12, editable=False)

    class Meta(ItemDoCatalogo.Meta):
        verbose_name = "widget"
        verbose_name_plural = "widgets"
        permissions = [("ver_widget", "Pode ver o widget")]
