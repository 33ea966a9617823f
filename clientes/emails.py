"""E-mails e sua forma mascarada."""


def mascarar(valor: str) -> str:
    """`maria@exemplo.net` → `ma***@exemplo.net`; de um nome curto não sobra letra."""
    nome, _, dominio = valor.partition("@")
    return f"{nome[:2] if len(nome) > 3 else ''}***@{dominio}"
