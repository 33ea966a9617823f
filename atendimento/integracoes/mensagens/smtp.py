"""E-mail por SMTP."""

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, parseaddr

from atendimento.integracoes.mensagens.interface import (
    Envelope,
    FalhaDefinitiva,
    FalhaTemporaria,
    Recibo,
)

ESPERA_SEGUNDOS = 15


@dataclass(frozen=True, slots=True)
class Smtp:
    """Um servidor de saída. `seguranca`: `starttls`, `tls` ou `nenhuma`, que só serve a um servidor local."""

    host: str
    porta: int
    remetente: str
    usuario: str = ""
    senha: str = ""
    seguranca: str = "starttls"

    def enviar(self, envelope: Envelope) -> Recibo:
        """Entrega ao servidor. O Message-ID é o da chave: a repetição se reconhece por ele."""
        mensagem = self._mensagem(envelope)
        try:
            with self._conectar() as servidor:
                servidor.send_message(mensagem)
        except smtplib.SMTPResponseException as erro:
            self._falhar(erro.smtp_code)
        except smtplib.SMTPRecipientsRefused as erro:
            self._falhar(next(iter(erro.recipients.values()))[0])
        except (smtplib.SMTPException, OSError) as erro:
            raise FalhaTemporaria(f"O servidor de e-mail não respondeu ({type(erro).__name__}).") from erro
        return Recibo(id_externo=mensagem["Message-ID"])

    def _conectar(self) -> smtplib.SMTP:
        if self.seguranca == "tls":
            servidor: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host, self.porta, timeout=ESPERA_SEGUNDOS, context=ssl.create_default_context()
            )
        else:
            servidor = smtplib.SMTP(self.host, self.porta, timeout=ESPERA_SEGUNDOS)
        try:
            if self.seguranca == "starttls":
                servidor.starttls(context=ssl.create_default_context())
            if self.usuario:
                servidor.login(self.usuario, self.senha)
        except BaseException:
            servidor.close()
            raise
        return servidor

    def _mensagem(self, envelope: Envelope) -> EmailMessage:
        dominio = parseaddr(self.remetente)[1].rpartition("@")[2]
        mensagem = EmailMessage()
        mensagem["From"] = self.remetente
        mensagem["To"] = envelope.destino
        mensagem["Subject"] = " ".join(envelope.assunto.split())
        mensagem["Date"] = formatdate(localtime=True)
        mensagem["Message-ID"] = f"<{envelope.chave}@{dominio}>"
        mensagem["Auto-Submitted"] = "auto-generated"
        mensagem.set_content(envelope.texto)
        return mensagem

    def _falhar(self, codigo: int) -> None:
        if 400 <= codigo < 500:
            raise FalhaTemporaria(f"O servidor de e-mail pediu para tentar depois ({codigo}).")
        raise FalhaDefinitiva(f"O servidor de e-mail recusou a mensagem ({codigo}).")
