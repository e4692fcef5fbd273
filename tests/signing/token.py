"""A token of SoftHSM2 for tests, and whether this machine has one."""

from __future__ import annotations

import subprocess
from pathlib import Path
from shutil import which

import pytest
from pytest_django import Settings

SOFTHSM = Path("/usr/lib/softhsm/libsofthsm2.so")

needs_softhsm = pytest.mark.skipif(
    not (which("softhsm2-util") and SOFTHSM.exists()), reason="needs softhsm2"
)


def fresh_token(settings: Settings, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fresh token of SoftHSM2, as the environment and the settings name it."""
    home = folder.parent / "softhsm"  # one for all: the library reads its configuration once
    home.mkdir(exist_ok=True)
    conf = home / "softhsm2.conf"
    conf.write_text(f"directories.tokendir = {home}\nlog.level = ERROR\n", encoding="ascii")
    monkeypatch.setenv("SOFTHSM2_CONF", str(conf))
    words = ["softhsm2-util", "--init-token", "--free", "--label", folder.name]
    subprocess.run([*words, "--pin", "1234", "--so-pin", "5678"], check=True, capture_output=True)
    settings.PKCS11_MODULE, settings.PKCS11_TOKEN = str(SOFTHSM), folder.name
    settings.PKCS11_PIN = "1234"
