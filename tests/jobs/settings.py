"""A small installation for the job engines: the kit and the errands of the tests, nothing else."""

from paraph.config.settings import *  # noqa: F403
from paraph.config.settings import IS_POSTGRESQL

MIDDLEWARE.clear()  # noqa: F405
TEMPLATES.clear()  # noqa: F405

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    *(["procrastinate.contrib.django"] if IS_POSTGRESQL else []),
    "paraph.kit",
    "paraph.config",
    "tests.jobs",
]
AUTH_USER_MODEL = "auth.User"
PARAPH_SCHEDULE = "tests.jobs.jobs.SCHEDULE"
