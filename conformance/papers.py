"""Files made by sealing alone, for what an installation of today cannot show: years that
passed, keys that were renewed, and the other ways in which files are written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from pyhanko.sign.fields import MDPPerm

from conformance.samples import Sample
from paraph.sealing import acts
from paraph.sealing.authority import Authority
from paraph.sealing.model import Act, Plan, Prepared
from paraph.sealing.prepare import prepare
from paraph.sealing.prepare_signed import prepare_signed
from tests.sealing import forge, papers
from tests.sealing.test_acts import plainly_written

LATER = (datetime.now(UTC) + timedelta(days=400)).strftime("%Y-%m-%dT%H:%M:%SZ")
SEALS = 2


def long_ago() -> Iterator[Sample]:
    """Acts days apart, a year and more ago: every certificate of an act ran out long since."""
    content = papers.completed(pause=timedelta(days=2))
    yield _sample("long ago: completed", content)


def plain_tables() -> Iterator[Sample]:
    """A file with a plain cross-reference table is continued in its manner."""
    yield _sample("plain table: completed", papers.completed(plainly_written(papers.prepared())))


def after_renewal() -> Iterator[Sample]:
    """The installation's certificates are renewed between two acts."""
    home, ready = papers.authority(), papers.prepared()
    file, plan = papers.certified(ready)
    for years, party in enumerate(papers.PARTIES):
        at = papers.NOON + timedelta(days=400 * years)
        home = home.renewed(at)
        revision = acts.sign(file, plan, papers.act(party), authority=home, at=at)
        file, plan = file + revision.tail, revision.plan
    yield _sample("keys renewed: completed", _closed(file, plan, home, at=at))


def one_signer() -> Iterator[Sample]:
    """Only one party signs."""
    where = [slot for slot in papers.slots() if slot.party == "company"]
    ready = prepare(
        papers.contract(), slots=where, parties=["company"], strip=papers.STRIP, font=papers.FONT
    )
    content = _by_bare_hands(ready, parties=["company"], with_marks=True)
    yield replace(_sample("one signer: completed", content), signatures=1 + SEALS)


def invisible() -> Iterator[Sample]:
    """Nobody has a place on the page: signatures without appearance or fields."""
    yield _sample("invisible: completed", _by_bare_hands(papers.prepared(where=[])))


def brought_with_tables() -> Iterator[Sample]:
    """An upload that came signed and written with a plain table, or with a stream."""
    for words, upload in (("table", forge.paper()), ("stream", papers.prepared(where=[]).pdf)):
        signed = forge.signed(upload)
        ready = prepare_signed(
            signed, slots=papers.slots(page=2), parties=papers.PARTIES, font=papers.FONT
        )
        content = _by_bare_hands(ready, with_marks=True)
        yield Sample(
            f"came signed with a {words}: completed",
            content,
            trust=papers.authority().root_pem + forge.ROOT,
            signatures=len(papers.PARTIES) + 1,
            brought=len(signed),
            moments=(LATER,),
        )


def certified_elsewhere() -> Iterator[Sample]:
    """An upload that somebody else certified for filling in takes signatures without marks."""
    upload = forge.signed(forge.paper(), certify=MDPPerm.FILL_FORMS)
    ready = prepare_signed(upload, slots=[], parties=["company"], font=papers.FONT)
    yield Sample(
        "certified elsewhere: completed",
        _by_bare_hands(ready, parties=["company"]),
        trust=papers.authority().root_pem + forge.ROOT,
        signatures=2,
        brought=len(upload),
        moments=(LATER,),
    )


def _sample(name: str, content: bytes) -> Sample:
    return Sample(
        name,
        content,
        trust=papers.authority().root_pem,
        signatures=len(papers.PARTIES) + SEALS,
        moments=(LATER,),
    )


def _by_bare_hands(
    ready: Prepared[bytes], *, parties: Sequence[str] = papers.PARTIES, with_marks: bool = False
) -> bytes:
    """Certified where it may be, signed by all and closed."""
    home, at = papers.authority(), papers.NOON
    file, plan = papers.certified(ready)
    for party in parties:
        act = papers.act(party) if with_marks else _bare(party)
        revision = acts.sign(file, plan, act, authority=home, at=at)
        file, plan = file + revision.tail, revision.plan
    return _closed(file, plan, home, at=at)


def _bare(party: str) -> Act:
    return Act(party, papers.NAMES[party], f"{party}@example.org")


def _closed(file: bytes, plan: Plan, home: Authority, *, at: datetime) -> bytes:
    closing = acts.close(file, plan, acts.Last(b"{}", "Completed"), authority=home, at=at)
    return file + closing.tail
