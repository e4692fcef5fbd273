"""The acts that change a prepared file: the installation certifies it, each party fills and
signs, its company may seal beside it, the installation closes it, and time stamps follow for
years. Each is one tail to append, and leaves a file that can be validated long after."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Protocol

from paraph.sealing import filling, store, writer
from paraph.sealing.authority import Authority
from paraph.sealing.cms import Signer
from paraph.sealing.company import CompanyMark
from paraph.sealing.credentials import Credential
from paraph.sealing.draft import Paper
from paraph.sealing.fields import Lock
from paraph.sealing.material import Material
from paraph.sealing.model import Act, Plan, Revision
from paraph.sealing.timestamps import TimeStampService
from paraph.sealing.writer import Signature, Writer

FILTER = "/Filter/Adobe.PPKLite"
CERTIFYING = (
    "/Reference[<</Type/SigRef/TransformMethod/DocMDP"
    "/TransformParams<</Type/TransformParams/V/1.2/P 2>>>>]"
)


class CertificateExpired(ValueError):
    """A certificate is used outside the time for which it was issued."""


class NoTimeFieldLeft(ValueError):
    """Every time-stamp field that was prepared has been used."""


class NoSealField(ValueError):
    """No place was prepared in which this party's company could seal."""


class Clock(Protocol):
    """A time-stamp service outside: its tokens, and what speaks for its certificate."""

    @property
    def material(self) -> Material:
        """What a file keeps, so that the tokens can be judged later."""

    @property
    def reserve(self) -> int:
        """Bytes that are enough for one token."""

    def token(self, digest: bytes) -> bytes:
        """A token for a SHA-256 digest; may ask over the network, and may raise."""


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


@dataclass(frozen=True)
class Last:
    """What goes into a file with its closing seal: the evidence, and what is left to enter."""

    evidence: bytes
    reason: str
    entered: Sequence[Act] = ()  # for parties that do not sign in the file


@lru_cache(maxsize=4)
def _service_of(authority: Authority) -> TimeStampService:
    return TimeStampService(authority)


def certify(
    file: Paper, plan: Plan, *, authority: Authority, reason: str, at: datetime
) -> Revision:
    """Seal a prepared file: from here on every late page or attachment is told.

    A file that came with signatures is not ours to certify and stays as it is.
    """
    if plan.certify_field is None:
        return Revision(b"", plan, ())
    desk, paper = Desk(authority, authority.seal, at), Writer(file, plan)
    number = paper.reserve_number()
    paper.set_catalog({"/Perms": f"<</DocMDP {number} 0 R>>"})
    words = _words(authority.seal.name, reason, at)
    _sign(paper, desk, plan.certify_field, number=number, entries=words + CERTIFYING)
    return _attested(paper, desk)


def sign(
    file: Paper,
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
    if not credential.is_valid(at=at):
        raise CertificateExpired(f"The certificate of {credential.name} is not valid now.")
    filling.fill(paper, act)
    lock = Lock(plan.locked_by(act.party))
    entries = _words(credential.name, act.reason, at) + _locking(plan, lock)
    _sign(paper, desk, signature, number=paper.reserve_number(), entries=entries)
    return _attested(paper, desk)


def close(file: Paper, plan: Plan, last: Last, *, authority: Authority, at: datetime) -> Revision:
    """Seal the completed file for good; the evidence lies within the signed bytes."""
    desk, paper = Desk(authority, authority.seal, at), Writer(file, plan)
    for entered in last.entered:
        filling.fill(paper, entered)
    lock = Lock((plan.closing_field,), is_final=True)
    entries = _words(authority.seal.name, last.reason, at) + _locking(plan, lock)
    entries += f"/Paraph_Evidence<{last.evidence.hex()}>"
    number = paper.reserve_number()
    contents = _sign(paper, desk, plan.closing_field, number=number, entries=entries)
    return _attested(paper, desk, contents=contents)


def seal(
    file: Paper, plan: Plan, mark: CompanyMark, *, authority: Authority, at: datetime
) -> Revision:
    """Add a company's own electronic seal beside the signature of who signed for it."""
    field = plan.seal_of(mark.party)
    if field is None:
        raise NoSealField("No place was prepared for the company's seal.")
    identity = mark.identity
    if not identity.is_valid(at=at):
        raise CertificateExpired(f"The certificate of {identity.name} is not valid now.")
    desk, paper = Desk(authority, authority.seal, at), Writer(file, plan)
    entries = _words(identity.name, mark.reason, at) + _locking(plan, Lock((field,)))
    _sign_by(Signer(identity, chain=identity.chain), paper, desk, field=field, entries=entries)
    store.add_material(paper, mark.material)
    return _attested(paper, desk)


def stamp(
    file: Paper, plan: Plan, clock: Clock, *, authority: Authority, at: datetime
) -> Revision:
    """Add a document time stamp from outside, with what is needed to judge it."""
    paper = Writer(file, plan)
    store.add(paper, authority, of=authority.stamper, contents=b"", at=at)
    store.add_material(paper, clock.material)
    _stamp(paper, clock.token, reserve=clock.reserve)
    return Revision(bytes(paper.tail), paper.next_plan, authority.chain)


def renew(file: Paper, plan: Plan, *, authority: Authority, at: datetime) -> Revision:
    """Add a fresh time stamp of our own to a completed file, before the last one ages."""
    return _attested(Writer(file, plan), Desk(authority, authority.seal, at))


def _words(name: str, reason: str, at: datetime) -> str:
    """What the signature dictionary says in words; the time is a claim, the stamp proves it."""
    moment = at.astimezone(UTC).strftime("%Y%m%d%H%M%S")
    said = f"/Name{writer.string(name)}/M(D:{moment}+00'00')"
    return said + (f"/Reason{writer.string(reason)}" if reason else "")


def _locking(plan: Plan, lock: Lock) -> str:
    return (
        f"/Reference[<</Type/SigRef/TransformMethod/FieldMDP/Data {plan.root} 0 R"
        f"/TransformParams<</Type/TransformParams/V/1.2{lock.entries}>>>>]"
    )


def _sign(paper: Writer, desk: Desk, field: str, *, number: int, entries: str) -> bytes:
    """One signature by the desk's credential; answers with what fills its hole."""
    signer = Signer(desk.credential, chain=(desk.authority.issuing.der,))
    return _sign_by(signer, paper, desk, field=field, entries=entries, number=number)


def _sign_by(
    signer: Signer, paper: Writer, desk: Desk, *, field: str, entries: str, number: int = 0
) -> bytes:
    """One PAdES signature with its time stamp; answers with what fills its hole."""
    stamps, number = desk.time_stamps, number or paper.reserve_number()
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
    store.add(paper, desk.authority, of=desk.credential, contents=contents, at=desk.at)
    stamps = desk.time_stamps
    _stamp(paper, lambda digest: stamps.token(digest, desk.at), reserve=stamps.reserve)
    certificates = (desk.credential.der, *desk.authority.chain)
    return Revision(bytes(paper.tail), paper.next_plan, certificates)


def _stamp(paper: Writer, token: Callable[[bytes], bytes], *, reserve: int) -> None:
    """Use the next time-stamp field."""
    if not paper.time_fields:
        raise NoTimeFieldLeft("Every time-stamp field has been used.")
    field, number = paper.time_fields.pop(0), paper.reserve_number()
    paper.set_field(field, {"/V": f"{number} 0 R"})
    kind = f"/Type/DocTimeStamp{FILTER}/SubFilter/ETSI.RFC3161"
    paper.finish(Signature(number, kind, reserve, token))
