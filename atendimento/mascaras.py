"""O que cada perfil vê de um dado pessoal: inteiro ou mascarado, decidido no servidor."""

from clientes import documentos, emails, telefones
from clientes.enums import TipoDeContato
from perfis.capacidades import Capacidade
from perfis.permissoes import Permissoes

VER_CONTATO = {
    TipoDeContato.TELEFONE: Capacidade.VER_TELEFONE,
    TipoDeContato.EMAIL: Capacidade.VER_EMAIL,
}


def documento(valor: str | None, permissoes: Permissoes) -> str:
    """O documento como o perfil pode ler."""
    if not valor:
        return ""
    inteiro = permissoes.tem(Capacidade.VER_DOCUMENTO)
    return documentos.formatar(valor) if inteiro else documentos.mascarar(valor)


def contato(tipo: str, valor: str, permissoes: Permissoes) -> str:
    """O telefone ou e-mail como o perfil pode ler."""
    inteiro = permissoes.tem(VER_CONTATO[TipoDeContato(tipo)])
    if tipo == TipoDeContato.TELEFONE:
        return telefones.formatar(valor) if inteiro else telefones.mascarar(valor)
    return valor if inteiro else emails.mascarar(valor)
