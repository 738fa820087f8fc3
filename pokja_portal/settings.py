"""Settings of the portal: one file, and the only reader of the environment.

Variables: DEBUG, DEBUG_PAGES, SECRET_KEY, SECRET_KEY_FALLBACKS, ALLOWED_HOSTS,
CSRF_TRUSTED_ORIGINS, DATABASE_URL, MEDIA_ROOT, FILE_STORE (with AWS_ACCESS_KEY_ID and
AWS_SECRET_ACCESS_KEY where that is S3), UPLOAD_MAX_MB, UPLOAD_UNFINISHED_MAX_MB, EMAIL_URL,
DEFAULT_FROM_EMAIL, PORTAL_URL, HTTPS, ALLOW_HTTP, BEHIND_PROXY, ACCEL_PREFIX, TTE_TRUST_DIR,
PRACTICE_ROOT, PRACTICE_MAX_MB, OPEN_DATA_LICENCE, OPEN_DATA_LICENCE_URL, LOG_FORMAT, SLOW_SECONDS,
METRICS_TOKEN, PROMETHEUS_MULTIPROC_DIR, SECURITY_CONTACT, DATABASE_REPLICA_URL,
REPLICA_AFTER_WRITE_SECONDS, BACKUP_DIR, BACKUP_MAX_AGE_HOURS, PG_BIN_DIR, DATABASE_URL_LATIHAN,
MFA_REQUIRED_ROLES, SPBE_PASSWORDS, SESSION_IDLE_MINUTES. Each has a default that works in
development; outside development an unsafe start is refused (see unsafe.py). Secrets may lie in
files: SECRET_KEY_FILE, SECRET_KEY_FALLBACKS_FILE, DATABASE_URL_FILE, DATABASE_REPLICA_URL_FILE,
EMAIL_URL_FILE, AWS_ACCESS_KEY_ID_FILE, AWS_SECRET_ACCESS_KEY_FILE, METRICS_TOKEN_FILE.
"""

from datetime import timedelta
from pathlib import Path

import environ
from import_export.formats.base_formats import CSV, XLSX

from pokja_portal import env as helpers
from pokja_portal.logs import logging_config
from pokja_portal.stores import file_store
from pokja_portal.unsafe import DEVELOPMENT_KEY, refuse_unsafe_start

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"
VAR_DIR.mkdir(exist_ok=True)  # SQLite makes its file, not the folder

env = environ.Env()

# --- Development or production ---------------------------------------------------------------
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = helpers.secret(env, "SECRET_KEY", DEVELOPMENT_KEY if DEBUG else "")
# Keys of before: what they signed (sessions, links in mails) is still believed. For a change of
# the key put the old one here, run `manage.py perbarui_kunci` (second steps of log-ins), and take
# it out again after a day.
SECRET_KEY_FALLBACKS = helpers.words(helpers.secret(env, "SECRET_KEY_FALLBACKS"))
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"] if DEBUG else [])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
PORTAL_URL = env.str("PORTAL_URL", default="")  # the own address, for links in mails; "" for none
HTTPS = env.bool("HTTPS", default=not DEBUG)
EMAIL_URL = helpers.secret(env, "EMAIL_URL", "spool://" if DEBUG else "smtp://localhost:25")
METRICS_TOKEN = helpers.secret(env, "METRICS_TOKEN")
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(VAR_DIR / "berkas")))
PRACTICE_ROOT = Path(env.str("PRACTICE_ROOT", default=str(VAR_DIR / "latihan")))
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]

if not SECRET_KEY and helpers.is_offline_command():
    SECRET_KEY = helpers.generated_key()
else:
    refuse_unsafe_start(
        debug=DEBUG,
        secret_key=SECRET_KEY,
        secret_key_fallbacks=SECRET_KEY_FALLBACKS,
        allowed_hosts=ALLOWED_HOSTS,
        csrf_trusted_origins=CSRF_TRUSTED_ORIGINS,
        https=HTTPS,
        allow_http=env.bool("ALLOW_HTTP", default=False),
        portal_url=PORTAL_URL,
        email_url=EMAIL_URL,
        metrics_token=METRICS_TOKEN,
        private_folders=(MEDIA_ROOT, PRACTICE_ROOT),
        public_folders=(STATIC_ROOT, *STATICFILES_DIRS),
    )

