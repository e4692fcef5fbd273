"""The signing libraries of others, each with packages of its own, run as programs: they sign
one file with one key again and again, and print the milliseconds of each round as JSON."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from cryptography import x509
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)

from paraph.sealing.credentials import Credential

HERE = Path(__file__).parent
NPM = ("npm", "ci", "--no-audit", "--no-fund")
PASSWORD = b"paraph"
PATIENCE = 300


@dataclass(frozen=True)
class Peer:
    """A library: where it lives, how it is installed, and how it is called."""

    name: str
    folder: Path
    installed: str
    install: Sequence[Sequence[str]]
    command: Sequence[str]
    key: str
    # Whether it can sign the certified file; else it gets the same contract as it came.
    signs_certified: bool


LIBPDF = Peer(
    "@libpdf/core",
    HERE / "libpdf",
    "node_modules",
    [NPM],
    ("node", "sign.mjs"),
    "key.p12",
    signs_certified=True,
)
# Its placeholder reads no cross-reference streams.
SIGNPDF = Peer(
    "@signpdf/signpdf",
    HERE / "signpdf",
    "node_modules",
    [NPM],
    ("node", "sign.mjs"),
    "keys.pem",
    signs_certified=False,
)
# It asks a certification for an entry that PDF leaves optional.
ENDESIVE = Peer(
    "endesive",
    HERE / "endesive",
    ".venv/.installed",
    [
        (sys.executable, "-m", "venv", ".venv"),
        (".venv/bin/pip", "install", "--quiet", "--require-hashes", "-r", "requirements.txt"),
        ("touch", ".venv/.installed"),
    ],
    (".venv/bin/python", "sign.py"),
    "keys.pem",
    signs_certified=False,
)
PEERS = (LIBPDF, SIGNPDF, ENDESIVE)


def write_keys(folder: Path, leaf: Credential, *, issuer: x509.Certificate) -> None:
    """The same key in the forms that the libraries read."""
    bare = leaf.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    chain = issuer.public_bytes(Encoding.PEM)
    (folder / "keys.pem").write_bytes(bare + leaf.pem + chain)
    (folder / "key.p12").write_bytes(
        pkcs12.serialize_key_and_certificates(
            b"key", leaf.private, leaf.certificate, [issuer], BestAvailableEncryption(PASSWORD)
        )
    )


def install(peer: Peer) -> bool:
    """Install a library beside its program; tell whether it is there."""
    try:
        if not (peer.folder / peer.installed).exists():
            for command in peer.install:
                _run(peer, *command)
    except (OSError, subprocess.SubprocessError) as missing:
        print(f"{peer.name} was not measured: {missing}")
        return False
    return True


def milliseconds(peer: Peer, file: Path, *, rounds: int) -> float:
    """The median of the library's rounds; the keys lie beside the file."""
    said = _run(peer, *peer.command, str(file), str(file.parent / peer.key), str(rounds))
    return float(median(json.loads(said)))


def _run(peer: Peer, *command: str) -> str:
    done = subprocess.run(
        command, cwd=peer.folder, capture_output=True, text=True, timeout=PATIENCE, check=True
    )
    return done.stdout
