"""Com quem não responde não se insiste: depois de algumas falhas o equipamento repousa, e se diz isso."""

from collections.abc import Callable
from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from atendimento.integracoes.rede import NaoSuportado, Recusado, RespostaInvalida, SemResposta
from contratos.models.rede import Gerenciado

FALHAS_ATE_REPOUSAR = 3
REPOUSO = timedelta(minutes=1)
REPOUSO_MAXIMO = timedelta(minutes=10)
# De quanto em quanto tempo se anota que quem vai bem respondeu.
ANOTAR_A_CADA = timedelta(minutes=1)


def conversar[T](equipamento: Gerenciado, fazer: Callable[[], T]) -> T:
    """O que `fazer` devolve, anotando se o equipamento respondeu. Em repouso nem se tenta: `SemResposta`."""
    agora = timezone.now()
    if equipamento.repousa_ate and equipamento.repousa_ate > agora:
        raise SemResposta(f"{equipamento.ultima_falha} Descansa até {_hora(equipamento.repousa_ate)}.")
    try:
        resultado = fazer()
    except (SemResposta, RespostaInvalida) as falha:
        _anotar_falha(equipamento, str(falha))
        raise
    except (Recusado, NaoSuportado):
        _anotar_resposta(equipamento)
        raise
    _anotar_resposta(equipamento)
    return resultado


def _hora(momento) -> str:
    return timezone.localtime(momento).strftime("%H:%M:%S")


def _anotar_falha(equipamento: Gerenciado, frase: str) -> None:
    linha = type(equipamento)._default_manager.filter(pk=equipamento.pk)
    linha.update(falhas_seguidas=F("falhas_seguidas") + 1, ultima_falha=frase[:300])
    equipamento.refresh_from_db(fields=["falhas_seguidas", "ultima_falha"])
    a_mais = equipamento.falhas_seguidas - FALHAS_ATE_REPOUSAR
    if a_mais >= 0:
        equipamento.repousa_ate = timezone.now() + min(REPOUSO * 2 ** min(a_mais, 8), REPOUSO_MAXIMO)
        linha.update(repousa_ate=equipamento.repousa_ate)


def _anotar_resposta(equipamento: Gerenciado) -> None:
    agora = timezone.now()
    recente = equipamento.respondeu_em and agora - equipamento.respondeu_em < ANOTAR_A_CADA
    if recente and not equipamento.falhas_seguidas:
        return
    equipamento.falhas_seguidas, equipamento.repousa_ate, equipamento.respondeu_em = 0, None, agora
    equipamento.save(update_fields=["falhas_seguidas", "repousa_ate", "respondeu_em"])
