"""Settings of the portal. Everything that differs between machines comes from the environment.

``DATABASE_URL`` and ``REDIS_URL`` are set by the launcher for the embedded default, or by whoever runs the portal.
"""

from pathlib import Path

import environ
import pghistory
from celery.schedules import crontab
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from ecett.settings.logs import logging_config
from ecett.settings.secret import secret_key

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = environ.Env()

VAR_DIR = Path(env("ECETT_VAR", default=str(BASE_DIR / "var")))
DEBUG = env.bool("ECETT_DEBUG", default=False)
# Demo mode: invented people, open demo accounts, mail that never leaves the machine. Only the launcher sets it.
DEMO_MODE = env.bool("ECETT_DEMO", default=False)
SECRET_KEY = secret_key(env, VAR_DIR)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# The address people type: it stands in e-mails, QR codes and certificates.
PORTAL_URL = env("PORTAL_URL", default="http://127.0.0.1:8000").rstrip("/")

INSTALLED_APPS = [
    "ecett.portal",
    "certification",
    "grants",
    "helpdesk",
    "network",
    "trainees",
    "goodpractices",
    "hosts",
    "ecett.accounts",
    "ecett.core",
    "ecett.accounts.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_countries",
    "django_filters",
    "django_fsm",
    "django_htmx",
    "django_prometheus",
    "django_structlog",
    "django_tables2",
    "pgtrigger",
    "pghistory",
    "rules.apps.AutodiscoverRulesConfig",
]

MIDDLEWARE = [
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "ecett.accounts.middleware.PortalLoginRequiredMiddleware",
    "ecett.accounts.middleware.PersonMiddleware",
    "ecett.core.uploads.UploadLimitMiddleware",
    "ecett.core.middleware.AuditContextMiddleware",
    "ecett.core.views.comments.CommentMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]

ROOT_URLCONF = "ecett.urls"
WSGI_APPLICATION = "ecett.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "ecett.core.templatetags.ui",
                "ecett.core.templatetags.slots",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "csp.context_processors.nonce",
                "ecett.core.context_processors.portal",
            ],
        },
    }
]

# ── Database ────────────────────────────────────────────────────────────────────────────────────────────────────
DATABASES = {"default": env.db("DATABASE_URL", default="postgres:///ecett")}
DATABASES["default"].update(
    {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    }
)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# ── Broker, cache, tasks ────────────────────────────────────────────────────────────────────────────────────────
REDIS_URL = env("REDIS_URL", default="redis://127.0.0.1:6379/0")


def _broker_url(url: str) -> str:
    """kombu spells a unix socket ``redis+socket://…?virtual_host=N`` where redis-py says ``unix://…?db=N``."""
    if url.startswith("unix://"):
        path, _mark, query = url.removeprefix("unix://").partition("?")
        number = dict(part.split("=", 1) for part in query.split("&") if "=" in part).get("db", "0")
        return f"redis+socket://{path}?virtual_host={number}"
    return url


