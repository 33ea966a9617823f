"""O admin da casa: suas seções, e regras que valem para todo modelo registrado, sem que o autor lembre.

Os aplicativos registram com o `admin.site` de sempre; `atendimento.apps` o troca por este.
"""

from django.contrib.admin import AdminSite
from django.urls import reverse

from atendimento.admin_regras import RegrasDaCasa

APLICATIVOS = {"perfis", "clientes", "contratos", "atendimento"}
# Em que ordem as seções aparecem; uma página de admin diz a sua em `secao`.
SECOES = {
    "parametros": "Parâmetros do Atendimento",
    "cadastros": "Cadastros",
    "usuarios": "Usuários",
    "registros": "Registros",
}


class SiteDoAtendimento(AdminSite):
    """`admin.site`."""

    site_title = "Atendimento"
    site_header = "Parâmetros e cadastros"
    index_title = "Parâmetros e cadastros"

    def __init__(self, name="admin"):
        super().__init__(name)
        # Apagar de uma vez tudo o que se selecionou não é operação de cadastro nenhum.
        self.disable_action("delete_selected")

    def register(self, model_or_iterable, admin_class=None, **options):
        """Registra com as regras da casa; páginas que as bibliotecas registram sozinhas ficam de fora."""
        if admin_class is None or admin_class.__module__.partition(".")[0] not in APLICATIVOS:
            return
        da_casa = type(
            admin_class.__name__, (RegrasDaCasa, admin_class), {"__module__": admin_class.__module__}
        )
        super().register(model_or_iterable, da_casa, **options)

    def get_urls(self):
        """Sem `ver no site`: não há o que ver, e o endereço aceitaria qualquer tabela do banco."""
        return [padrao for padrao in super().get_urls() if getattr(padrao, "name", "") != "view_on_site"]

    def get_app_list(self, request, app_label=None):
        """As seções da casa, com o que o usuário pode abrir; dentro, por `posicao` e nome."""
        secoes = {slug: [] for slug in SECOES}
        for aplicativo in self._build_app_dict(request, app_label).values():
            for modelo in aplicativo["models"]:
                pagina = self.get_model_admin(modelo["model"])
                posicao = (getattr(pagina, "posicao", 100), modelo["name"].lower())
                secoes[getattr(pagina, "secao", "cadastros")].append((posicao, modelo))
        return [
            {
                "name": SECOES[slug],
                "app_label": slug,
                "app_url": reverse("admin:index"),
                "has_module_perms": True,
                "models": [modelo for _, modelo in sorted(modelos, key=lambda par: par[0])],
            }
            for slug, modelos in secoes.items()
            if modelos
        ]
