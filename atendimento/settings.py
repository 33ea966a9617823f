"""Configuração do projeto: tudo o que muda entre instalações vem do ambiente e é lido aqui."""

import os
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP
from jinja2 import StrictUndefined

from atendimento import postgres_embutido
from atendimento.ambiente import booleano, inteiro, lista, opcao, segredo, segredos_locais

BASE_DIR = Path(__file__).resolve().parent.parent
PASTA_VAR = Path(os.environ.get("PASTA_VAR") or BASE_DIR / "var")
PASTA_POSTGRES = PASTA_VAR / "postgres"
PASTA_ANEXOS = PASTA_VAR / "anexos"

DEBUG = booleano("DEBUG", False)
DATABASE_URL = os.environ.get("DATABASE_URL", "")
# Local: demonstração, desenvolvimento ou testes, em 127.0.0.1 e sem TLS. Com um PostgreSQL de
# verdade é produção, a não ser que se diga o contrário.
INSTALACAO_LOCAL = booleano("INSTALACAO_LOCAL", DEBUG or not DATABASE_URL)

_locais = segredos_locais(PASTA_VAR) if INSTALACAO_LOCAL else {}
SECRET_KEY = segredo("CHAVE_SECRETA", _locais)
# Chaves Fernet, a primeira cifra e todas decifram: para girar, ponha a nova na frente.
CHAVES_DE_CIFRA = [c.strip() for c in segredo("CHAVES_DE_CIFRA", _locais).split(",") if c.strip()]

ALLOWED_HOSTS = lista("HOSTS", "127.0.0.1,localhost,[::1]" if INSTALACAO_LOCAL else "")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if not INSTALACAO_LOCAL]
INTERNAL_IPS = ["127.0.0.1"]

INSTALLED_APPS = [
    "perfis",
    "clientes",
    "contratos",
    "atendimento",
    "atendimento.apps.ConfiguracaoDoAdmin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "guardian",
    "pgtrigger",
    "pghistory",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "lucide",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    # Por fora dos que respondem sozinhos (a entrada, o token que falta): valem para toda resposta.
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "atendimento.middleware.SemCopiaNoNavegador",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "atendimento.middleware.FragmentoSemSessao",
    "atendimento.middleware.EntradaObrigatoria",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "atendimento.urls"
WSGI_APPLICATION = "atendimento.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "atendimento.contexto.pagina",
            ],
            "builtins": ["django.templatetags.static", "atendimento.templatetags.icones"],
        },
    },
    {
        "NAME": "quentes",
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates" / "quentes"],
        "OPTIONS": {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True},
    },
]

DATABASES = {
    "default": dj_database_url.parse(
        DATABASE_URL or postgres_embutido.endereco(PASTA_POSTGRES),
        conn_max_age=None,
        conn_health_checks=True,
    )
}
DATABASES["default"].setdefault("OPTIONS", {})
DATABASES["default"]["OPTIONS"].setdefault("application_name", "atendimento")
# O Django não prepara comandos: só têm plano guardado os de `perfis.preparados` e os dos gatilhos, que
# descem sempre os mesmos índices.
DATABASES["default"]["OPTIONS"].setdefault("options", "-c plan_cache_mode=force_generic_plan")
if DATABASES["default"]["ENGINE"] != "django.db.backends.postgresql":
    raise ImproperlyConfigured("DATABASE_URL: só PostgreSQL (postgresql://…) é aceito.")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = inteiro("SESSAO_SEGUNDOS", 12 * 3600, minimo=60)
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "atendimento.views.erros.falha_de_csrf"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not INSTALACAO_LOCAL
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

SECURE_SSL_REDIRECT = booleano("REDIRECIONAR_HTTPS", not INSTALACAO_LOCAL)
# O vigia do servidor pergunta por dentro, sem TLS, e não segue redirecionamentos.
SECURE_REDIRECT_EXEMPT = [r"^saude/$"]
SECURE_HSTS_SECONDS = 0 if INSTALACAO_LOCAL else inteiro("HSTS_SEGUNDOS", 365 * 24 * 3600)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not INSTALACAO_LOCAL
SECURE_REFERRER_POLICY = "same-origin"
# Só atrás de um proxy que apague o cabeçalho vindo de fora.
if booleano("ATRAS_DE_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "object-src": [CSP.NONE],
}

