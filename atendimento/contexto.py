"""O que toda página recebe."""


def pagina(request):
    """Nada ainda."""
    return {}
