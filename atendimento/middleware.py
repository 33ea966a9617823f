"""Camadas próprias do console."""


def FragmentoSemSessao(get_response):  # noqa: N802
    """Passa adiante."""
    return get_response


def SemCopiaNoNavegador(get_response):  # noqa: N802
    """Passa adiante."""
    return get_response
