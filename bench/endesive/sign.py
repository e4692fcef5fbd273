"""Signs a PDF invisibly with endesive, again and again: ``python sign.py FILE.pdf KEYS.pem
ROUNDS``. Runs with its own packages, and prints the milliseconds of each round."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from unittest.mock import Mock

from cryptography.hazmat.primitives.serialization import load_pem_private_key
from cryptography.x509 import load_pem_x509_certificates

# What endesive verifies with (not measured here) cannot be imported beside OpenSSL 3.0.10 or
# newer, whose version it cannot read.
sys.modules["certvalidator"] = Mock()

from endesive.pdf import cms  # noqa: E402

WARM_UP = 3
WORDS = {
    "aligned": 8192,
    "sigfield": "Endesive",
    "reason": "I agree",
    "signingdate": "20260302120000+00'00'",
}


def main(file: str, keys: str, rounds: str) -> None:
    """Sign the same file so often."""
    content, written = Path(file).read_bytes(), Path(keys).read_bytes()
    key = load_pem_private_key(written, password=None)
    certificate, *chain = load_pem_x509_certificates(written)
    times = []
    for _ in range(WARM_UP + int(rounds)):
        begun = time.perf_counter()
        cms.sign(content, WORDS, key, certificate, chain, "sha256")
        times.append((time.perf_counter() - begun) * 1000)
    print(json.dumps(times[WARM_UP:]))


if __name__ == "__main__":
    main(*sys.argv[1:])
