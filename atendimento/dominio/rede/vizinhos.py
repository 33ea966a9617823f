"""Se a falha é só deste cliente ou de quem divide com ele a CTO e a porta da OLT. Só números, nenhum nome."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q

from contratos.enums import SITUACOES_ATIVAS
from contratos.models import Conexao

# Com menos vizinhos do que isto a proporção não diz nada.
MINIMO = 3
# A partir desta parte fora do ar é falha do grupo.
PARTE_FORA = 0.5


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
    grupos = []
    if conexao.splitter_id:
        splitter = conexao.splitter
        grupos.append(_contar(conexao, "Mesma CTO", splitter.nome, Q(splitter=splitter)))
        if splitter.olt_id and splitter.slot is not None and splitter.porta is not None:
            grupos.append(_da_porta(conexao, splitter.olt, splitter.slot, splitter.porta))
    elif conexao.olt_id and conexao.slot_olt is not None and conexao.porta_olt is not None:
        grupos.append(_da_porta(conexao, conexao.olt, conexao.slot_olt, conexao.porta_olt))
    return grupos


def _da_porta(conexao: Conexao, olt, slot: int, porta: int) -> Grupo:
    quem = Q(splitter__olt=olt, splitter__slot=slot, splitter__porta=porta) | Q(
        splitter__isnull=True, olt=olt, slot_olt=slot, porta_olt=porta
    )
    return _contar(conexao, "Mesma porta da OLT", f"{olt.nome} {slot}/{porta}", quem)


def _contar(conexao: Conexao, nome: str, onde: str, quem: Q) -> Grupo:
    """Só quem deveria estar no ar: conexão ativa de contrato que presta serviço e não está bloqueado."""
    vizinhos = Conexao.objects.filter(
        quem, ativa=True, status=1, etiqueta__contrato__situacao__in=SITUACOES_ATIVAS
    ).exclude(pk=conexao.pk)
    soma = vizinhos.aggregate(
        no_ar=Count("pk", filter=Q(leitura_de_sessao__online=True)),
        fora=Count("pk", filter=Q(leitura_de_sessao__online=False)),
        sem_leitura=Count("pk", filter=Q(leitura_de_sessao__online__isnull=True)),
        lido_em=Max("leitura_de_sessao__lida_em"),
    )
    return Grupo(nome, onde, **soma)


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