# --- Applications ----------------------------------------------------------------------------
# django_include_bootstrap stays out: it brings a base.html. Its files come by VendorFinder.
INSTALLED_APPS = [
    "apps.core",
    "apps.regions",
    "apps.audit",
    "apps.accounts",
    "apps.documents",
    "apps.notices",
    "apps.verification",
    "apps.deadlines",
    "apps.reviews",
    "apps.discussion",
    "apps.regulations",
    "apps.pokja",
    "apps.indicators",
    "apps.decrees",
    "apps.work_plans",
    "apps.budgets",
    "apps.evidence",
    "apps.effectiveness",
    "apps.examples",
    "apps.papers",
    "apps.inbox",
    "apps.dashboard",
    "apps.filing",
    "apps.checking",
    "apps.exchange",
    "apps.library",
    "apps.campaign",
    "apps.search",
    "apps.handover",
    "apps.scoring",
    "apps.books",
    "apps.attainment",
    "apps.territory",
    "apps.guides",
    "apps.trail",
    "apps.recap",
    "apps.report_cards",
    "apps.comparison",
    "apps.open_data",
    "apps.api",
    "apps.backup",
    "apps.operations",
    "apps.practice",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",  # the middleware serves them, in development as elsewhere
    "django.contrib.staticfiles",
    "crispy_forms",
    "crispy_bootstrap5",
    "import_export",
    "django_htmx",
    "django_tasks_db",
]

MIDDLEWARE = [
    "apps.operations.middleware.RequestMiddleware",
    # Outside of everything that may refuse a request or answer it alone (host check, static
    # files), so that those answers, too, carry the headers.
    "apps.core.middleware.ContentSecurityPolicyMiddleware",
    "apps.core.middleware.PrivacyHeadersMiddleware",
    "apps.operations.middleware.ProbesMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "pokja_portal.middleware.PageGZipMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "apps.api.middleware.ApiMiddleware",
    "pokja_portal.middleware.FormCharsetMiddleware",
    "apps.core.outages.OutageMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "pokja_portal.middleware.SessionLimitMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "apps.accounts.middleware.SignInMiddleware",
    "apps.practice.middleware.PracticeMiddleware",
    "apps.audit.middleware.RefusalMiddleware",
    "apps.accounts.middleware.PasswordChangeFirstMiddleware",
    "apps.accounts.middleware.SecondFactorFirstMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "apps.core.middleware.ConflictMiddleware",
]
if DEBUG and not env.bool("DEBUG_PAGES", default=False):
    MIDDLEWARE.append("pokja_portal.error_pages.NotFoundMiddleware")
    DEFAULT_EXCEPTION_REPORTER = "pokja_portal.error_pages.OwnReporter"

ROOT_URLCONF = "pokja_portal.urls"
WSGI_APPLICATION = "pokja_portal.wsgi.application"

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
                "apps.core.context.chrome",
                "apps.inbox.context.counts",
                "apps.notices.context.bell",
            ],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- Data ------------------------------------------------------------------------------------
