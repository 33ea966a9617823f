"""Se a falha é só deste cliente ou de quem divide com ele a CTO e a porta da OLT. Só números, nenhum nome."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q

from contratos.enums import SITUACOES_ATIVAS
from contratos.models import Conexao

# Com menos vizinhos do que isto a proporção não diz nada.
MINIMO = 3
# A partir desta parte fora do ar é falha do grupo.
PARTE_FORA = 0.5
CONTAS = ("no_ar", "fora", "sem_leitura", "lido_em")


@dataclass(frozen=True, slots=True)
class Grupo:
    """Quem divide um pedaço da rede com a conexão, sem contar com ela."""

    nome: str
    onde: str
    no_ar: int
    fora: int
    sem_leitura: int
    lido_em: datetime | None

    @property
    def conhecidos(self) -> int:
        """De quantos se sabe como estão."""
        return self.no_ar + self.fora

    @property
    def percentual(self) -> int | None:
        """Quantos por cento dos conhecidos estão no ar."""
        return round(100 * self.no_ar / self.conhecidos) if self.conhecidos else None

    @property
    def caido(self) -> bool:
        """Se caiu gente bastante para ser falha do grupo."""
        return self.conhecidos >= MINIMO and self.fora / self.conhecidos >= PARTE_FORA


def grupos_de(conexao: Conexao) -> list[Grupo]:
    """A CTO e a porta da OLT da conexão, do menor para o maior; vazio para quem não passa por elas."""
    return grupos_das([conexao])[conexao.pk]


def grupos_das(conexoes: Iterable[Conexao]) -> dict[int, list[Grupo]]:
    """Os grupos de cada conexão, por id. Um comando SQL, por mais conexões que sejam."""
    grupos: dict[int, list[Grupo]] = {conexao.pk: [] for conexao in conexoes}
    pedidos = [(conexao, *pedido) for conexao in conexoes for pedido in _pedidos(conexao)]
    if pedidos:
        somas = _contar(pedidos)
        for numero, (conexao, nome, onde, _) in enumerate(pedidos):
            grupos[conexao.pk].append(Grupo(nome, onde, **{c: somas[f"{c}_{numero}"] for c in CONTAS}))
    return grupos


def _pedidos(conexao: Conexao) -> list[tuple[str, str, Q]]:
    """Que grupos contar: o nome, onde é, e quem está nele."""
    if conexao.splitter_id:
        splitter = conexao.splitter
        da_caixa = [("Mesma CTO", splitter.nome, Q(splitter=splitter))]
        return da_caixa + _da_porta(splitter.olt, splitter.slot, splitter.porta)
    return _da_porta(conexao.olt, conexao.slot_olt, conexao.porta_olt)


def _da_porta(olt, slot: int | None, porta: int | None) -> list[tuple[str, str, Q]]:
    if olt is None or slot is None or porta is None:
        return []
    quem = Q(splitter__olt=olt, splitter__slot=slot, splitter__porta=porta) | Q(
        splitter__isnull=True, olt=olt, slot_olt=slot, porta_olt=porta
    )
    return [("Mesma porta da OLT", f"{olt.nome} {slot}/{porta}", quem)]


def _contar(pedidos: list) -> dict:
    """Só quem deveria estar no ar: conexão ativa de contrato que presta serviço e não está bloqueado."""
    somas, todos = {}, Q()
    for numero, (conexao, _, _, quem) in enumerate(pedidos):
        outros = quem & ~Q(pk=conexao.pk)
        for conta, online in (("no_ar", True), ("fora", False)):
            somas[f"{conta}_{numero}"] = Count("pk", filter=outros & Q(leitura_de_sessao__online=online))
        sem_leitura = Q(leitura_de_sessao__online__isnull=True)
        somas[f"sem_leitura_{numero}"] = Count("pk", filter=outros & sem_leitura)
        somas[f"lido_em_{numero}"] = Max("leitura_de_sessao__lida_em", filter=outros)
        todos |= quem
    vizinhos = Conexao.objects.filter(
        todos, ativa=True, status=1, etiqueta__contrato__situacao__in=SITUACOES_ATIVAS
    )
    return vizinhos.aggregate(**somas)


def veredito(conexao: Conexao, grupos: list[Grupo]) -> str:
    """A frase que diz se a falha é de um ou de muitos."""
    leitura = getattr(conexao, "leitura_de_sessao", None)
    caido = next((grupo for grupo in grupos if grupo.caido), None)
    if caido:
        return f"Falha de grupo: {caido.fora} de {caido.conhecidos} fora do ar em {caido.onde}."
    if leitura is None or leitura.online is None:
        return "Ainda não se sabe como esta conexão está."
    if leitura.online:
        return "Esta conexão está no ar."
    if not any(grupo.conhecidos >= MINIMO for grupo in grupos):
        return "Poucos vizinhos com leitura: não dá para dizer se a falha é só deste cliente."
    return "Falha só deste cliente: os vizinhos estão no ar."
