"""Registros de classes sob um slug: o catálogo de ações e o de widgets."""

from importlib import import_module
from pkgutil import iter_modules


class SlugRepetido(Exception):
    """Duas classes disputam o mesmo slug."""


class Registro[T]:
    """Guarda classes por slug e as descobre nos módulos de um pacote.

    Acrescentar uma ação ou um widget é criar um módulo: nenhum arquivo existente muda.
    """

    def __init__(self, atributos: tuple[str, ...]):
        self._classes: dict[str, type[T]] = {}
        self._atributos = atributos

    def registrar(self, classe: type[T]) -> type[T]:
        """Decorador de classe. Levanta `SlugRepetido`, ou `TypeError` se falta um atributo."""
        for atributo in self._atributos:
            if not getattr(classe, atributo, None):
                raise TypeError(f"{classe.__qualname__} não define {atributo}.")
        slug = classe.slug  # type: ignore[attr-defined]
        if self._classes.get(slug, classe).__qualname__ != classe.__qualname__:
            raise SlugRepetido(f"{slug!r} já é de {self._classes[slug].__qualname__}.")
        self._classes[slug] = classe
        return classe

    def retirar(self, slug: str) -> None:
        """Esquece uma classe, se houver; serve a testes que registram as suas."""
        self._classes.pop(slug, None)

    def descobrir(self, pacote: str) -> None:
        """Importa os módulos de `pacote`, que se registram ao serem lidos."""
        for modulo in iter_modules(import_module(pacote).__path__):
            import_module(f"{pacote}.{modulo.name}")

    def get(self, slug: str) -> type[T] | None:
        """A classe do slug, ou `None`."""
        return self._classes.get(slug)

    def __getitem__(self, slug: str) -> type[T]:
        return self._classes[slug]

    def __iter__(self):
        return iter(self._classes.values())

    def __len__(self):
        return len(self._classes)
