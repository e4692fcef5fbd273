"""Sets up the installation of the environment for a host; imported for that alone."""

import os

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "paraph.config.settings"
django.setup()
