"""Makes the secrets of a journey's installation, and sets it up; imported by a host alone."""

from importlib import import_module

from paraph.config import secrets

secrets.make_missing()
import_module("tests.installed")
import_module("tests.journeys.send")  # brings what all scripts need
