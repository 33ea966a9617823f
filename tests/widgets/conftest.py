"""O mundo da segurança serve também aqui: de cada coisa que um widget mostra há uma."""

from tests.seguranca.conftest import mundo

__all__ = ["mundo"]
