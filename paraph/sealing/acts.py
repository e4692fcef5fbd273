"""The acts that change a prepared file: the installation certifies it, each party fills and
signs, the installation closes it. Each is one tail to append, and leaves a file that can be
validated long after."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from paraph.sealing import appearances, writer
from paraph.sealing.appearances import Obstacle, obstacle_to_showing
from paraph.sealing.authority import Authority
from paraph.sealing.cms import Signer
from paraph.sealing.credentials import Credential
from paraph.sealing.fields import Lock
from paraph.sealing.model import Act, Kind, Plan, Revision, ValidationData
from paraph.sealing.timestamps import TimeStampService
from paraph.sealing.writer import Signature, Writer

FILTER = "/Filter/Adobe.PPKLite"
CERTIFYING = (
    "/Reference[<</Type/SigRef/TransformMethod/DocMDP"
    "/TransformParams<</Type/TransformParams/V/1.2/P 2>>>>]"
)


class NotYours(ValueError):
    """An act touches a field that is not its party's."""


class NoTimeFieldLeft(ValueError):
    """Every time-stamp field that was prepared has been used."""


@dataclass(frozen=True)
class Desk:
    """Who signs with what, at which moment: the surroundings of one act."""

    authority: Authority
    credential: Credential
    at: datetime

    @property
    def time_stamps(self) -> TimeStampService:
        """Our own time-stamp service."""
        return _service_of(self.authority)


@lru_cache(maxsize=4)
def _service_of(authority: Authority) -> TimeStampService:
    return TimeStampService(authority)


def certify(
    file: bytes, plan: Plan, *, authority: Authority, reason: str, at: datetime
) -> Revision:
    """Seal a prepared file: from here on every late page or attachment is told.

    A file that came with signatures is not ours to certify and stays as it is.
    """
    if plan.certify_field is None:
        return Revision(b"", plan, ())
    desk, paper = Desk(authority, authority.seal, at), Writer(file, plan)
    number = paper.reserve_number()
    paper.set_catalog({"/Perms": f"<</DocMDP {number} 0 R>>"})
    words = _words(authority.seal, reason, at)
    _sign(paper, desk, plan.certify_field, number=number, entries=words + CERTIFYING)
    return _attested(paper, desk)


def sign(
    file: bytes,
    plan: Plan,
    act: Act,
    *,
    authority: Authority,
    at: datetime,
    credential: Credential | None = None,
) -> Revision:
    """Fill a party's fields and sign for it with a key that exists for this act alone.

    Who wants to record the certificate before it is used hands in what was issued.
    """
    credential = credential or authority.issue(act.signer_name, act.signer_email, at)
    desk, paper = Desk(authority, credential, at), Writer(file, plan)
    signature = plan.signature_of[act.party]
    _refuse_foreign(plan, act)
    _fill(paper, act, signature)
    lock = Lock(_own_fields(plan, act.party, signature))
    entries = _words(credential, act.reason, at) + _locking(plan, lock)
    _sign(paper, desk, signature, number=paper.reserve_number(), entries=entries)
    return _attested(paper, desk)


def close(
    file: bytes, plan: Plan, *, authority: Authority, evidence: bytes, reason: str, at: datetime
) -> Revision:
    """Seal the completed file for good; the evidence lies within the signed bytes."""
    desk, paper = Desk(authority, authority.seal, at), Writer(file, plan)
    lock = Lock((plan.closing_field,), is_final=True)
    entries = _words(authority.seal, reason, at) + _locking(plan, lock)
    entries += f"/Paraph_Evidence<{evidence.hex()}>"
    number = paper.reserve_number()
    contents = _sign(paper, desk, plan.closing_field, number=number, entries=entries)
    return _attested(paper, desk, contents=contents)


def obstacles_to_entering(plan: Plan, values: Mapping[str, str | bool]) -> dict[str, Obstacle]:
    """Which values cannot be shown in their fields, for the form that takes them."""
    found = {}
    for name, value in values.items():
        if isinstance(value, str) and value:
            obstacle = obstacle_to_showing(plan.fields[name], value, font=plan.font)
            if obstacle:
                found[name] = obstacle
    return found


def _refuse_foreign(plan: Plan, act: Act) -> None:
    for name in (*act.values, *act.pictures):
        if name not in plan.fields or plan.fields[name].party != act.party:
            raise NotYours(f"The field {name!r} does not belong to this party.")


def _own_fields(plan: Plan, party: str, signature: str) -> tuple[str, ...]:
    """What a party's signature freezes, in the words of its field's /Lock."""
    own = (name for name, field in plan.fields.items() if field.party == party)
    return tuple(name for name in own if name != signature) or (signature,)


def _fill(paper: Writer, act: Act, signature: str) -> None:
    for name, value in act.values.items():
        field = paper.fields[name]
        if field.kind == Kind.CHECKBOX:
            state = "/Yes" if value else "/Off"
            paper.set_field(name, {"/V": state, "/AS": state})
        elif value:
            shown = appearances.show_value(paper, field, str(value))
            paper.set_field(name, {"/V": writer.string(str(value)), **_look(shown)})
    for name, png in act.pictures.items():
        if name != signature:
            shown = appearances.show_picture(paper, paper.fields[name], png)
            paper.set_field(name, _look(shown))
    if paper.fields[signature].kind:
        _show_signature(paper, act, signature)


