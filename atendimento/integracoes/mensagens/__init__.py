"""Quem leva cada canal nesta instalação, pelo que o ambiente configurou."""

from django.conf import settings

from atendimento.integracoes.mensagens.gateway import Gateway
from atendimento.integracoes.mensagens.interface import (
    Envelope,
    FalhaDeEnvio,
    FalhaDefinitiva,
    FalhaTemporaria,
    Recibo,
    Transporte,
)
from atendimento.integracoes.mensagens.simulador import Simulador
from atendimento.integracoes.mensagens.smtp import Smtp

__all__ = [
    "Envelope",
    "FalhaDeEnvio",
    "FalhaDefinitiva",
    "FalhaTemporaria",
    "Recibo",
    "Transporte",
    "simulado",
    "transporte_para",
]


def transporte_para(canal: str) -> Transporte:
    """O transporte do canal. Levanta `FalhaDefinitiva` quando a instalação não tem nenhum."""
    if canal == "email" and settings.SMTP_HOST:
        return Smtp(
            settings.SMTP_HOST, settings.SMTP_PORTA, settings.SMTP_REMETENTE, settings.SMTP_USUARIO,
            settings.SMTP_SENHA, settings.SMTP_SEGURANCA,
        )  # fmt: skip
    if canal != "email" and settings.GATEWAY_URL:
        return Gateway(
            settings.GATEWAY_URL, settings.GATEWAY_CREDENCIAL, settings.GATEWAY_HOSTS,
            settings.GATEWAY_REDE_PRIVADA,
        )  # fmt: skip
    if settings.INSTALACAO_LOCAL:
        return Simulador()
    raise FalhaDefinitiva("Este canal não está configurado nesta instalação.")


def simulado(canal: str) -> bool:
    """Se o canal, nesta instalação, só finge enviar: a tela o diz."""
    try:
        return isinstance(transporte_para(canal), Simulador)
    except FalhaDefinitiva:
        return False