DATABASES = {
    "default": helpers.database_config(
        env.db_url_config(
            helpers.secret(env, "DATABASE_URL", f"sqlite:///{VAR_DIR / 'portal.sqlite3'}")
        )
    )
}
# A copy that PostgreSQL keeps up to date: pages of figures are read from it, but by nobody who
# wrote something a moment ago (apps/operations/replica.py).
REPLICA_AFTER_WRITE_SECONDS = env.int("REPLICA_AFTER_WRITE_SECONDS", default=30)
if _replica := helpers.secret(env, "DATABASE_REPLICA_URL"):
    DATABASES["replica"] = helpers.database_config(env.db_url_config(_replica)) | {
        "TEST": {"MIRROR": "default"}
    }
    DATABASE_ROUTERS = ["apps.operations.replica.ReplicaRouter"]
    MIDDLEWARE.insert(
        MIDDLEWARE.index("apps.practice.middleware.PracticeMiddleware") + 1,
        "apps.operations.replica.ReplicaMiddleware",
    )
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Backups (apps/backup): where they lie, in which folder pg_dump and pg_restore are ("": on the
# path or where Debian keeps them), and an empty PostgreSQL database for restore drills where the
# account may not make one.
BACKUP_DIR = Path(env.str("BACKUP_DIR", default=str(VAR_DIR / "cadangan")))
# When the last good backup is older the administration says so; a nightly one needs a little more
# than a day.
BACKUP_MAX_AGE_HOURS = env.int("BACKUP_MAX_AGE_HOURS", default=26)
PG_BIN_DIR = env.str("PG_BIN_DIR", default="")
DRILL_DATABASE = (
    helpers.database_config(env.db_url("DATABASE_URL_LATIHAN"))
    if env.str("DATABASE_URL_LATIHAN", default="")
    else None
)

# Work off the request waits in the database, so that a restart loses none of it;
# `manage.py db_worker` does it. Enqueued inside a transaction, a task goes with it or not at all.
TASKS = {"default": {"BACKEND": "apps.practice.tasks.RoomBackend", "QUEUES": []}}

# Practice mode: a sample region for each person, in a database and a folder of its own. Losing
# PRACTICE_ROOT is harmless. What a person's room may take on the disk is limited.
PRACTICE_MAX_BYTES = env.int("PRACTICE_MAX_MB", default=100) * 1024 * 1024
PRACTICE_DATABASE = helpers.database_config({"ENGINE": "django.db.backends.sqlite3"})
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "KEY_FUNCTION": "apps.core.practice.cache_key",
    }
}

# --- Files -----------------------------------------------------------------------------------
# Where documents lie: FILE_STORE empty, MEDIA_ROOT; s3://…, S3-compatible storage (stores.py).
# No MEDIA_URL: documents are reached only through a view that checks the caller's scope.
# With ACCEL_PREFIX (an internal nginx location such as "/_berkas/") nginx sends the bytes of a
# folder; those of S3 come through the portal, piece by piece.
ACCEL_PREFIX = env.str("ACCEL_PREFIX", default="")
# A folder of certificates (PEM or DER). Only signatures whose chain leads to one of them have a
# "rantai dikenal"; without it none has. Nothing is ever fetched.
TTE_TRUST_DIR = env.str("TTE_TRUST_DIR", default="")
UPLOAD_MAX_BYTES = env.int("UPLOAD_MAX_MB", default=25) * 1024 * 1024
# What one person's unfinished uploads may take: nobody fills the disk alone.
UPLOAD_UNFINISHED_MAX_BYTES = env.int("UPLOAD_UNFINISHED_MAX_MB", default=250) * 1024 * 1024
# Above this an upload goes to a temporary file: twenty officers sending scans at once must not
# cost twenty scans of memory.
FILE_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "apps.documents.uploadhandlers.RoomyUploadHandler",
]
FILE_UPLOAD_PERMISSIONS = 0o640
# A plan of a hundred activities posts some two thousand fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

STATIC_URL = "static/"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "apps.core.staticfiles.VendorFinder",
]
STORAGES = {
    "default": {
        "BACKEND": "apps.practice.store.PracticeAwareStore",
        "OPTIONS": {
            "real": file_store(
                env.str("FILE_STORE", default=""),
                access_key=helpers.secret(env, "AWS_ACCESS_KEY_ID"),
                secret_key=helpers.secret(env, "AWS_SECRET_ACCESS_KEY"),
            )
        },
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# Admin pages of import_export; the portal's own files follow spec section 7 in apps.exchange.
# The package lets everybody who sees a list import into it unless a permission is named.
IMPORT_EXPORT_FORMATS = [XLSX, CSV]
IMPORT_EXPORT_USE_TRANSACTIONS = True
IMPORT_EXPORT_IMPORT_PERMISSION_CODE = "change"
IMPORT_EXPORT_EXPORT_PERMISSION_CODE = "view"

# --- Language and time -----------------------------------------------------------------------
LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia")]
TIME_ZONE = "Asia/Jakarta"
USE_I18N = True
USE_TZ = True
# Off: a bare {{ year }} or {{ revision }} would print 2.026. Numbers go through our own filters.
USE_THOUSAND_SEPARATOR = False

# --- People ----------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "/masuk/"
LOGIN_REDIRECT_URL = "/beranda/"
LOGOUT_REDIRECT_URL = "/"
_VALIDATORS = "django.contrib.auth.password_validation."
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": _VALIDATORS + "UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "full_name", "email", "office")},
    },
    {"NAME": _VALIDATORS + "MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": _VALIDATORS + "CommonPasswordValidator"},
    {"NAME": _VALIDATORS + "NumericPasswordValidator"},
    {"NAME": "apps.accounts.passwords.IndonesianCommonPasswordValidator"},
    {"NAME": "apps.accounts.passwords.DatesDoNotCountValidator"},
]
# As guides for SPBE do: capital and small letters, digits and signs as well (ASVS advises against).
SPBE_PASSWORDS = env.bool("SPBE_PASSWORDS", default=False)
if SPBE_PASSWORDS:
    AUTH_PASSWORD_VALIDATORS.append({"NAME": "apps.accounts.passwords.CharacterClassesValidator"})
