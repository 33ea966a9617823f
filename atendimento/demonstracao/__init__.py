"""Os dados da demonstração: o provedor *Conecta Ipê Telecom (fictício)* (`dominio.md` §7).

`cadastros` e `rede` são o provedor; `acessos`, quem entra; `cenarios`, os vinte clientes que a
demonstração e os testes percorrem; `multidao`, os demais. `fichas` escreve os registros. `equipes` e
`atendimentos` põem gente nas filas e contam as solicitações; `simulacao` liga a rede de mentira.
"""

from django.db import connection, transaction

from atendimento import estatisticas
from atendimento.demonstracao.acessos import Login, garantir_acessos, logins
from atendimento.demonstracao.atendimentos import criar_atendimentos
from atendimento.demonstracao.cadastros import garantir_empresas, garantir_planos
from atendimento.demonstracao.cenarios import CENARIOS, codigo_do_cenario, vizinhos_da_massiva
from atendimento.demonstracao.equipes import garantir_equipes
from atendimento.demonstracao.fichas import Fichas
from atendimento.demonstracao.massivas import criar_artigos, criar_massivas
from atendimento.demonstracao.multidao import Multidao
from atendimento.demonstracao.rede import criar_rede
from atendimento.demonstracao.simulacao import ligar_rede
from atendimento.demonstracao.textos import acertar_contatos, criar_textos
from atendimento.demonstracao.visitas import criar_visitas
from clientes.models import Cliente
from contratos.tipos_de_evento import garantir_tipos_de_evento

__all__ = ["Login", "logins", "preparar", "so_ha_demonstracao"]

# Tranca de aviso do PostgreSQL: de duas demonstrações ao mesmo tempo, uma espera e nada faz.
TRANCA = 20_260_704


@transaction.atomic
def preparar() -> None:
    """Põe no banco, uma vez só, os dados, os usuários e as solicitações da demonstração."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TRANCA])
    nova = not Cliente.objects.filter(codigo_externo=codigo_do_cenario(1)).exists()
    if nova:
        _criar_clientes()
    ligar_rede()
    garantir_equipes()
    criar_textos()
    criar_atendimentos()
    criar_visitas()
    criar_massivas()
    criar_artigos()
    if nova:
        estatisticas.atualizar()


def _criar_clientes() -> None:
    garantir_tipos_de_evento()
    empresas = {empresa.nome: empresa for empresa in garantir_empresas()}
    garantir_acessos()
    fichas = Fichas(criar_rede(), empresas, garantir_planos())
    for criar in CENARIOS:
        criar(fichas)
    vizinhos_da_massiva(fichas)
    Multidao(fichas).criar()
    fichas.gravar()
    acertar_contatos()


def so_ha_demonstracao() -> bool:
    """Se o banco não guarda nenhum cliente além dos fictícios."""
    return not Cliente.objects.filter(demo=False).exists()
