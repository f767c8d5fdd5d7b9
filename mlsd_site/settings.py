"""All settings, from the environment; they fail closed.

Without DEBUG the site starts only with a SECRET_KEY, ALLOWED_HOSTS and servers of its own. `dev.py` sets DEBUG and the
addresses of the embedded servers; docs/operations.md lists every variable.
"""

from __future__ import annotations

import os
from datetime import timedelta
from urllib.parse import quote, urlsplit

from celery.schedules import crontab
from django.core.exceptions import ImproperlyConfigured

from interviews.judging.endpoint import BadEndpoint, Endpoint, read
from interviews.webhooks.policy import BadPolicy, Policy
from interviews.webhooks.policy import read as read_webhook_policy
from mlsd_site.account_settings import *  # noqa: F403 (how people log in: a page of its own)
from mlsd_site.api import framework
from mlsd_site.call_servers import read_call_servers
from mlsd_site.environment import BASE_DIR, LOCAL_DIR, development_key, env, secret
from mlsd_site.headers import CONTENT_SECURITY_POLICY as CONTENT_SECURITY_POLICY
from mlsd_site.log_settings import *  # noqa: F403
from mlsd_site.mail_server import read_mail_server
from mlsd_site.retention import retention

DEBUG: bool = env.bool("DEBUG", False)
HTTPS: bool = env.bool("HTTPS", not DEBUG)

SECRET_KEY = secret("SECRET_KEY") or (development_key() if DEBUG else "")
if not DEBUG and len(SECRET_KEY) < 40:
    raise ImproperlyConfigured("Set SECRET_KEY (or SECRET_KEY_FILE) to at least 40 random characters.")

# Keys that were in use before: what they signed or sealed can still be read.
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])

# Whether the admins' pages ask for a second factor; a try on one's own machine does without.
STAFF_SECOND_FACTOR: bool = env.bool("STAFF_SECOND_FACTOR", not DEBUG)

ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"] if DEBUG else [])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])

INSTALLED_APPS = [
    "mlsd_site.accounts",
    "mlsd_site",
    "casebank",
    "whiteboard",
    "interviews",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "rest_framework",
    "drf_spectacular",
    "csp",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "mlsd_site.requests.RequestMiddleware",
    "mlsd_site.proxy.ProxyMiddleware",
    "csp.middleware.CSPMiddleware",
    "mlsd_site.headers.HeadersMiddleware",
    "mlsd_site.machines.MachineMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "mlsd_site.transport.TransportMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "mlsd_site.accounts.lifetimes.LifetimeMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "mlsd_site.accounts.timezones.TimezoneMiddleware",
    "mlsd_site.accounts.staff.StaffMiddleware",
    "mlsd_site.errors.ErrorMiddleware",
    "mlsd_site.api.middleware.ApiMiddleware",
]

ROOT_URLCONF = "mlsd_site.urls"
ASGI_APPLICATION = "mlsd_site.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "mlsd_site" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.debug",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "mlsd_site.accounts.terms.on_pages",
            ],
        },
    },
]

INTERNAL_IPS = ["127.0.0.1", "::1"] if DEBUG else []

# -- Data ------------------------------------------------------------------------------------------------------------
if os.environ.get("DATABASE_HOST") and not os.environ.get("DATABASE_URL"):
    # For deployments that keep the password in a file and so cannot spell a whole URL.
    _password = quote(secret("DATABASE_PASSWORD"), safe="")
    os.environ["DATABASE_URL"] = f"postgresql://app:{_password}@{os.environ['DATABASE_HOST']}/twoloops"
if not os.environ.get("DATABASE_URL") and not DEBUG:
    raise ImproperlyConfigured("Set DATABASE_URL, for example postgresql://user:password@host/database.")
DATABASES = {
    # No persistent connections: under ASGI each request has a thread of its own, which would keep one open.
    "default": env.dj_db_url("DATABASE_URL", "postgresql:///twoloops", conn_max_age=0)
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL: str = env.str("REDIS_URL", "redis://localhost:6379/0")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": env.str("REDIS_PREFIX", "twoloops"),
        "OPTIONS": {"socket_timeout": 2, "socket_connect_timeout": 2},
    }
}
# The prefix of every channel and queue, so that parallel test runs can share one server.
REDIS_PREFIX: str = env.str("REDIS_PREFIX", "twoloops")

# -- Mail ------------------------------------------------------------------------------------------------------------
# What links in mails begin with: where they are written there is no request to ask.
_host = (ALLOWED_HOSTS or ["localhost"])[0].lstrip(".*")
SITE_URL: str = (env.str("SITE_URL", "") or f"http{'s' if HTTPS else ''}://{_host}").rstrip("/")
DEFAULT_FROM_EMAIL: str = env.str("DEFAULT_FROM_EMAIL", "Two Loops <noreply@localhost>")
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = LOCAL_DIR / "mail"
if _mail_server := secret("EMAIL_URL"):
    globals().update(read_mail_server(_mail_server))
EMAIL_TIMEOUT = 10

# -- Cases -----------------------------------------------------------------------------------------------------------
# Who may read a guide again outside of a session; the case bank cannot know (docs/adr/0009).
CASE_CONDUCTED = "interviews.queries.conducted.has_conducted"

# -- Language, time, files -------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
USE_TZ = True
TIME_ZONE = "UTC"
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
VITE_MANIFEST = BASE_DIR / "static" / "build" / ".vite" / "manifest.json"
STATICFILES_DIRS = [path for path in [BASE_DIR / "static" / "build"] if path.is_dir()]
WHITENOISE_USE_FINDERS = DEBUG
if DEBUG:
    STATIC_ROOT.mkdir(exist_ok=True)  # it stays empty here: files are found where they were built
