"""A falha do PostgreSQL embutido, já com a frase que a pessoa lê."""


class PostgresIndisponivel(RuntimeError):
    """O servidor embutido não pôde ser criado, iniciado ou encontrado."""