AUTH_USER_MODEL = "perfis.Usuario"
AUTHENTICATION_BACKENDS = [
    "perfis.backends.ContaBackend",
    "perfis.backends.ConcessaoVigenteBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "inicio"
ANONYMOUS_USER_NAME = None
GUARDIAN_RAISE_403 = True
# O backend do guardian está ligado por sua subclasse `ConcessaoVigenteBackend`.
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]

ACCOUNT_ADAPTER = "atendimento.conta.AdaptadorDeConta"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "20/m/ip,5/5m/key",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}
MFA_ADAPTER = "atendimento.conta.AdaptadorDeDoisFatores"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Atendimento"

LANGUAGE_CODE = "pt-br"
USE_I18N = True
TIME_ZONE = os.environ.get("FUSO_HORARIO", "America/Sao_Paulo")
USE_TZ = True
try:
    ZoneInfo(TIME_ZONE)
except (ZoneInfoNotFoundError, ValueError) as erro:
    raise ImproperlyConfigured(f"FUSO_HORARIO={TIME_ZONE!r}: fuso desconhecido.") from erro

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = PASTA_VAR / "static"
WHITENOISE_USE_FINDERS = INSTALACAO_LOCAL
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": PASTA_ANEXOS},
    },
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if INSTALACAO_LOCAL
            else "atendimento.estaticos.Estaticos"
        )
    },
}

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "tarefas"

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# Limites de documento de demonstração e outras escolhas do produto.
NOME_DO_PROVEDOR = os.environ.get("NOME_DO_PROVEDOR", "Conecta Ipê Telecom (fictício)")
# Quantos dias uma solicitação encerrada pode ser reaberta.
REABERTURA_DIAS = inteiro("REABERTURA_DIAS", 7, minimo=1)
ANEXO_MAXIMO_BYTES = inteiro("ANEXO_MAXIMO_MB", 10, minimo=1) * 1024 * 1024
REVELACAO_SEGUNDOS = inteiro("REVELACAO_SEGUNDOS", 30, minimo=1)
# Quanto tempo uma ação começada espera a próxima resposta.
EXECUCAO_EXPIRA_HORAS = inteiro("EXECUCAO_EXPIRA_HORAS", 48, minimo=1)

# Por onde saem as mensagens. Sem servidor configurado, uma instalação local simula, e diz que simulou.
SMTP_HOST = os.environ.get("SMTP_HOST", "")
SMTP_PORTA = inteiro("SMTP_PORTA", 587, minimo=1)
SMTP_USUARIO = os.environ.get("SMTP_USUARIO", "")
SMTP_SENHA = os.environ.get("SMTP_SENHA", "")
SMTP_SEGURANCA = opcao("SMTP_SEGURANCA", "starttls", ("starttls", "tls", "nenhuma"))
SMTP_REMETENTE = os.environ.get("SMTP_REMETENTE", "atendimento@exemplo.net" if INSTALACAO_LOCAL else "")
GATEWAY_URL = os.environ.get("GATEWAY_URL", "")
GATEWAY_CREDENCIAL = os.environ.get("GATEWAY_CREDENCIAL", "")
GATEWAY_HOSTS = lista("GATEWAY_HOSTS")
GATEWAY_REDE_PRIVADA = booleano("GATEWAY_REDE_PRIVADA", False)
if SMTP_HOST and not SMTP_REMETENTE:
    raise ImproperlyConfigured("SMTP_REMETENTE: com SMTP_HOST, diga de que endereço saem as mensagens.")
if GATEWAY_URL and urlsplit(GATEWAY_URL).hostname not in GATEWAY_HOSTS:
    raise ImproperlyConfigured("GATEWAY_HOSTS: o host de GATEWAY_URL não está entre os permitidos.")
if GATEWAY_URL and urlsplit(GATEWAY_URL).scheme != "https" and not GATEWAY_REDE_PRIVADA:
    raise ImproperlyConfigured("GATEWAY_URL: fora da rede privada, só https.")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": os.environ.get("NIVEL_DE_LOG", "WARNING")},
}
