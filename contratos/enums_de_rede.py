"""Enumerações do que se lê da rede e do que se manda a ela."""

from django.db import models


class IntegracaoDeAcesso(models.TextChoices):
    """Por onde se fala com quem autentica as conexões de um concentrador."""

    NENHUMA = "", "Nenhuma"
    SIMULADA = "simulada", "Simulador"
    FREERADIUS = "freeradius", "FreeRADIUS (SQL e CoA)"


class IntegracaoOptica(models.TextChoices):
    """Por onde se lê o sinal das ONUs de uma OLT."""

    NENHUMA = "", "Nenhuma"
    SIMULADA = "simulada", "Simulador"
    SNMP = "snmp", "SNMP"


class VerboDeRede(models.TextChoices):
    """O que se manda à rede. Provisionar é levar a ela o estado que a conexão tem aqui."""

    PROVISIONAR = "provisionar", "Provisionar"
    DESCONECTAR = "desconectar", "Desconectar sessão"
    REINICIAR = "reiniciar", "Reiniciar equipamento"


class SituacaoDoComando(models.TextChoices):
    """Em que pé está. Recusado é o equipamento que respondeu não; falhou, o que não respondeu."""

    NA_FILA = "na_fila", "Na fila"
    FEITO = "feito", "Feito"
    RECUSADO = "recusado", "Recusado"
    FALHOU = "falhou", "Falhou"


class EstadoDaOnu(models.TextChoices):
    """Como a OLT vê a ONU."""

    ONLINE = "online", "Online"
    SEM_LUZ = "sem_luz", "Sem luz (LOS)"
    SEM_ENERGIA = "sem_energia", "Sem energia (dying gasp)"
    OFFLINE = "offline", "Offline"


# RFC 2866, 5.10 (Acct-Terminate-Cause), nas palavras de quem atende.
CAUSAS = {
    "User-Request": "O equipamento encerrou",
    "Lost-Carrier": "Perdeu o meio (cabo, fibra ou energia)",
    "Lost-Service": "Perdeu o serviço",
    "Idle-Timeout": "Parada sem uso",
    "Session-Timeout": "Tempo máximo da sessão",
    "Admin-Reset": "Desconectada pelo provedor",
    "Admin-Reboot": "Concentrador reiniciado",
    "Port-Error": "Erro na porta",
    "NAS-Error": "Erro no concentrador",
    "NAS-Request": "O concentrador encerrou",
    "NAS-Reboot": "Concentrador reiniciou",
    "Port-Unneeded": "Porta liberada",
    "Port-Preempted": "Porta tomada",
    "Port-Suspended": "Porta suspensa",
    "Service-Unavailable": "Serviço indisponível",
    "Callback": "Rediscagem",
    "User-Error": "Erro do equipamento",
    "Host-Request": "Encerrada pelo destino",
}
# Encerradas de propósito: não dizem que algo caiu.
CAUSAS_DE_PROPOSITO = ("Admin-Reset", "Session-Timeout")


def causa_em_palavras(causa: str) -> str:
    """A causa de uma sessão ter acabado, como se lê; a que não se conhece, como veio."""
    return CAUSAS.get(causa, causa) or "Sem causa informada"
