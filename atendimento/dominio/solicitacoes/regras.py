"""As exigências que os verbos têm em comum: quem pode e o que cada campo aceita."""

from datetime import datetime, timedelta

from atendimento import transacao
from atendimento.excecoes import DadoInvalido, MotivoInvalido, SemPermissao
from atendimento.models import MembroDaEquipe, Motivo
from atendimento.models.tipo import CONTRATO_BLOQUEADO
from clientes.telefones import TelefoneInvalido, normalizar
from perfis.capacidades import Capacidade

RESUMO_MINIMO = 10
TEXTO_MAXIMO = 4000
RETORNO_MAXIMO = timedelta(days=365)


def exigir_atendente(por, empresa_id: int) -> None:
    """Levanta `SemPermissao` para quem não usa o console ou não atende a empresa."""
    if not por.permissoes.tem(Capacidade.ATENDER):
        raise SemPermissao("Seu perfil não permite usar o console de atendimento.")
    if empresa_id not in por.objetos_permitidos("contratos.atender_empresa"):
        raise SemPermissao("Seu perfil não atende a empresa deste contrato.")


def e_membro(usuario, equipe_id: int) -> bool:
    """Se o usuário está, ativo, na equipe."""
    if equipe_id in transacao.equipes_lidas(usuario):
        return True
    return MembroDaEquipe.objects.filter(usuario=usuario, equipe=equipe_id, ativo=True).exists()


def exigir_membro(por, solicitacao) -> None:
    """Levanta `SemPermissao` para quem não é membro ativo da equipe da solicitação."""
    exigir_atendente(por, solicitacao.empresa_id)
    if not e_membro(por, solicitacao.equipe_id):
        raise SemPermissao(f"Você não é da equipe {solicitacao.equipe}.")


def exigir_supervisor(por, solicitacao) -> None:
    """Levanta `SemPermissao` para quem não supervisiona a equipe da solicitação."""
    exigir_membro(por, solicitacao)
    if not por.permissoes.tem(Capacidade.SUPERVISIONAR):
        raise SemPermissao(f"Só quem supervisiona a equipe {solicitacao.equipe} pode fazer isto.")


def exigir_dono_ou_supervisor(por, solicitacao) -> None:
    """Levanta `SemPermissao` para quem não é o responsável nem supervisiona a equipe."""
    exigir_membro(por, solicitacao)
    if solicitacao.responsavel_id == por.pk or por.permissoes.tem(Capacidade.SUPERVISIONAR):
        return
    dono = solicitacao.responsavel
    raise SemPermissao(
        f"Esta solicitação está com {dono.nome_exibido}."
        if dono
        else "Ninguém assumiu esta solicitação: assuma-a antes."
    )


def exigir_agente(agente, solicitacao) -> None:
    """Levanta `DadoInvalido` se `agente` não pode ficar com a solicitação."""
    if (
        not agente.is_active
        or not agente.permissoes.tem(Capacidade.ATENDER)
        or solicitacao.empresa_id not in agente.objetos_permitidos("contratos.atender_empresa")
        or not e_membro(agente, solicitacao.equipe_id)
    ):
        raise DadoInvalido(
            f"{agente.nome_exibido} não pode atender esta solicitação na equipe {solicitacao.equipe}.",
            campo="agente",
        )


def conferir_texto(
    valor: str | None, campo: str, nome: str, *, minimo: int = 0, maximo: int = TEXTO_MAXIMO
) -> str:
    """O texto sem espaços nas pontas. Levanta `DadoInvalido` se falta, sobra ou tem caractere nulo."""
    texto = (valor or "").strip()
    if "\x00" in texto:
        raise DadoInvalido(f"{nome} tem um caractere que não se aceita.", campo=campo)
    if minimo and not texto:
        raise DadoInvalido(f"Preencha {nome[0].lower()}{nome[1:]}.", campo=campo)
    if len(texto) < minimo:
        raise DadoInvalido(f"{nome}: escreva ao menos {minimo} caracteres.", campo=campo)
    if len(texto) > maximo:
        raise DadoInvalido(f"{nome}: o máximo são {maximo} caracteres.", campo=campo)
    return texto


def conferir_telefone(valor: str, campo: str = "solicitante_telefone") -> str:
    """O telefone em E.164, ou vazio. Levanta `DadoInvalido`."""
    texto = conferir_texto(valor, campo, "O telefone", maximo=40)
    try:
        return normalizar(texto) if texto else ""
    except TelefoneInvalido as erro:
        raise DadoInvalido(str(erro), campo=campo) from erro


def conferir_opcao(valor, opcoes, campo: str, nome: str):
    """O valor como membro da enumeração. Levanta `DadoInvalido`."""
    try:
        return opcoes(valor)
    except ValueError as erro:
        raise DadoInvalido(f"Escolha {nome}.", campo=campo) from erro


def conferir_motivo(motivo: Motivo | None, tipo: str, observacao: str = "") -> Motivo:
    """O motivo, se é do tipo e está ativo. Levanta `MotivoInvalido`."""
    if motivo is None:
        raise MotivoInvalido("Escolha o motivo.")
    if motivo.tipo != tipo or not motivo.ativo:
        raise MotivoInvalido(f"O motivo “{motivo}” não vale aqui.")
    if motivo.exige_observacao and not observacao:
        raise MotivoInvalido(f"O motivo “{motivo}” exige uma observação.", campo="observacao")
    return motivo


def conferir_retorno(motivo: Motivo, retorna_em: datetime | None, agora: datetime) -> None:
    """Levanta `MotivoInvalido` se falta o retorno exigido, ou se ele não é futuro e razoável."""
    if retorna_em is None:
        if motivo.exige_retorno:
            raise MotivoInvalido(f"O motivo “{motivo}” exige a data de retorno.", campo="retorna_em")
        return
    if not agora < retorna_em <= agora + RETORNO_MAXIMO:
        raise MotivoInvalido("O retorno tem de ser no futuro, em até um ano.", campo="retorna_em")


def conferir_tipo(tipo, contrato, *, atual_id: int | None = None):
    """O tipo, se está ativo e a situação do contrato o permite. Levanta `DadoInvalido`.

    O que a solicitação já tem (`atual_id`) continua valendo: o contrato pode ter sido bloqueado depois.
    """
    if tipo is None:
        raise DadoInvalido("Escolha o tipo de solicitação.", campo="tipo")
    if tipo.pk == atual_id:
        return tipo
    if not tipo.ativo:
        raise DadoInvalido(f"O tipo “{tipo}” está inativo.", campo="tipo")
    exigir_permitido(tipo, contrato, campo="tipo")
    return tipo


def exigir_permitido(tipo, contrato, *, campo: str) -> None:
    """Levanta `DadoInvalido` se a situação do contrato não admite solicitações do tipo."""
    if contrato.situacao in CONTRATO_BLOQUEADO and not tipo.permite_contrato_bloqueado:
        raise DadoInvalido(
            f"O tipo “{tipo}” não vale para um contrato em {contrato.get_situacao_display()}.", campo=campo
        )