def _show_signature(paper: Writer, act: Act, signature: str) -> None:
    field, png = paper.fields[signature], act.pictures.get(signature)
    if png is None and not act.lines:
        return
    shown = appearances.show_signature(paper, field, png=png, lines=act.lines)
    paper.set_field(signature, _look(shown))


def _look(form: int) -> Mapping[str, str]:
    return {"/AP": f"<</N {form} 0 R>>"}


def _words(credential: Credential, reason: str, at: datetime) -> str:
    """What the signature dictionary says in words; the time is a claim, the stamp proves it."""
    moment = at.astimezone(UTC).strftime("%Y%m%d%H%M%S")
    said = f"/Name{writer.string(credential.name)}/M(D:{moment}+00'00')"
    return said + (f"/Reason{writer.string(reason)}" if reason else "")


def _locking(plan: Plan, lock: Lock) -> str:
    return (
        f"/Reference[<</Type/SigRef/TransformMethod/FieldMDP/Data {plan.root} 0 R"
        f"/TransformParams<</Type/TransformParams/V/1.2{lock.entries}>>>>]"
    )


def _sign(paper: Writer, desk: Desk, field: str, *, number: int, entries: str) -> bytes:
    """One PAdES signature with its time stamp; answers with what fills its hole."""
    signer = Signer(desk.credential, chain=(desk.authority.issuing.der,))
    stamps = desk.time_stamps
    paper.set_field(field, {"/V": f"{number} 0 R"})
    return paper.finish(
        Signature(
            number,
            f"/Type/Sig{FILTER}/SubFilter/ETSI.CAdES.detached{entries}",
            signer.reserve + stamps.reserve,
            lambda digest: signer.sign(
                digest, time_stamp=lambda imprint: stamps.token(imprint, desk.at)
            ),
        )
    )


def _attested(paper: Writer, desk: Desk, *, contents: bytes = b"") -> Revision:
    """Add the security store and a document time stamp.

    At once, after every act: with the time stamp only at the end, the first signer could not
    be judged any more once the 15-minute certificate has run out.
    """
    _store(paper, desk, contents)
    if not paper.time_fields:
        raise NoTimeFieldLeft("Every time-stamp field has been used.")
    field = paper.time_fields.pop(0)
    number, stamps = paper.reserve_number(), desk.time_stamps
    paper.set_field(field, {"/V": f"{number} 0 R"})
    kind = f"/Type/DocTimeStamp{FILTER}/SubFilter/ETSI.RFC3161"
    paper.finish(
        Signature(number, kind, stamps.reserve, lambda digest: stamps.token(digest, desk.at))
    )
    certificates = (desk.credential.der, *desk.authority.chain)
    return Revision(bytes(paper.tail), paper.next_plan, certificates)


def _store(paper: Writer, desk: Desk, contents: bytes) -> None:
    """Write what a validator needs, each certificate and answer once."""
    known, authority = paper.validation, desk.authority
    certificates = dict(known.certificates)
    responses, lists = dict(known.responses), dict(known.lists)
    for certificate in (*authority.chain, authority.stamper.der):
        _keep(paper, certificates, of=certificate, content=certificate)
    for credential in (authority.stamper, desk.credential):
        if fingerprint(credential.der) not in responses:
            proof = authority.proof_for(credential, at=desk.at)
            _keep(paper, responses, of=credential.der, content=proof)
    if fingerprint(authority.issuing.der) not in lists:
        _keep(paper, lists, of=authority.issuing.der, content=authority.lasting_crl)
    number = known.number or paper.reserve_number()
    store = ValidationData(number, certificates, responses, lists)
    paper.put(number, _store_dictionary(store, contents))
    paper.validation = store
    paper.set_catalog({"/DSS": f"{number} 0 R"})


def _keep(paper: Writer, kept: dict[str, int], *, of: bytes, content: bytes) -> None:
    if (key := fingerprint(of)) not in kept:
        kept[key] = paper.add_stream("/Filter/FlateDecode", zlib.compress(content))


def _store_dictionary(store: ValidationData, contents: bytes) -> bytes:
    every = (
        writer.references(store.certificates.values()),
        writer.references(store.responses.values()),
        writer.references(store.lists.values()),
    )
    entries = "/Certs{}/OCSPs{}/CRLs{}".format(*every)
    if contents:
        # ISO 32000-2, 12.8.4.4: the key is SHA-1 of the whole /Contents; nothing rests on it.
        key = hashlib.sha1(contents, usedforsecurity=False).hexdigest().upper()
        entries += "/VRI<</{}<</Cert{}/OCSP{}/CRL{}>>>>".format(key, *every)
    return f"<</Type/DSS{entries}>>".encode("ascii")


def fingerprint(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()
