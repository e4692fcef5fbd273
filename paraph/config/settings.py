"""Everything Paraph can be told, read from the environment (docs/reference/settings.md)."""

import os
import secrets
import sys
from pathlib import Path
from urllib.parse import urlsplit

import django_stubs_ext
from csp.constants import NONE, SELF

from paraph.messaging.accounts import MAIL_PROVIDERS

from . import environment as env
from . import parts

django_stubs_ext.monkeypatch()

# django-tables2 would load the whole driver of PostgreSQL for a kind of field that we have not.
sys.modules.setdefault("django.contrib.postgres.fields", None)  # type: ignore[arg-type]  # refuses

# Where it is and what it may use.
ROOT = Path(__file__).resolve().parent.parent.parent
PARAPH_DATA = env.folder("PARAPH_DATA", str(ROOT / "var"))
PARAPH_HOST = env.text("PARAPH_HOST", "127.0.0.1")
PORT = env.number("PORT", 8000)
PARAPH_URL = env.text("PARAPH_URL", f"http://localhost:{PORT}").rstrip("/")
PARAPH_DEMO = env.flag("DEMO", default=True)
PARAPH_KEY_FILE = env.folder("PARAPH_KEY_FILE", str(PARAPH_DATA / "master.key"))
PARAPH_SANDBOX = env.text("PARAPH_SANDBOX", "auto")
PARAPH_LIBREOFFICE = env.text("PARAPH_LIBREOFFICE", "auto")
PARAPH_STANDBY_SECONDS = env.number("PARAPH_STANDBY_SECONDS", 300)
PARAPH_CACHE_MB = env.number("PARAPH_CACHE_MB", 2_000)
PARAPH_TRUST = env.text("PARAPH_TRUST", "")
IS_HTTPS = PARAPH_URL.startswith("https://")

# What it answers to, and what it trusts in front of it.
DEBUG = env.flag("PARAPH_DEBUG")
SECRET_FILE = PARAPH_DATA / "secret.key"
SECRET_KEY = env.text("PARAPH_SECRET_KEY") or (
    SECRET_FILE.read_text(encoding="ascii") if SECRET_FILE.exists() else secrets.token_urlsafe(48)
)
# A foreign Host header would stand in the links of a password reset.
OWN_HOSTS = {urlsplit(PARAPH_URL).hostname or "", "localhost", "127.0.0.1", "[::1]"}
ALLOWED_HOSTS = env.words("PARAPH_HOSTS") or sorted(OWN_HOSTS)
PARAPH_WEB_PROCESSES = env.number("PARAPH_WEB_PROCESSES", os.cpu_count() or 1)
PARAPH_PROXIES = env.number("PARAPH_PROXIES", 0)
CSRF_TRUSTED_ORIGINS = [PARAPH_URL] if IS_HTTPS else []

# What it keeps its rows in, and who does its jobs.
DATABASES = {"default": env.database(env.text("DATABASE_URL"), data=PARAPH_DATA)}
IS_POSTGRESQL = "postgresql" in str(DATABASES["default"]["ENGINE"])
PARAPH_JOBS = env.text("PARAPH_JOBS", "procrastinate" if IS_POSTGRESQL else "embedded")
PARAPH_STALLED_SECONDS = env.number("PARAPH_STALLED_SECONDS", 15)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The desk comes first, so that its pages take the place of allauth's.
INSTALLED_APPS = [
    "paraph.desk",
    *parts.LIBRARIES,
    *(["procrastinate.contrib.django"] if IS_POSTGRESQL else []),
    *parts.OURS,
]
MIDDLEWARE = parts.MIDDLEWARE
TEMPLATES = parts.TEMPLATES
LOGGING = parts.LOGGING
ROOT_URLCONF = "paraph.config.urls"
WSGI_APPLICATION = "paraph.config.wsgi.application"