CACHES = {
    "default": {
        "BACKEND": "ecett.core.cache.TolerantRedisCache",
        "LOCATION": REDIS_URL,
        # A server that hangs is as good as one that is away.
        "OPTIONS": {"socket_connect_timeout": 2, "socket_timeout": 2},
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
CELERY_BROKER_URL = _broker_url(REDIS_URL)
CELERY_RESULT_BACKEND = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# A worker process is replaced when it has grown or has worked long. The new one has its fonts and styles to read.
CELERY_WORKER_MAX_TASKS_PER_CHILD = 2000
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 400_000  # kB; one that prints and seals takes 180,000
# The connection to the database is kept between tasks as between requests, for CONN_MAX_AGE; ecett/celery.py.
CELERY_DB_REUSE_MAX = CELERY_WORKER_MAX_TASKS_PER_CHILD
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 600,
    # Without them a broker that hangs would hold whoever sends a task, beat among them, for ever.
    "socket_timeout": 5,
    "socket_connect_timeout": 5,
}
CELERY_TASK_TIME_LIMIT = 1800
CELERY_TIMEZONE = "Europe/Brussels"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat" / "schedule")
CELERY_BEAT_SCHEDULE = {
    "sweep-documents": {"task": "ecett.core.tasks.sweep_documents", "schedule": 20.0},
    "sweep-notifications": {"task": "ecett.core.tasks.sweep_notifications", "schedule": 20.0},
    "sweep-certificates": {"task": "certification.tasks.sweep_certificates", "schedule": 20.0},
    "sweep-imports": {"task": "ecett.core.tasks.sweep_imports", "schedule": 60.0},
    "sweep-exports": {"task": "ecett.core.tasks.sweep_exports", "schedule": 60.0},
    "remove-exports": {"task": "ecett.core.tasks.remove_exports", "schedule": crontab(hour=3, minute=23)},
    # Files of pictures that were removed; nobody sees them since then.
    "sweep-attachments": {
        "task": "goodpractices.tasks.sweep_attachments",
        "schedule": crontab(hour=3, minute=31),
    },
    "sweep-pictures": {"task": "ecett.core.tasks.sweep_pictures", "schedule": crontab(hour=3, minute=29)},
    "sweep-proposals": {"task": "helpdesk.tasks.expire_proposals", "schedule": crontab(minute=7)},
    # Which words are rare; after an import of many cards they are counted at once.
    "count-terms-of-hosts": {"task": "hosts.tasks.count_terms", "schedule": crontab(hour=3, minute=11)},
    "count-terms-of-practices": {
        "task": "goodpractices.tasks.count_terms",
        "schedule": crontab(hour=3, minute=13),
    },
    # Each search is due once a day or once a week; who saved it in the evening hears in the evening.
    "search-alerts": {"task": "ecett.accounts.tasks.send_search_alerts", "schedule": crontab(minute=37)},
    # In the evening of a stay's last day the host is asked to confirm the days.
    "ask-attendance": {"task": "trainees.tasks.ask_attendance", "schedule": crontab(hour=17, minute=23)},
    # In the morning teams are asked whether their cards are still right, and silence has its consequences; readers
    # hear which practices have waited too long.
    "remind-readers": {"task": "goodpractices.tasks.remind_readers", "schedule": crontab(hour=7, minute=47)},
    "ask-hosts": {"task": "hosts.tasks.ask_hosts", "schedule": crontab(hour=7, minute=41)},
}
# A document that a worker took and did not finish within this many seconds is taken again.
DOCUMENT_LEASE_SECONDS = env.int("DOCUMENT_LEASE_SECONDS", default=60)

# ── Hosts ───────────────────────────────────────────────────────────────────────────────────────────────────────
# When a team is asked whether its card is still right and what its silence means: days, see hosts/silence.py.
HOST_SILENCE = {
    "ask_after": env.int("HOST_ASK_AFTER_DAYS", default=365),
    "reminders": env.int("HOST_REMINDERS", default=2),
    "remind_every": env.int("HOST_REMIND_EVERY_DAYS", default=21),
    "potential_after": env.int("HOST_POTENTIAL_AFTER_DAYS", default=21),
    "inactive_after": env.int("HOST_INACTIVE_AFTER_DAYS", default=180),
}
# So many of these letters leave on one day: after a large import answers come in numbers that people can read.
HOST_LETTERS_A_DAY = env.int("HOST_LETTERS_A_DAY", default=100)

# ── People ──────────────────────────────────────────────────────────────────────────────────────────────────────
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:home"
ACCOUNT_ADAPTER = "ecett.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_FORMS = {
    "login": "ecett.accounts.forms.LoginForm",
    "signup": "ecett.accounts.forms.SignupForm",
    "add_email": "ecett.accounts.forms.AddEmailForm",
    "change_password": "ecett.accounts.forms.ChangePasswordForm",
    "set_password": "ecett.accounts.forms.SetPasswordForm",
    "reset_password": "ecett.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "ecett.accounts.forms.ResetPasswordKeyForm",
    "reauthenticate": "ecett.accounts.forms.ReauthenticateForm",
}
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO_MODE
# Roles that must sign in with a second factor (waived only in demo mode, with a banner).
SECOND_FACTOR_ROLES = ("helpdesk", "juror", "chair", "secretary", "coordinator", "admin")
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# ── Words ───────────────────────────────────────────────────────────────────────────────────────────────────────
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", _("English")),
    ("fr", _("French")),
    ("nl", _("Dutch")),
    ("es", _("Spanish")),
    ("it", _("Italian")),
]
LANGUAGE_COOKIE_NAME = "language"
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Brussels"
FORMAT_MODULE_PATH = "ecett.settings.formats"
USE_I18N = True
USE_TZ = True

