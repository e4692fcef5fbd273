"""What every process of Paraph waits for before it begins."""

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow

FOR_FEW = (
    *("PIL", "asn1crypto", "drafthorse", "fontTools", "httpx", "num2words", "pikepdf", "pkcs11"),
    *("psycopg", "pyhanko", "pypdfium2", "python_calamine", "typst", "xlsxwriter"),
)
"""Libraries that few processes need, and then import where they need them; each is a tenth to
a half of a second, and megabytes of memory in every process that serves pages."""
SET_UP = (
    "import sys, paraph.config.wsgi, paraph.config.urls;"
    " print(*sorted(set(sys.argv[1:]) & set(sys.modules)))"
)


def test_no_process_waits_for_what_few_need() -> None:
    own = {"DJANGO_SETTINGS_MODULE": "paraph.config.settings", "DATABASE_URL": ""}
    command = [sys.executable, "-c", SET_UP, *FOR_FEW]

    said = subprocess.run(
        command, env={**os.environ, **own}, capture_output=True, text=True, check=True
    )

    assert said.stdout.split() == []