# Who signs in, and how.
AUTH_USER_MODEL = "people.Employee"
AUTHENTICATION_BACKENDS = [
    "paraph.people.backends.ByPassword",
    "paraph.people.backends.ByAllauth",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "paraph.people.passwords.NotOfThisPlace"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_ADAPTER = "paraph.people.accounts.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Paraph] "
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_HTTPS
MFA_TOTP_ISSUER = "Paraph"
MFA_ADAPTER = "paraph.people.second_factors.SecondFactors"
USERSESSIONS_TRACK_ACTIVITY = True

# The company's own sign-in. Who is let in by it, and as whom, is decided in people.sign_on.
OIDC_ISSUER = env.text("PARAPH_OIDC_ISSUER").rstrip("/")
OIDC_CLIENT_ID = env.text("PARAPH_OIDC_CLIENT_ID")
OIDC_CLIENT_SECRET = env.text("PARAPH_OIDC_CLIENT_SECRET")
OIDC_NAME = env.text("PARAPH_OIDC_NAME", "company account")
OIDC_DOMAINS = env.words("PARAPH_OIDC_DOMAINS")
OIDC_ROLE = env.text("PARAPH_OIDC_ROLE")
SOCIALACCOUNT_PROVIDERS = env.sign_on(
    issuer=OIDC_ISSUER, client_id=OIDC_CLIENT_ID, secret=OIDC_CLIENT_SECRET, name=OIDC_NAME
)
SOCIALACCOUNT_ADAPTER = "paraph.people.sign_on.SignOnAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if IS_HTTPS else "http"

# What it speaks, and its clock.
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "Français"), ("pl", "Polski")]
DEMO_LANGUAGE = env.language("PARAPH_LANGUAGE", known=[code for code, _name in LANGUAGES])
FORMAT_MODULE_PATH = ["paraph.kit.formats"]
LOCALE_PATHS = [ROOT / "paraph" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.text("PARAPH_TIME_ZONE", "Europe/Paris")

# Files: ours for the pages, and those that people bring.
STATIC_URL = "/static/"
STATIC_ROOT = PARAPH_DATA / "static"
STATICFILES_DIRS = [ROOT / "frontend" / "dist"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_MANIFEST_STRICT = False
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(PARAPH_DATA / "files")},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
FONTS = ROOT / "frontend" / "dist" / "fonts"

# 50 MB is what a person may upload; the rest of the request needs a little room.
UPLOAD_BYTES = 50 * 1024 * 1024
PICTURE_BYTES = 3 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "paraph.kit.uploads.BoundedUpload",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "kit_cache",
        # Beyond this, rows that still count are dropped: drafts, and what paces the check page.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# What browsers are told: cookies, https, what a page may load.
SESSION_ENGINE = "paraph.people.sessions"
SESSION_COOKIE_NAME = "__Host-session" if IS_HTTPS else f"session-{PORT}"
CSRF_COOKIE_NAME = "__Host-csrf" if IS_HTTPS else f"csrf-{PORT}"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PARAPH_PROXIES else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        # A form that begins the company's sign-in is redirected there.
        "form-action": [SELF, *env.origins(OIDC_ISSUER)],
        "frame-src": [SELF],
        "frame-ancestors": [NONE],
    }
}

