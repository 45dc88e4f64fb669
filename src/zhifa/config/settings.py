"""Django settings: one file; what differs between installations comes from `environment`."""

from functools import partial
from pathlib import Path
from typing import Any

from django.contrib.messages import constants as message_levels

from zhifa.config import keys
from zhifa.config.environment import Environment, Login, Role, read
from zhifa.config.postgres.cluster import Cluster

ENVIRONMENT: Environment = read()
CONFIG = Path(__file__).parent

DEBUG = False
SECRET_KEY = ENVIRONMENT.secret_key or keys.session_key(ENVIRONMENT.data_dir)
ALLOWED_HOSTS = list(ENVIRONMENT.allowed_hosts) or ["127.0.0.1", "localhost", "[::1]", "testserver"]
ROOT_URLCONF = "zhifa.config.urls"
WSGI_APPLICATION = "zhifa.config.wsgi.application"

_WORKBENCH_APPS = [
    "zhifa.disclosure",
    "zhifa.cases",
    "zhifa.review",
    "zhifa.documents",
    "zhifa.evidence",
    "zhifa.registry",
    "zhifa.accounts",
    "zhifa.journal",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "procrastinate.contrib.django",
    "django.contrib.postgres",
]
_PORTAL_APPS = ["zhifa.portal"]

# A worker that holds the portal's login hands it packages by itself (the local channel).
_HAS_PORTAL = ENVIRONMENT.role in {Role.ALL, Role.PORTAL} or (
    ENVIRONMENT.role is Role.WORKER and (ENVIRONMENT.embedded or ENVIRONMENT.portal is not None)
)
INSTALLED_APPS = [
    "zhifa.config",
    *(_PORTAL_APPS if _HAS_PORTAL else []),
    *(_WORKBENCH_APPS if ENVIRONMENT.role is not Role.PORTAL else []),
    "pgtrigger",
    "django_htmx",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "zhifa.config.middleware.SecurityHeaders",
    *(
        [
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "django_htmx.middleware.HtmxMiddleware",
            "allauth.account.middleware.AccountMiddleware",
            "zhifa.config.middleware.Scope",
            "zhifa.config.middleware.Answers",
            "axes.middleware.AxesMiddleware",
        ]
        if ENVIRONMENT.role is not Role.PORTAL
        else []
    ),
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                *(
                    [
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                        "zhifa.config.desk_context.desk",
                    ]
                    if ENVIRONMENT.role is not Role.PORTAL
                    else []
                ),
                "zhifa.config.context.page",
            ],
        },
    }
]


def _database(login: Login) -> dict[str, object]:
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": login.name,
        "USER": login.user,
        "PASSWORD": login.password,
        "HOST": login.host,
        "PORT": login.port,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "options": "-c lock_timeout=10s -c statement_timeout=60s",
            # Plans are kept, with row security in them (decision 0013).
            "server_side_binding": True,
            "prepare_threshold": 2,
            **({"target_session_attrs": "read-write"} if "," in login.host else {}),
        },
    }


def _logins() -> dict[str, Login]:
    """Return the database aliases of this role; the default is the login the process acts under."""
    if ENVIRONMENT.embedded:
        cluster = Cluster(ENVIRONMENT.data_dir, None)  # its logins only; it is started elsewhere
        kinds = {
            kind: cluster.login(kind) for kind in ("web", "worker", "owner", "auditor", "portal")
        }
    else:
        given = {
            "web": ENVIRONMENT.web,
            "worker": ENVIRONMENT.worker,
            "owner": ENVIRONMENT.owner,
            "auditor": ENVIRONMENT.auditor,
            "portal": ENVIRONMENT.portal,
        }
        kinds = {kind: login for kind, login in given.items() if login}
    acting = {Role.WORKER: "worker", Role.PORTAL: "portal"}.get(ENVIRONMENT.role, "web")
    return {"default": kinds[acting], **kinds}


