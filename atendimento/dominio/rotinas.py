"""O que o trabalhador faz de tempos em tempos, sem ninguém pedir.

Cada rotina é idempotente e conta a partir das datas guardadas, não da hora em que roda: parada por
uma noite, ao voltar deixa tudo como se nunca tivesse parado.
"""

from datetime import datetime, time, timedelta

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from atendimento import auditoria
from atendimento.dominio import calendarios
from atendimento.models import Anexo, Presenca, Rascunho, Relato, Solicitacao
from atendimento.models.solicitacao import Periodo
from atendimento.situacoes import Situacao

LOTE = 200
RASCUNHO_DURA = timedelta(days=30)
PRESENCA_DURA = timedelta(hours=1)
ORFAO_DURA = timedelta(days=1)
# A que horas, do dia marcado, o retorno de cada período passa a merecer alerta.
FIM_DO_PERIODO = {
    Periodo.MANHA: time(12),
    Periodo.TARDE: time(18),
    Periodo.NOITE: time(22),
    Periodo.COMERCIAL: time(18),
}


def alertar_pausas(agora: datetime | None = None) -> int:
    """Alerta das pausas que passaram do limite do motivo ou cujo retorno venceu. Devolve quantas."""
    agora = agora or timezone.now()
    vencidas = Solicitacao.objects.filter(alerta_em__isnull=True, pausa_ate__lte=agora)
    return _em_lotes(vencidas, lambda s: _alertar(s, s.pausa_ate, _frase_da_pausa(s)))


def alertar_agenda(agora: datetime | None = None) -> int:
    """Alerta das visitas e retornos cujo período acabou sem registro. Devolve quantas."""
    agora = agora or timezone.now()
    hoje = agora.astimezone(calendarios.fuso()).date()
    do_dia = Solicitacao.objects.filter(
        situacao=Situacao.AGENDADA, alerta_em__isnull=True, agendada_para__lte=hoje
    )
    vencidas = [s.pk for s in do_dia.only("agendada_para", "periodo") if fim_da_agenda(s) <= agora]
    return _em_lotes(
        do_dia.filter(pk__in=vencidas),
        lambda s: _alertar(
            s, fim_da_agenda(s), f"O retorno marcado para {s.agendada_para:%d/%m/%Y} não foi registrado."
        ),
    )


def fim_da_agenda(solicitacao: Solicitacao) -> datetime:
    """Quando acaba o período marcado, no fuso da instalação."""
    hora = FIM_DO_PERIODO[Periodo(solicitacao.periodo)]
    return datetime.combine(solicitacao.agendada_para, hora, tzinfo=calendarios.fuso())


def limpar_passageiros(agora: datetime | None = None) -> int:
    """Apaga rascunhos velhos e presenças de quem já foi embora. Devolve quantos."""
    agora = agora or timezone.now()
    rascunhos, _ = Rascunho.objects.filter(atualizado_em__lt=agora - RASCUNHO_DURA).delete()
    presencas, _ = Presenca.objects.filter(vista_em__lt=agora - PRESENCA_DURA).delete()
    return rascunhos + presencas


def apagar_anexos_orfaos(agora: datetime | None = None) -> int:
    """Apaga do disco o que ficou de um anexo cuja transação se desfez. Devolve quantos.

    Só os de mais de um dia: o arquivo se grava antes da linha, e a transação pode ainda estar aberta.
    """
    limite = (agora or timezone.now()) - ORFAO_DURA
    apagados = 0
    for pasta in _listar(default_storage, "")[0]:
        nomes = {f"{pasta}/{nome}" for nome in _listar(default_storage, pasta)[1]}
        orfaos = nomes - set(Anexo.objects.filter(arquivo__in=nomes).values_list("arquivo", flat=True))
        for nome in orfaos:
            if default_storage.get_modified_time(nome) < limite:
                default_storage.delete(nome)
                apagados += 1
    return apagados


def _listar(armazem, pasta: str) -> tuple[list[str], list[str]]:
    try:
        return armazem.listdir(pasta)
    except FileNotFoundError:
        return [], []


def fechar_janelas_de_reabertura(agora: datetime | None = None) -> int:
    """Torna definitivas as encerradas que ninguém reabriu a tempo. Devolve quantas.

    `reabrir` confere a data por si: a rotina só deixa dito na história, e no índice, que acabou.
    """
    agora = agora or timezone.now()
    fora_da_janela = Solicitacao.objects.filter(definitiva_em__isnull=True, reabrir_ate__lt=agora)
    return _em_lotes(fora_da_janela, _tornar_definitiva)


def _em_lotes(consulta, fazer) -> int:
    """Faz uma a uma, cada uma em sua transação, pulando as que alguém tem trancadas agora.

    A condição se repete na linha trancada: a que mudou no meio do caminho não entra mais.
    """
    feitas, ultimo = 0, 0
    while ids := list(consulta.filter(pk__gt=ultimo).order_by("pk").values_list("pk", flat=True)[:LOTE]):
        for pk in ids:
            with transaction.atomic():
                trancada = consulta.select_for_update(of=("self",), no_key=True, skip_locked=True)
                solicitacao = trancada.filter(pk=pk).first()
                if solicitacao:
                    fazer(solicitacao)
                    feitas += 1
        ultimo = ids[-1]
    return feitas


def _alertar(solicitacao: Solicitacao, em: datetime, frase: str) -> None:
    solicitacao.alerta_em = em
    solicitacao.save(update_fields=["alerta_em"])
    Relato.objects.create(solicitacao=solicitacao, texto=frase, em=timezone.now())
    _auditar("alertar", solicitacao, alerta_em=em.isoformat())


def _tornar_definitiva(solicitacao: Solicitacao) -> None:
    solicitacao.definitiva_em = solicitacao.reabrir_ate
    solicitacao.save(update_fields=["definitiva_em"])
    _auditar("tornar_definitiva", solicitacao)


def _auditar(verbo: str, solicitacao: Solicitacao, **dados) -> None:
    auditoria.registrar(
        f"solicitacao.{verbo}",
        por=None,
        alvo="solicitacao",
        alvo_id=solicitacao.pk,
        protocolo=solicitacao.protocolo,
        dados=dados,
    )


def _frase_da_pausa(solicitacao: Solicitacao) -> str:
    if solicitacao.retorna_em == solicitacao.pausa_ate:
        return "O retorno marcado na pausa venceu."
    return f"A pausa passou do limite do motivo “{solicitacao.motivo_da_pausa}”."