# ── Files ───────────────────────────────────────────────────────────────────────────────────────────────────────
ASSETS_DIR = VAR_DIR / "assets"
STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [path for path in (ASSETS_DIR, BASE_DIR / "static") if path.is_dir()]
STATICFILES_FINDERS = [
    "ecett.core.staticfiles.OwnFilesFinder",
    "ecett.core.staticfiles.PackageFilesFinder",
]
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Pages name a file only by its hash: the other copy would be compressed for nobody.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
KEYS_DIR = Path(env("ECETT_KEYS", default=str(VAR_DIR / "keys")))
# What one person may send: a form's fields, and a file to import.
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
UPLOAD_MAX_BYTES = 50 * 1024 * 1024
# Photographs: what a camera makes today; a picture of so many pixels takes 150 MB for a second. At most so many
# on a card.
PICTURE_MAX_BYTES = env.int("PICTURE_MAX_BYTES", default=20 * 1024 * 1024)
PICTURE_MAX_PIXELS = env.int("PICTURE_MAX_PIXELS", default=50_000_000)
PICTURE_MAX_SIDE = env.int("PICTURE_MAX_SIDE", default=12_000)
HOST_PHOTOS = env.int("HOST_PHOTOS", default=8)
INNOVATION_PICTURES = env.int("INNOVATION_PICTURES", default=6)
# Documents that go with a good practice: how large one is, and how many there are at most.
ATTACHMENT_MAX_BYTES = env.int("ATTACHMENT_MAX_BYTES", default=10 * 1024 * 1024)
PRACTICE_ATTACHMENTS = env.int("PRACTICE_ATTACHMENTS", default=6)

# ── E-mail ──────────────────────────────────────────────────────────────────────────────────────────────────────
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="ECETT <portal@ecett.example>")
# A mail server that hangs delays its letters, not the worker: shorter than the lease of a letter.
EMAIL_TIMEOUT = 30
if env("EMAIL_URL", default=""):
    vars().update(env.email_url("EMAIL_URL"))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(VAR_DIR / "mail")

# ── Security ────────────────────────────────────────────────────────────────────────────────────────────────────
SECURE = PORTAL_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
# What one address may ask of the interface for programmes (/api/v1/), and how many whole lists it may fetch.
API_QUESTIONS_A_MINUTE = env.int("API_QUESTIONS_A_MINUTE", default=120)
EXPORTS_A_MINUTE = env.int("EXPORTS_A_MINUTE", default=20)
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "ecett.core.views.errors.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: []
    for name in ("camera", "geolocation", "microphone", "payment", "usb", "accelerometer", "gyroscope")
}

# ── Pages ───────────────────────────────────────────────────────────────────────────────────────────────────────
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
DJANGO_TABLES2_TEMPLATE = "ui/table.html"
FILTERS_EMPTY_CHOICE_LABEL = None
# "example.org" typed into an address field means https://example.org (Django 6.0's default).
FORMS_URLFIELD_ASSUME_HTTPS = True

# ── Audit and logs ──────────────────────────────────────────────────────────────────────────────────────────────
PGHISTORY_APPEND_ONLY = True
PGHISTORY_DEFAULT_TRACKERS = (pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")
DJANGO_STRUCTLOG_CELERY_ENABLED = True
LOGGING = logging_config(json_lines=not DEBUG)