WHITENOISE_AUTOREFRESH = False
WHITENOISE_ALLOW_ALL_ORIGINS = False
# Vite names every asset by its content; those may be kept for ever.
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/assets/.+$"


# -- Celery (reasons and measurements: docs/adr/0004) ------------------------------------------------------------------
def _broker_url(url: str) -> str:
    """Celery's spelling of a Redis URL: redis-py says unix:///path?db=0, kombu redis+socket:///path?virtual_host=0."""
    parts = urlsplit(url)
    return f"redis+socket://{parts.path}?virtual_host=0" if parts.scheme == "unix" else url


CELERY_BROKER_URL = _broker_url(REDIS_URL)
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 120,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_timeout": 5,
    "socket_connect_timeout": 2,
    "global_keyprefix": f"{REDIS_PREFIX}:",
    "max_retries": 1,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 30
CELERY_TASK_SOFT_TIME_LIMIT = 25
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 30
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_ROUTES = {
    "interviews.tasks.score": {"queue": "scoring"},
    # A call may take a minute: workers of their own, so that it holds up neither scores nor clocks.
    "interviews.tasks.judge": {"queue": "judging"},
    # So may a mail server that does not answer.
    "interviews.tasks.send_mail": {"queue": "mail"},
    # And so may the receivers of webhooks; an attempt takes five seconds at most, so mail is not held up.
    "interviews.tasks.send_webhooks": {"queue": "mail"},
    # An archive of much data takes half a minute, and nobody waits for it by the second: one at a time, between mails.
    "mlsd_site.tasks.make_archives": {"queue": "mail"},
}
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE = {
    "tick": {"task": "mlsd_site.tasks.tick", "schedule": timedelta(seconds=10)},
    "purge": {"task": "mlsd_site.tasks.purge", "schedule": crontab(hour=3, minute="*/10")},
    "close-overdue-sessions": {"task": "interviews.tasks.close_overdue", "schedule": timedelta(seconds=2)},
    "nudge-late-scores": {"task": "interviews.tasks.nudge_late_scores", "schedule": timedelta(seconds=5)},
    "tend-the-line": {"task": "interviews.tasks.tend_line", "schedule": timedelta(seconds=2)},
    "reckon-attendance": {"task": "interviews.tasks.reckon_attendance", "schedule": timedelta(seconds=20)},
    "record-ended-sessions": {"task": "interviews.tasks.record_ended", "schedule": timedelta(seconds=60)},
    "send-mail": {"task": "interviews.tasks.send_mail", "schedule": timedelta(seconds=15)},
    "send-webhooks": {"task": "interviews.tasks.send_webhooks", "schedule": timedelta(seconds=10)},
    "make-archives": {"task": "mlsd_site.tasks.make_archives", "schedule": timedelta(seconds=15)},
    "keep-bookings": {"task": "interviews.tasks.keep_bookings", "schedule": timedelta(seconds=30)},
}

# -- The optional judge (docs/adr/0011) --------------------------------------------------------------------------------
# None unless both an address and a model are named. Nothing is sent anywhere without them.
try:
    JUDGE: Endpoint | None = read(os.environ, key=secret("JUDGE_API_KEY"))
except BadEndpoint as error:
    raise ImproperlyConfigured(str(error)) from error

# -- Webhooks (docs/adr/0035) ------------------------------------------------------------------------------------------
try:
    WEBHOOKS: Policy = read_webhook_policy(os.environ, debug=DEBUG)
except BadPolicy as error:
    raise ImproperlyConfigured(str(error)) from error

# -- The call (docs/calls.md) ------------------------------------------------------------------------------------------
# Nothing leaves the server for a call unless one of these is named: no STUN server of somebody else's is a default.
STUN_URLS, TURN_URLS, TURN_SECRET = read_call_servers(env, secret("TURN_SECRET"))
# Whether people's addresses are hidden from each other unless they say otherwise.
RELAY_ONLY: bool = env.bool("RELAY_ONLY", False)

# -- REST ------------------------------------------------------------------------------------------------------------
REST_FRAMEWORK = framework.REST_FRAMEWORK
SPECTACULAR_SETTINGS = framework.SPECTACULAR_SETTINGS
# Of one person, or of one address where nobody is logged in.
API_REQUESTS_PER_MINUTE: int = env.int("API_REQUESTS_PER_MINUTE", 600)

# -- Wiring ----------------------------------------------------------------------------------------------------------
# The case bank proposes what trains a person's weakest step; who scores people tells it which that is.
CASEBANK_WEAKEST_STEP = "interviews.queries.weakest.weakest_step_of"
# What becomes of cases, and who read a guide, goes into the audit log (docs/adr/0038), with the request's number.
CASEBANK_AUDIT = "interviews.audit.cases.record"
AUDIT_REQUEST = "mlsd_site.logs.request_id"

# -- Security --------------------------------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = HTTPS
# The API is refused there instead (transport.py).
SECURE_REDIRECT_EXEMPT = [r"^health/", r"^metrics$", r"^api/"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# Only a proxy of our own may say where a request came from; it must set both headers itself.
BEHIND_PROXY: bool = env.bool("BEHIND_PROXY", False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "mlsd_site.errors.csrf_failure"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_048_576

# -- How long what is kept (docs/privacy.md) ---------------------------------------------------------------------------
RETAIN = retention()

# -- Figures (docs/operations.md) -------------------------------------------------------------------------------------
# Without one /metrics does not exist.
METRICS_TOKEN = secret("METRICS_TOKEN")