# Who carries our messages. Without them a trial installation uses its Mailbox; any other refuses.
# Messaging stands below people, so it is told here whom to ask whether this is a trial.
TRIAL = "paraph.people.models.is_trial"
SMTP_URL = env.text("PARAPH_SMTP_URL")
SMTP_SECOND_URL = env.text("PARAPH_SMTP_SECOND_URL")  # tried when the first one does not answer
MAIL_PROVIDER = env.one_of("PARAPH_MAIL_PROVIDER", MAIL_PROVIDERS)  # asked before the servers
MAIL_PROVIDER_KEY = env.text("PARAPH_MAIL_PROVIDER_KEY")
MAIL_PROVIDER_SECRET = env.text("PARAPH_MAIL_PROVIDER_SECRET")
MAIL_PROVIDER_URL = env.text("PARAPH_MAIL_PROVIDER_URL")
MAIL_FROM = env.text("PARAPH_MAIL_FROM", "Paraph <paraph@localhost>")
BOUNCES_URL = env.text("PARAPH_BOUNCES_URL")  # where mails to MAIL_FROM arrive
SMS_PROVIDERS = env.words("PARAPH_SMS_PROVIDERS")  # in which order; all that are configured
TWILIO_URL = env.text("PARAPH_TWILIO_URL", "https://api.twilio.com")
TWILIO_ACCOUNT = env.text("PARAPH_TWILIO_ACCOUNT")
TWILIO_TOKEN = env.text("PARAPH_TWILIO_TOKEN")
TWILIO_FROM = env.text("PARAPH_TWILIO_FROM")
SMSAPI_URL = env.text("PARAPH_SMSAPI_URL", "https://api.smsapi.com")
SMSAPI_TOKEN = env.text("PARAPH_SMSAPI_TOKEN")
SMSAPI_FROM = env.text("PARAPH_SMSAPI_FROM")
OVH_URL = env.text("PARAPH_OVH_URL", "https://eu.api.ovh.com")
OVH_SMS_SERVICE = env.text("PARAPH_OVH_SMS_SERVICE")
OVH_APPLICATION_KEY = env.text("PARAPH_OVH_APPLICATION_KEY")
OVH_APPLICATION_SECRET = env.text("PARAPH_OVH_APPLICATION_SECRET")
OVH_CONSUMER_KEY = env.text("PARAPH_OVH_CONSUMER_KEY")
OVH_FROM = env.text("PARAPH_OVH_FROM")
VONAGE_URL = env.text("PARAPH_VONAGE_URL", "https://rest.nexmo.com")
VONAGE_KEY = env.text("PARAPH_VONAGE_KEY")
VONAGE_SECRET = env.text("PARAPH_VONAGE_SECRET")
VONAGE_FROM = env.text("PARAPH_VONAGE_FROM")
GATEWAY_URL = env.text("PARAPH_GATEWAY_URL")
GATEWAY_TOKEN = env.text("PARAPH_GATEWAY_TOKEN")
GATEWAY_FROM = env.text("PARAPH_GATEWAY_FROM")
GATEWAY_BODY = env.text("PARAPH_GATEWAY_BODY", '{"to": "{to}", "text": "{text}"}')
GATEWAY_ID = env.text("PARAPH_GATEWAY_ID", "id")
GATEWAY_REPEATS = env.flag("PARAPH_GATEWAY_REPEATS")
EMAIL_BACKEND = "paraph.messaging.backend.OutgoingRows"
DEFAULT_FROM_EMAIL = MAIL_FROM
PARAPH_REMINDERS = env.text("PARAPH_REMINDERS", "")  # "3 7 2": first after, then every, at most

# Who else stamps the time. Without them the installation's own time stamps stand alone.
TSA_URLS = env.words("PARAPH_TSA_URLS")
TSA_USER = env.text("PARAPH_TSA_USER")
TSA_PASSWORD = env.text("PARAPH_TSA_PASSWORD")
TSA_POLICY = env.text("PARAPH_TSA_POLICY")
IS_CLOCK_STRICT = env.flag("PARAPH_CLOCK_STRICT")
INSIDE_NETWORKS = env.words("PARAPH_INSIDE_NETWORKS")
RENEW_MONTHS = env.number("PARAPH_RENEW_MONTHS", 12)
# Where keys of companies may lie instead: a token that speaks PKCS#11.
PKCS11_MODULE = env.text("PARAPH_PKCS11_MODULE")
PKCS11_TOKEN = env.text("PARAPH_PKCS11_TOKEN")
PKCS11_PIN = env.text("PARAPH_PKCS11_PIN")
