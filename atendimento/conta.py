"""Regras de entrada e de dois fatores, ditas ao allauth."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter

from contratos.cifra import cifrar, decifrar

MUITAS_TENTATIVAS = "Muitas tentativas seguidas. Espere alguns minutos e tente de novo."


class AdaptadorDeConta(DefaultAccountAdapter):
    """Ninguém se cadastra sozinho: o administrador cria os usuários e troca a senha esquecida."""

    # Usuário que não existe e senha errada têm a mesma frase: a resposta não diz quem trabalha aqui.
    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": "Usuário ou senha incorretos.",
        "too_many_login_attempts": MUITAS_TENTATIVAS,
        "rate_limited": MUITAS_TENTATIVAS,
        "enter_current_password": "A senha atual não confere.",
        "incorrect_password": "A senha não confere.",
        "incorrect_code": "O código não confere.",
    }

    def is_open_for_signup(self, request):
        """Sempre fechado."""
        return False

    def get_password_change_redirect_url(self, request):
        """De volta à página da conta."""
        return "/conta/"


class AdaptadorDeDoisFatores(DefaultMFAAdapter):
    """Segredos cifrados em repouso, com as mesmas chaves das senhas de conexão."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "O código não confere.",
        "cannot_delete_authenticator": "A verificação em duas etapas não pode ser desligada.",
        "cannot_generate_recovery_codes": "Ligue a verificação em duas etapas antes de gerar códigos.",
    }

    def get_totp_label(self, user):
        """O nome do usuário: nenhum e-mail entra no código QR."""
        return user.get_username()

    def encrypt(self, text):
        """O texto cifrado, como texto."""
        return cifrar(text).decode()

    def decrypt(self, encrypted_text):
        """O segredo em claro, só para conferir um código. Levanta `SegredoIlegivel`."""
        return str(decifrar(encrypted_text.encode()))
