"""Por que um verbo do contrato não se fez; a frase é para quem atende."""


class NaoPode(Exception):
    """Uma regra da lei, do contrato ou do dado não deixa; `campo` é o culpado, quando há um."""

    def __init__(self, frase: str, *, campo: str | None = None):
        super().__init__(frase)
        self.frase = frase
        self.campo = campo


def exigir(frase: str | None, *, campo: str | None = None) -> None:
    """Levanta `NaoPode` com a frase, se há uma."""
    if frase:
        raise NaoPode(frase, campo=campo)
