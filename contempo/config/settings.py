"""Django settings. What an installation may change is read from the environment, see docs/operator.md."""

import os
from urllib.parse import parse_qs, unquote, urlsplit

from csp.constants import NONE, SELF
from django.urls import reverse_lazy

from contempo.config import logs
from contempo.config.installation import home, secret_key, site_url, trusted_proxies

HOME = home()


def _database(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", unquote(parts.hostname or "")),
        "PORT": str(parts.port or query.pop("port", "")),
        "OPTIONS": {**query, "pool": {"min_size": 1, "max_size": 8, "timeout": 10}},
        "CONN_HEALTH_CHECKS": True,
    }


DEMO = os.environ.get("CONTEMPO_DEMO") == "1"
DEBUG = False
SECRET_KEY = secret_key(HOME)
SITE_URL = site_url()
HTTPS = SITE_URL.startswith("https://")
ALLOWED_HOSTS = [urlsplit(SITE_URL).hostname or "", *([] if HTTPS else ["127.0.0.1", "localhost"])]
CSRF_TRUSTED_ORIGINS = [SITE_URL]

INSTALLED_APPS = [
    "contempo.config",
    "contempo.portal",
    "contempo.agile",
    "contempo.helpdesk",
    "contempo.norms",
    "contempo.questionnaires",
    "contempo.programmes",
    "contempo.network",
    "contempo.people",
    "contempo.web",
    "contempo.core",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_cotton",
    "django_filters",
    "django_htmx",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "contempo.config.middleware.RequestMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "contempo.network.middleware.NetworkMiddleware",
    "contempo.web.refusals.RefusalMiddleware",
]

ROOT_URLCONF = "contempo.config.urls"
WSGI_APPLICATION = "contempo.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django_cotton.cotton_loader.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "django_cotton.templatetags.cotton",
                "contempo.web.templatetags.web",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "contempo.web.context.page",
            ],
        },
    }
]
FORM_RENDERER = "contempo.web.forms.Renderer"

DATABASES = {"default": _database(os.environ.get("DATABASE_URL", "postgresql:///contempo"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "it"
LANGUAGES = [("it", "Italiano"), ("en", "English")]
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = "Europe/Rome"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
FILES_ROOT = HOME / "files"
COLUMNS_ROOT = HOME / "columns"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": FILES_ROOT}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = reverse_lazy("account_login")
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "contempo.people.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
# The password is asked at sign-in but not at registration: our form leaves it out.
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ACCOUNT_FORMS = {
    "login": "contempo.people.forms.SignInForm",
    "signup": "contempo.people.forms.SignUpForm",
    "request_login_code": "contempo.people.forms.AskCodeForm",
    "confirm_login_code": "contempo.people.forms.SignInCodeForm",
    "confirm_email_verification_code": "contempo.people.forms.VerifyAddressForm",
    "confirm_password_reset_code": "contempo.people.forms.ResetCodeForm",
    "add_email": "contempo.people.forms.ChangeAddressForm",
    "change_password": "contempo.people.forms.ChangePasswordForm",
    "set_password": "contempo.people.forms.SetPasswordForm",
    "reset_password": "contempo.people.forms.ForgottenPasswordForm",
    "reset_password_from_key": "contempo.people.forms.NewPasswordForm",
    "reauthenticate": "contempo.people.forms.ConfirmPasswordForm",
}
# Eight digits, written 1234-5678: easy to type on a telephone, hopeless to guess in three tries.
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "dashed": True, "length": 8}
# How many reverse proxies stand before the platform: without it every visitor behind them shares one rate limit.
ALLAUTH_TRUSTED_PROXY_COUNT = trusted_proxies()
MFA_ADAPTER = "contempo.people.adapter.TwoStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Contempo"
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "contempo.people.forms.TwoStepForm",
    "reauthenticate": "contempo.people.forms.ConfirmTwoStepForm",
    "activate_totp": "contempo.people.forms.BeginTwoStepForm",
}
# Rate limits and used one-time codes must be the same for every process: they live in the database.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "people_limit",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

EMAIL_BACKEND = "contempo.core.outbox.backend.OutboxBackend"
DEFAULT_FROM_EMAIL = os.environ.get("MAIL_FROM", "Contempo <contempo@example.org>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# Without SMTP_URL (smtp://user:password@host:port?tls=1) mail is kept and shown on the demo mail page.
SMTP_URL = os.environ.get("SMTP_URL", "")
# Mail for the desk: fetched from a mailbox (imaps://user:password@host/INBOX), or delivered to a listener of ours.
IMAP_URL = os.environ.get("IMAP_URL", "")
MAIL_LISTEN = os.environ.get("MAIL_LISTEN", "")

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "contempo.web.views.csrf_failure"
if HTTPS:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = ["^status$"]
    SECURE_HSTS_SECONDS = 31_536_000
# Whether the other hosts of the body's domain are all on https is not ours to promise to browsers.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"

MAP_TILES_URL = os.environ.get("MAP_TILES_URL", "")
_tiles = f"{urlsplit(MAP_TILES_URL).scheme}://{urlsplit(MAP_TILES_URL).netloc}" if MAP_TILES_URL else None
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:", *([_tiles] if _tiles else [])],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LOGGING = logs.settings()

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
# A sign-in code must not wait until a long job is done.
PROCRASTINATE_WORKER_DEFAULTS = {"concurrency": 4}
