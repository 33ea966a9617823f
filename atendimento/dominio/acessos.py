"""Registro de acessos a dados pessoais."""

from atendimento.models.acesso import AcessoADado, TipoDeAcesso


def registrar_painel(*, por, cliente_id: int, aba: str = "", ip: str | None) -> None:
    """Anota que `por` abriu o painel do cliente, e em que aba."""
    AcessoADado.objects.create(tipo=TipoDeAcesso.PAINEL, usuario=por, cliente_id=cliente_id, campo=aba, ip=ip)


def registrar_revelacao(*, por, cliente_id: int, alvo: str, alvo_id: int, campo: str, ip: str | None) -> None:
    """Anota que `por` revelou um campo; o valor não se guarda."""
    AcessoADado.objects.create(
        tipo=TipoDeAcesso.REVELACAO,
        usuario=por,
        cliente_id=cliente_id,
        alvo=alvo,
        alvo_id=alvo_id,
        campo=campo,
        ip=ip,
    )


def registrar_exportacao(*, por, cliente_id: int, campo: str, ip: str | None) -> None:
    """Anota que `por` levou dados do cliente para fora do console."""
    AcessoADado.objects.create(
        tipo=TipoDeAcesso.EXPORTACAO, usuario=por, cliente_id=cliente_id, campo=campo, ip=ip
    )
