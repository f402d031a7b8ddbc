"""The settings of the site. Each value comes from the environment (docs/operations.md) or is fixed here."""

from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from sisheng.config import environment as env
from sisheng.config.channels import channels

PACKAGE = Path(__file__).resolve().parent.parent
HOME = Path(env.text("SISHENG_HOME", str(PACKAGE.parent / "var"))).absolute()
HOME.mkdir(parents=True, exist_ok=True)


def _secret() -> str:
    """The secret of the site: from the environment, else made once and kept beside the data."""
    if value := env.text("SISHENG_SECRET"):
        if len(value) < 32:
            raise ImproperlyConfigured("SISHENG_SECRET must have at least 32 characters.")
        return value
    from sisheng.config.secret import kept_secret

    return kept_secret(HOME / "secret")


SECRET_KEY = _secret()
DEBUG = env.yes("SISHENG_DEBUG")
# The public name, under which customers come and which stands in QR codes (D2); without one, the same as for staff.
SISHENG_PUBLIC_ORIGIN = env.origin("SISHENG_PUBLIC_ORIGIN")
_PUBLIC = [SISHENG_PUBLIC_ORIGIN] if SISHENG_PUBLIC_ORIGIN else []
ALLOWED_HOSTS = [
    *env.words("SISHENG_HOSTS", "127.0.0.1,localhost,[::1]"),
    *(urlsplit(origin).hostname or "" for origin in _PUBLIC),
]
CSRF_TRUSTED_ORIGINS = [*env.words("SISHENG_ORIGINS"), *_PUBLIC]
IS_BEHIND_TLS = env.yes("SISHENG_TLS")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "sisheng.ground.once",
    "sisheng.ground.events",
    "sisheng.ground.jobs",
    "sisheng.ground.limits",
    "sisheng.ground.search",
    "sisheng.ground.privacy",
    "sisheng.ground.files",
    "sisheng.ground.policies",
    "sisheng.ground.ui",
    "sisheng.mall.directory",
    "sisheng.mall.customers",
    "sisheng.mall.staff",
    "sisheng.cases",
    "sisheng.kit.approvals",
    "sisheng.kit.paper",
    "sisheng.kit.messages",
    "sisheng.kit.evidence",
    "sisheng.kit.presence",
    "sisheng.desk.complaints",
    "sisheng.kit.links",
    "sisheng.desk.followups",
    "sisheng.desk.contacts",
    "sisheng.desk.improvements",
    "sisheng.desk.inquiries",
    "sisheng.desk.knowledge",
    "sisheng.desk.plans",
    "sisheng.desk.praise",
    "sisheng.desk.quality",
    "sisheng.desk.training",
    "sisheng.windows.board",
    "sisheng.windows.book",
    "sisheng.windows.portal",
    "sisheng.windows.reports",
    "sisheng.windows.shops",
    "sisheng.config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "sisheng.mall.staff.public.TwoFrontDoors",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "sisheng.ground.ui.middleware.LoginRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "sisheng.mall.staff.middleware.ActMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "sisheng.config.urls"
WSGI_APPLICATION = "sisheng.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "sisheng.ground.ui.context.page",
            ],
        },
    }
]

DATABASES = {"default": env.database("SISHENG_DATABASE_URL", f"sqlite:///{HOME / 'desk.sqlite3'}")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# A transaction belongs to an action, not to a request: otherwise every page view would be a writer.
ATOMIC_REQUESTS = False

# The tables of config/, loaded by name so that inner rings never import outer ones.
SISHENG_POLICIES = "sisheng.config.policies.POLICIES"
SISHENG_ROLES = "sisheng.config.roles.ROLES"
SISHENG_VISITORS = "sisheng.config.roles.VISITORS"
SISHENG_LINKS = "sisheng.config.roles.LINKS"
SISHENG_LINK_PAGES = "sisheng.config.links.PAGES"
SISHENG_REACTIONS = "sisheng.config.reactions.REACTIONS"
SISHENG_TIMETABLE = "sisheng.config.timetable.TIMETABLE"
SISHENG_RAIL = "sisheng.config.rail.RAIL"
SISHENG_HERE = "sisheng.mall.staff.here.here"
SISHENG_EVENT_WORDING = "sisheng.config.wording.WORDING"
SISHENG_EVENT_VALUES = "sisheng.config.values.VALUES"
SISHENG_PORTAL = "sisheng.config.portal"
SISHENG_QUALITY_SOURCES = "sisheng.config.quality.SOURCES"

# What encrypts personal data (ground/privacy/keys.py): from the environment, else made once and kept beside the data.
SISHENG_DATA_KEYS = env.text("SISHENG_DATA_KEYS")
SISHENG_KEY_FILE = HOME / "keys"
# What signs case files (kit/paper/signing.py): made once.
SISHENG_SIGNING_KEY_FILE = HOME / "signing-key"

# How messages leave the house (ground/channels). Where nothing is set, they wait at the counter.
SISHENG_CHANNELS = channels(
    smtp_url=env.text("SISHENG_SMTP_URL"),
    mail_from=env.text("SISHENG_MAIL_FROM"),
    sms_url=env.text("SISHENG_SMS_URL"),
    sms_key=env.text("SISHENG_SMS_KEY"),
)

TASKS = {"default": {"BACKEND": "sisheng.ground.jobs.backend.Backend"}}

AUTH_USER_MODEL = "staff.Staff"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "/"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SESSION_COOKIE_AGE = 14 * 60 * 60  # one long shift
SESSION_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "sisheng.ground.ui.errors.page_too_old"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_BEHIND_TLS
SECURE_SSL_REDIRECT = IS_BEHIND_TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_BEHIND_TLS else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "sisheng.mall.staff.views.locked_out"
AXES_VERBOSE = False

# No nonce, no eval, nothing inline: the same policy for every page.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale", PACKAGE / "ground" / "locale"]
LANGUAGE_COOKIE_NAME = "language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or env.yes("SISHENG_PLAIN_STATIC")
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
MEDIA_ROOT = HOME / "files"  # encrypted (ground/files): a copy of this folder is worth nothing without the keys
LARGEST_FILE = env.whole("SISHENG_FILE_MB", 20, least=1, most=100) * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["sisheng.ground.files.receiving.IntoMemory"]
DATA_UPLOAD_MAX_NUMBER_FILES = 5
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "class": "sisheng.ground.privacy.scrubbing.Scrubbed",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.text("SISHENG_LOG", "WARNING")},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "pypdf": {"level": "ERROR"},  # what it thinks of a damaged file we say ourselves
    },
}
