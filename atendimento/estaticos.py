"""Os arquivos estáticos de produção: os da casa vão enxutos, e todos comprimidos e com nome definitivo."""

from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from rcssmin import cssmin
from rjsmin import jsmin
from whitenoise.storage import CompressedManifestStaticFilesStorage

ENXUGAR = {".js": jsmin, ".css": cssmin}


class Enxuto:
    """Entrega um arquivo sem comentários nem espaços, no lugar do armazém de onde ele viria."""

    def __init__(self, origem, enxugar):
        self._origem, self._enxugar = origem, enxugar

    def open(self, caminho):
        """O arquivo enxuto, na memória."""
        with self._origem.open(caminho) as original:
            return ContentFile(self._enxugar(original.read().decode()).encode())


class Estaticos(CompressedManifestStaticFilesStorage):
    """Tira comentários e espaços do que é nosso, antes de dar o nome pelo conteúdo e de comprimir.

    O que veio de fora fica como veio, com seu aviso de licença. Os módulos importam-se pelo nome definitivo.
    """

    support_js_module_import_aggregation = True

    def post_process(self, paths, dry_run=False, **opcoes):
        """Vê `CompressedManifestStaticFilesStorage.post_process`."""
        paths = {nome: (_enxuto(*onde), onde[1]) for nome, onde in paths.items()}
        yield from super().post_process(paths, dry_run=dry_run, **opcoes)


def _enxuto(armazem, caminho: str):
    nosso = Path(armazem.location) in settings.STATICFILES_DIRS
    enxugar = ENXUGAR.get(Path(caminho).suffix) if nosso and ".min." not in caminho else None
    return Enxuto(armazem, enxugar) if enxugar else armazem