# Whose log-in needs a second step (TOTP): roles, in the words people know them by.
MFA_REQUIRED_ROLES = helpers.roles(
    env.list("MFA_REQUIRED_ROLES", default=[] if DEBUG else ["koordinator", "pusat", "admin"])
)

SESSION_ENGINE = "apps.practice.sessions"
# Absolute: SessionLimitMiddleware fixes the end at log-in, activity does not move it.
SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())
SESSION_IDLE_SECONDS = env.int("SESSION_IDLE_MINUTES", default=60) * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "apps.core.views.csrf_failure"
PASSWORD_RESET_TIMEOUT = int(timedelta(hours=1).total_seconds())

# --- Transport and headers -------------------------------------------------------------------
SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
if HTTPS:  # a name by which browsers take the cookie from this very host only, over HTTPS
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if HTTPS else 0
# Only where a proxy of ours sets (and overwrites) the header; a caller could claim it otherwise.
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Subdomains and the browsers' preload list belong to the owner of the domain, not to one portal.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

# The format of Django 6, so that the own middleware can give way to Django's later.
_SELF = "'self'"
_NONE = "'none'"
SECURE_CSP = {
    "default-src": [_NONE],
    "script-src": [_SELF],
    "style-src": [_SELF],
    "img-src": [_SELF, "data:"],
    "font-src": [_SELF],
    "connect-src": [_SELF],
    "form-action": [_SELF],
    "base-uri": [_NONE],
    "frame-ancestors": [_NONE],
}

# --- Mail and log ----------------------------------------------------------------------------
# spool:// keeps each mail as a file under var/surel, spool:///folder under that folder; the rest as
# in django-environ (smtp://, smtp+tls://user:password@host:587, consolemail://).
vars().update(helpers.mail_config(EMAIL_URL, VAR_DIR / "surel", env.email_url_config))
EMAIL_TIMEOUT = 30  # seconds for each step of the talk with a mail server
# No mail leaves a practice room.
REAL_EMAIL_BACKEND, EMAIL_BACKEND = vars()["EMAIL_BACKEND"], "apps.practice.mail.EmailBackend"
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="portal-pokja@localhost")
# Under which licence provinces open their frozen figures to everybody (/publik/).
OPEN_DATA_LICENCE = env.str(
    "OPEN_DATA_LICENCE", default="CC BY 4.0 (Lisensi Creative Commons Atribusi 4.0)"
)
OPEN_DATA_LICENCE_URL = env.str(
    "OPEN_DATA_LICENCE_URL", default="https://creativecommons.org/licenses/by/4.0/deed.id"
)

# --- Watching the portal ---------------------------------------------------------------------
LOG_FORMAT = env.str("LOG_FORMAT", default="line")  # or json: one object a line
# Requests that take longer are told as a warning.
SLOW_SECONDS = env.float("SLOW_SECONDS", default=2.0)
# Where the processes of one machine put their figures together for /metrik/; prometheus_client
# reads the same variable.
PROMETHEUS_MULTIPROC_DIR = env.str("PROMETHEUS_MULTIPROC_DIR", default="")
# A mail address or a page for whoever finds a weakness: /.well-known/security.txt; "" for none.
SECURITY_CONTACT = env.str("SECURITY_CONTACT", default="")
LOGGING = logging_config(LOG_FORMAT)