DATABASES = {alias: _database(login) for alias, login in _logins().items()}
DATABASE_ROUTERS = ["zhifa.config.routers.Pinned"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", **extra}
    for name, extra in (
        (
            "UserAttributeSimilarityValidator",
            {"OPTIONS": {"user_attributes": ("login_name", "name")}},
        ),
        ("MinimumLengthValidator", {"OPTIONS": {"min_length": 10}}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
ACCOUNT_USER_MODEL_USERNAME_FIELD = "login_name"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "zhifa.accounts.adapter.ClosedRegistration"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
# Wrong passwords are counted by axes, below; a whole office signs in from one address.
ACCOUNT_RATE_LIMITS = {"login": "300/m/ip", "login_failed": None}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ADAPTER = "zhifa.accounts.adapter.SecondFactor"
MFA_PASSKEY_LOGIN_ENABLED = False
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.5  # hours
AXES_USERNAME_FORM_FIELD = "username"  # as allauth names it; otherwise everybody is counted as one
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "accounts/locked.html"

SESSION_COOKIE_AGE = 12 * 3600  # one working day
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.production
SECURE_SSL_REDIRECT = ENVIRONMENT.production
SECURE_HSTS_SECONDS = 31_536_000 if ENVIRONMENT.production else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "zhifa.config.views.form_expired"
CSRF_TRUSTED_ORIGINS = [ENVIRONMENT.public_url] if ENVIRONMENT.production else []

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True
DATE_FORMAT, DATETIME_FORMAT = "Y-m-d", "Y-m-d H:i"
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATICFILES_DIRS = [CONFIG / "static"]
WHITENOISE_USE_FINDERS = True  # files come from the installed package; nothing is collected
WHITENOISE_AUTOREFRESH = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_TEMP_DIR = None

MESSAGE_TAGS = {message_levels.ERROR: "danger"}
PROCRASTINATE_ON_APP_READY = None
PROCRASTINATE_DATABASE_ALIAS = "default"

# --- what the rooms are told -----------------------------------------------------------------
STORE_URL = ENVIRONMENT.store_url
DEMO = ENVIRONMENT.demo
# Who signs: the worker. A workbench or a portal on a machine of its own holds no private key.
_SIGNS = ENVIRONMENT.role in {Role.ALL, Role.WORKER}
_LOG = keys.signing_key(ENVIRONMENT, "log") if _SIGNS else None
_PUBLISHER = keys.signing_key(ENVIRONMENT, "publisher") if _SIGNS else None
JOURNAL: dict[str, Any] = {
    "origin": _LOG.name if _LOG else "",
    "signer": _LOG.private if _LOG else "",  # a note signer's key, base for checkpoints
    "log_keys": keys.trusted(ENVIRONMENT.data_dir, "log"),
}
DISCLOSURE: dict[str, Any] = {
    "channel": "zhifa.config.channels.Local",
    "signer": _PUBLISHER.private if _PUBLISHER else "",
}
# How many cases of bodies are not archived: what the registry shows before bodies merge or split.
OPEN_CASES_OF = "zhifa.cases.going_on.open_cases_of"
PORTAL: dict[str, Any] = {
    "folder": str(ENVIRONMENT.data_dir / "portal"),
    "publisher_keys": keys.trusted(ENVIRONMENT.data_dir, "publisher"),
    "log_keys": keys.trusted(ENVIRONMENT.data_dir, "log"),
}
DOCUMENTS: dict[str, Any] = {
    "FONT_DIR": ENVIRONMENT.font_dir,
    "CHECK_URL": f"{ENVIRONMENT.public_url}/verify/",  # the portal's page; a document's token follows
    "SEAL_PROVIDER": "zhifa.documents.seals.DemonstrationSeals",
    "KEYS": partial(keys.read_or_make, ENVIRONMENT.data_dir),
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"zhifa": {"level": "INFO"}},
}
SILENCED_SYSTEM_CHECKS = [
    "security.W008",  # SSL redirect: set in production, where the environment demands https
]
