"""The security store of a file (DSS): certificates, status answers and lists that a validator
needs when nobody can be asked any more."""

from __future__ import annotations

import hashlib
import zlib
from datetime import datetime

from paraph.sealing import writer
from paraph.sealing.authority import Authority
from paraph.sealing.credentials import Credential
from paraph.sealing.material import Material
from paraph.sealing.model import ValidationData
from paraph.sealing.writer import Writer


def add(
    paper: Writer, authority: Authority, *, of: Credential, contents: bytes, at: datetime
) -> None:
    """Write what is needed to judge a credential's signature, each thing once.

    With the ``contents`` of a signature it gets an entry of its own (VRI).
    """
    known = paper.validation
    certificates = dict(known.certificates)
    responses, lists = dict(known.responses), dict(known.lists)
    for certificate in (*authority.chain, authority.stamper.der):
        _keep(paper, certificates, about=certificate, content=certificate)
    for credential in (authority.stamper, of):
        if fingerprint(credential.der) not in responses:
            proof = authority.proof_for(credential, at=at)
            _keep(paper, responses, about=credential.der, content=proof)
    if fingerprint(authority.issuing.der) not in lists:
        _keep(paper, lists, about=authority.issuing.der, content=authority.lasting_crl)
    number = known.number or paper.reserve_number()
    store = ValidationData(number, certificates, responses, lists, known.related)
    _write(paper, store, contents=contents)


def add_material(paper: Writer, material: Material) -> None:
    """Write what other authorities say of their certificates, each thing once."""
    known = paper.validation
    kept = {"certificates": dict(known.certificates), "responses": dict(known.responses)}
    kept["lists"] = dict(known.lists)
    for name, contents in vars(material).items():
        for content in contents:
            _keep(paper, kept[name], about=content, content=content)
    number = known.number or paper.reserve_number()
    _write(paper, ValidationData(number, **kept, related=known.related), contents=b"")


def _write(paper: Writer, store: ValidationData, *, contents: bytes) -> None:
    if store == paper.validation and not contents:
        return
    paper.put(store.number or 0, _dictionary(store, contents))
    paper.validation = store
    paper.set_catalog({"/DSS": f"{store.number} 0 R"})


def fingerprint(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def _keep(paper: Writer, kept: dict[str, int], *, about: bytes, content: bytes) -> None:
    if (key := fingerprint(about)) not in kept:
        kept[key] = paper.add_stream("/Filter/FlateDecode", zlib.compress(content))


def _dictionary(store: ValidationData, contents: bytes) -> bytes:
    every = (
        writer.references(store.certificates.values()),
        writer.references(store.responses.values()),
        writer.references(store.lists.values()),
    )
    related = store.related
    if contents:
        # ISO 32000-2, 12.8.4.4: the key is SHA-1 of the whole /Contents; nothing rests on it.
        key = hashlib.sha1(contents, usedforsecurity=False).hexdigest().upper()
        related += "/{}<</Cert{}/OCSP{}/CRL{}>>".format(key, *every)
    entries = "/Certs{}/OCSPs{}/CRLs{}".format(*every)
    return f"<</Type/DSS{entries}{f'/VRI<<{related}>>' if related else ''}>>".encode("latin-1")
