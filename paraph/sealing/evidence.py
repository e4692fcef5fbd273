"""What our closing seal says inside a file, in a private entry of its signature dictionary, and
how the parts of an evidence archive are called."""

import json
import re
from collections.abc import Mapping
from typing import Any

FORMAT = "paraph-evidence-archive/2"
SIGNED = "signed.pdf"
ACCOUNT = "evidence.json"
ROOT = "authority.pem"
KEY = "log/key"
CHECKPOINT = "log/checkpoint"
PROOFS = "log/proofs"
ENTRY = re.compile(rb"/Paraph_Evidence<([0-9A-Fa-f]+)>")


def evidence_in(pdf: bytes) -> Mapping[str, Any] | None:  # JSON
    """Return the evidence of the last seal of ours; what it is worth the check of the seal says.

    The entry lies in the signed bytes, so in an unchanged file it is what was sealed.
    """
    found = ENTRY.findall(pdf)
    if not found:
        return None
    content: Mapping[str, Any] = json.loads(bytes.fromhex(found[-1].decode()))
    return content
