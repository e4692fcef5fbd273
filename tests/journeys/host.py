"""Does for a journey what no browser does: each script in a fork of one process, set up once.

A line of JSON names the script of this folder and its words; a line of JSON answers what it
said, and what went wrong.
"""

import io
import json
import os
import runpy
import sys
import traceback
from contextlib import redirect_stdout
from importlib import import_module

import django

from paraph.config import secrets

os.environ["DJANGO_SETTINGS_MODULE"] = "paraph.config.settings"


def serve() -> None:
    """Answer one line after the other, until no more comes."""
    secrets.make_missing()
    django.setup()
    import_module("tests.journeys.send")  # brings what all scripts need
    for line in sys.stdin:
        script, *words = json.loads(line)
        if child := os.fork():
            os.waitpid(child, 0)
        else:
            _answer(script, words)


def _answer(script: str, words: list[str]) -> None:
    said, trouble = io.StringIO(), ""
    sys.argv = [script, *words]
    try:
        with redirect_stdout(said):
            runpy.run_module(f"tests.journeys.{script}", run_name="__main__")
    except BaseException:  # whatever it was, the test is to show it
        trouble = traceback.format_exc()
    print(json.dumps({"said": said.getvalue(), "trouble": trouble}), flush=True)
    os._exit(0)


if __name__ == "__main__":
    serve()
