"""A rede do provedor fictício: concentradores, POPs, OLTs, CTOs e condomínios."""

from dataclasses import dataclass, field

from contratos.cifra import cifrar
from contratos.models import Concentrador, Condominio, Olt, PontoDeAcesso, Splitter

CTO_DA_MASSIVA = "CTO-CEN-010"
POP_FORA_DO_AR = "AUR-9.1"

CONCENTRADORES = [
    ("bras-ipe-01", "2001:db8:b::1", "mikrotik", "CCR2216"),
    ("bras-ipe-02", "2001:db8:b::2", "huawei", "NE8000"),
    ("bras-aurora-01", "2001:db8:b::3", "mikrotik", "CCR2116"),
]
# Código, título, concentrador e se está fora do ar.
PONTOS = [
    ("CEN-28.7", "POP Centro", "bras-ipe-01", False),
    ("RUR-3.2", "POP Linha Rural", "bras-ipe-02", False),
    ("AUR-7.1", "POP Aurora", "bras-aurora-01", False),
    (POP_FORA_DO_AR, "POP Aurora Sul", "bras-aurora-01", True),
    ("CEN-RD.1", "Torre da Colina Verde (rádio)", "bras-ipe-02", False),
]
OLTS = [
    ("OLT-CEN-01", "huawei", "MA5800-X7", "CEN-28.7", 7),
    ("OLT-AUR-01", "zte", "C320", "AUR-7.1", 2),
    ("OLT-RUR-01", "fiberhome", "AN5516", "RUR-3.2", 6),
]
# Sigla da CTO, OLT e quantas há; as pares são 1:16, as ímpares 1:8.
CTOS = [("CEN", "OLT-CEN-01", 30), ("AUR", "OLT-AUR-01", 16), ("RUR", "OLT-RUR-01", 8)]
CONDOMINIOS = [
    ("Residencial Manacá", "Rua das Paineiras Lilases, 900 – Vale do Ipê", "Portaria 24 h, bloco A"),
    ("Edifício Jatobá", "Avenida das Acácias Brancas, 55 – Santa Aurora", "Síndica Olívia, apto 101"),
    ("Condomínio Bosque Encantado", "Rua das Bromélias Douradas, 1.200 – Porto Jacarandá", "Guarita"),
]
RESERVADA_A_CENARIOS = ("CTO-CEN-001", "CTO-CEN-002", CTO_DA_MASSIVA)


@dataclass
class Rede:
    """O que existe, por nome, e as portas que ainda estão livres em cada CTO."""

    concentradores: dict[str, Concentrador]
    pontos: dict[str, PontoDeAcesso]
    olts: dict[str, Olt]
    splitters: dict[str, Splitter]
    condominios: list[Condominio]
    _usadas: dict[str, int] = field(default_factory=dict)

    def porta_livre(self, splitter: Splitter) -> int | None:
        """A próxima porta livre do splitter, ou `None` quando está cheio."""
        porta = self._usadas.get(splitter.nome, 0) + 1
        if porta > splitter.razao:
            return None
        self._usadas[splitter.nome] = porta
        return porta

    def splitter_com_porta(self, sigla: str) -> tuple[Splitter, int]:
        """Uma CTO da sigla com porta livre, fora as dos cenários. Levanta `LookupError` se não há."""
        for nome, splitter in self.splitters.items():
            if nome.startswith(f"CTO-{sigla}-") and nome not in RESERVADA_A_CENARIOS:
                porta = self.porta_livre(splitter)
                if porta:
                    return splitter, porta
        raise LookupError(f"CTO-{sigla}: não há porta livre na rede da demonstração.")


def criar_rede() -> Rede:
    """Cria a rede inteira."""
    concentradores = {
        nome: Concentrador.objects.create(
            nome=nome, ip=ip, fabricante=fabricante, modelo=modelo, segredo=cifrar(f"radius-{nome}")
        )
        for nome, ip, fabricante, modelo in CONCENTRADORES
    }
    pontos = {
        codigo: PontoDeAcesso.objects.create(
            codigo=codigo, titulo=titulo, concentrador=concentradores[concentrador], fora_do_ar=fora
        )
        for codigo, titulo, concentrador, fora in PONTOS
    }
    olts = {
        nome: Olt.objects.create(
            nome=nome, fabricante=fabricante, modelo=modelo, ponto_de_acesso=pontos[ponto], slots=slots
        )
        for nome, fabricante, modelo, ponto, slots in OLTS
    }
    condominios = [
        Condominio.objects.create(
            nome=nome, endereco=endereco, sindico=sindico, regras="Visita com hora marcada; identificar-se."
        )
        for nome, endereco, sindico in CONDOMINIOS
    ]
    return Rede(concentradores, pontos, olts, _criar_ctos(olts), condominios)


def _criar_ctos(olts: dict[str, Olt]) -> dict[str, Splitter]:
    ctos = {}
    for sigla, nome_da_olt, quantas in CTOS:
        olt = olts[nome_da_olt]
        for numero in range(1, quantas + 1):
            nome = f"CTO-{sigla}-{numero:03d}"
            ctos[nome] = Splitter.objects.create(
                nome=nome,
                razao=8 if numero % 2 else 16,
                olt=olt,
                slot=numero % olt.slots + 1,
                porta=numero % 16,
                endereco=f"Poste {numero * 7} da rede {sigla}",
            )
    return ctos
