"""What Paraph is put together from, the same in every installation: apps, middleware, templates,
the log. What an installation can be told is read in ``settings``."""

LIBRARIES = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "django_filters",
    "django_tables2",
    "django_cotton.apps.SimpleAppConfig",
    "template_partials.apps.SimpleAppConfig",
]
# The desk is not among them: it comes before the libraries.
OURS = [
    "paraph.kit",
    "paraph.journal",
    "paraph.people",
    "paraph.messaging",
    "paraph.batches",
    "paraph.contacts",
    "paraph.contacts.exporting",
    "paraph.contacts.importing",
    "paraph.sales",
    "paraph.documents",
    "paraph.signing",
    "paraph.board",
    "paraph.comments",
    "paraph.campaigns",
    "paraph.vault",
    "paraph.digests",
    "paraph.portal",
    "paraph.config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "paraph.people.middleware.ReceivedMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "paraph.people.middleware.PlainTextMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "paraph.people.middleware.SeenMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "paraph.people.middleware.PersonMiddleware",
    "paraph.people.middleware.SetUpMiddleware",
    "paraph.people.middleware.RefusalMiddleware",
]

# Both template packages are loaded by hand: configured automatically together, they would send
# cotton's tags out verbatim.
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "paraph.kit.templating.loader.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
                "django.templatetags.i18n",
                "paraph.kit.templating.words",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "paraph.people.context.can",
                "paraph.desk.context.frame",
            ],
        },
    }
]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "paraph.config.logs.Masked",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"paraph": {"level": "INFO"}},
}
