"""A fidelidade (prazo de permanência): até quando vai e quanto custa sair antes. Não lê o banco.

RGC (Res. Anatel 765/2023) e Res. 632/2014, art. 57 a 59: prazo de no máximo doze meses ao consumidor, multa
proporcional ao tempo que falta e nunca maior que o benefício concedido. Os dias de suspensão a pedido não
contam: o fim anda outro tanto.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from contratos.datas import somar_meses
from contratos.dinheiro import arredondar, em_reais


@dataclass(frozen=True, slots=True)
class Fidelidade:
    """`inicio`, `meses` e `beneficio` (reais) do contrato; `dias_suspensos` desde o início."""

    inicio: date | None
    meses: int
    beneficio: Decimal
    dias_suspensos: int = 0

    @property
    def existe(self) -> bool:
        """Se o contrato tem alguma fidelidade, ainda que já cumprida."""
        return self.inicio is not None and self.meses > 0

    @property
    def fim(self) -> date | None:
        """O primeiro dia sem fidelidade."""
        if not self.existe:
            return None
        return somar_meses(self.inicio, self.meses) + timedelta(self.dias_suspensos)

    @property
    def dias_totais(self) -> int:
        """Quantos dias a fidelidade tem, sem os suspensos."""
        return (somar_meses(self.inicio, self.meses) - self.inicio).days if self.existe else 0

    def dias_restantes(self, dia: date) -> int:
        """Quantos faltam cumprir em `dia`, de zero ao total."""
        if not self.existe:
            return 0
        return max(0, min(self.dias_totais, (self.fim - dia).days))

    def adiada(self, dias: int) -> date:
        """Quando acaba, se não contar mais tantos dias."""
        return self.fim + timedelta(dias)

    def multa(self, dia: date) -> Decimal:
        """Quanto custa sair em `dia`: o benefício vezes os dias que faltam, sobre os dias totais."""
        restantes = self.dias_restantes(dia)
        if not restantes or self.beneficio <= 0:
            return Decimal("0.00")
        return min(arredondar(self.beneficio * restantes / self.dias_totais), self.beneficio)

    def formula(self, dia: date) -> str:
        """A conta por extenso, como se lê ao cliente."""
        if not self.existe:
            return "Contrato sem fidelidade: não há multa."
        if not self.dias_restantes(dia):
            return f"Fidelidade cumprida em {self.fim:%d/%m/%Y}: não há multa."
        if self.beneficio <= 0:
            return "A fidelidade não trouxe benefício: não há multa."
        suspensos = f", sem contar {self.dias_suspensos} dias suspensos" if self.dias_suspensos else ""
        return (
            f"{em_reais(self.beneficio)} de benefício × {self.dias_restantes(dia)} dias que faltam ÷ "
            f"{self.dias_totais} dias de fidelidade ({self.inicio:%d/%m/%Y} a "
            f"{self.fim:%d/%m/%Y}{suspensos}) "
            f"= {em_reais(self.multa(dia))}"
        )
