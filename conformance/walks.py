"""Files that come of real actions, from the draft to the closing seal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography.hazmat.primitives.asymmetric import ec
from django.test import override_settings

from conformance.samples import Sample
from paraph.documents.models import Document, Revision, RevisionKind
from paraph.journal import SYSTEM
from paraph.kit import files
from paraph.kit.ids import document_id
from paraph.sealing.model import Plan
from paraph.signing import authority, certificates, queries
from paraph.signing.actions.company_seals import add_company_seal, remove_company_seal
from paraph.signing.actions.fields import replace_fields
from paraph.signing.actions.sending import send_envelope
from paraph.signing.assembly.acting import entered
from paraph.signing.certificate.content import Subject, content_of
from paraph.signing.certificate.typesetting import typeset
from paraph.signing.choices import Placement
from paraph.signing.jobs.lasting import look_around, renew_stamps
from paraph.signing.jobs.sealing import close_envelope
from paraph.signing.models import (
    CompanySeal,
    Envelope,
    Field,
    FieldKind,
    Party,
    Stamping,
    TimeSource,
)
from tests import cast, make
from tests.fakes.trust_centre import PASSWORD, TrustCentre, serving
from tests.moments import NOON
from tests.sealing import forge, papers

# The certificates of acts last 15 minutes: judged only after they have run out.
LATER = timedelta(days=400)
SEALED = {RevisionKind.PREPARED, RevisionKind.ACT, RevisionKind.COMPLETED}


@cache
def company() -> cast.Cast:
    """The people of this process's installation."""
    from conformance.house import is_trial

    return cast.gather(is_trial=is_trial())


def two_signers() -> Iterator[Sample]:
    """Director, then client: after certification, after each act, completed."""
    envelope = make.completed(company())
    first, *others = samples_of(envelope, "two signers")
    yield replace(first, moments=(_moment(datetime.now(UTC)), *first.moments))
    yield from others


def three_signers() -> Iterator[Sample]:
    """Director, then two clients in parallel."""
    drafted = make.draft(company(), parties="Erin > Frank, Grace")
    yield from samples_of(_signed(drafted), "three signers")


def every_kind_of_field() -> Iterator[Sample]:
    """Two documents with every kind of field for each party: values, stamps, initials."""
    documents = [make.document(company().alice, title=title) for title in ("Contract", "Annex")]
    envelope = make.draft(company(), documents=documents)
    replace_fields(envelope, placements=_every_kind(envelope))
    yield from samples_of(_signed(envelope), "every field")


def turned_and_cropped() -> Iterator[Sample]:
    """Pages that are turned and cropped."""
    for rotation in (90, 180, 270):
        paper = papers.contract(2, rotation=rotation, crop=(20, 20, 580, 800))
        size = (780.0, 560.0) if rotation % 180 else (560.0, 780.0)
        envelope = make.draft(company(), documents=[_uploaded(paper, pages=[size] * 2)])
        *_, last = samples_of(_signed(envelope), f"turned by {rotation}")
        yield last


def hundred_pages() -> Iterator[Sample]:
    """A long contract."""
    long = make.document(company().alice, title="Long", pages=100)
    _, _, act, completed = samples_of(
        _signed(make.draft(company(), documents=[long])), "100 pages"
    )
    yield act
    yield completed


def came_signed() -> Iterator[Sample]:
    """Uploads that bring signatures, with and without a time stamp, and their certificate."""
    for words, stamped in (("B-B", False), ("B-T", True)):
        upload = forge.signed(forge.paper(), stamped=stamped)
        document = _uploaded(upload, pages=[make.A4] * 2, was_signed=True)
        envelope = _signed(make.draft(company(), documents=[document]))
        for sample in samples_of(envelope, f"came signed at {words}"):
            if sample.signatures:  # laid out, it has only the signature that it brought
                yield replace(sample, trust=sample.trust + forge.ROOT)
        kept = Revision.objects.get(document=document, kind=RevisionKind.CERTIFICATE)
        yield sample_of(kept, f"certificate of {words}", signatures=2)


def company_seals() -> Iterator[Sample]:
    """The sender's company seals beside its director, by an RSA key and by an EC one."""
    ours, keys = company(), {"RSA": None, "EC": ec.generate_private_key(ec.SECP384R1())}
    for words, key in keys.items():
        with serving() as centre:
            content = centre.container("Ardent SAS", key=key)
            given = certificates.from_file(content, PASSWORD, at=_now())
            add_company_seal(
                ours.company, chain=given.chain, secret=given.secret, by=SYSTEM, at=_now()
            )
            envelope = make.completed(ours, at=_now())
        *_, last = samples_of(envelope, f"company seal {words}")
        trust = last.trust + centre.root_pem
        yield replace(last, trust=trust, signatures=last.signatures + 1)
    for seal in CompanySeal.objects.in_use():
        remove_company_seal(seal, by=SYSTEM, at=_now())


def stamped_outside() -> Iterator[Sample]:
    """Time stamps from outside after each act, and late ones, which the closing waited for."""
    with serving() as centre, override_settings(TSA_URLS=[centre.url]):
        yield _last_of(make.completed(company(), at=_now()), "outside stamps", centre)
        centre.is_down = True
        look_around()
        envelope = make.completed(company(), at=_now())
        centre.is_down = False
        TimeSource.objects.update(asked_at=NOON)
        close_envelope(envelope_id=envelope.pk)
        envelope.refresh_from_db()
        yield _last_of(envelope, "late outside stamps", centre)


def renewed() -> Iterator[Sample]:
    """A completed document with a fresh time stamp of later years."""
    envelope = make.completed(company())
    [document] = queries.documents_of(envelope)
    Stamping.objects.filter(document=document).update(until=_now() + timedelta(days=30))
    renew_stamps()
    *_, last = samples_of(envelope, "renewed")
    content = files.get(document.revisions.get(kind=RevisionKind.RENEWED).sha256)
    yield replace(last, name="renewed: time stamp", content=content)


def _last_of(envelope: Envelope, name: str, centre: TrustCentre) -> Sample:
    *_, last = samples_of(envelope, name)
    return replace(last, trust=last.trust + centre.root_pem)


def _now() -> datetime:
    return datetime.now(UTC)


def typeset_certificates() -> Iterator[Sample]:
    """The page that we typeset ourselves, in each language, before anything is signed."""
    subject = Subject("7K3MQ9ZT4H2BXW8D5", "Contract", 3, "ab" * 32, "Ardent SAS", NOON, False)
    for languages in (("en",), ("fr", "en"), ("pl",)):
        parties = [
            Party(pk=number, name=f"Person {number}", language=language)
            for number, language in enumerate(languages, start=1)
        ]
        page = typeset(content_of(subject, parties)).pdf
        yield Sample(f"typeset in {' and '.join(languages)}", page, profiles=("ua1",))


def samples_of(envelope: Envelope, name: str) -> Iterator[Sample]:
    """Every sealed revision of an envelope's documents, with what was entered by then."""
    for document in queries.documents_of(envelope):
        acts = 0
        for row in document.revisions.filter(kind__in=SEALED).order_by("number"):
            acts += row.kind == RevisionKind.ACT
            seals = int(not document.was_signed) + int(row.kind == RevisionKind.COMPLETED)
            titled = name if document.title == "Contract" else f"{name} in {document.title}"
            step = f"act {acts}" if row.kind == RevisionKind.ACT else str(row.kind)
            yield sample_of(row, f"{titled}: {step}", signatures=acts + seals)


def sample_of(row: Revision, name: str, *, signatures: int) -> Sample:
    """A registered revision as a sample of this installation."""
    is_done = row.kind == RevisionKind.COMPLETED and not row.document.was_signed
    return Sample(
        name,
        files.get(row.sha256),
        trust=b"".join(authority.roots()),
        signatures=signatures,
        values=_entered(row) if is_done else {},
        brought=_brought(row),
        moments=(_moment(datetime.now(UTC) + LATER),),
    )


def _entered(row: Revision) -> dict[str, str]:
    """What everybody typed and ticked, as a form field holds it."""
    fields = Field.objects.filter(document=row.document).select_related("party")
    found = entered(list(fields), plan=Plan.from_json(row.plan))
    ticked = {True: "Yes", False: "Off"}
    return {
        name: ticked[value] if isinstance(value, bool) else value for name, value in found.items()
    }


def _brought(row: Revision) -> int:
    if not row.document.was_signed or row.kind == RevisionKind.CERTIFICATE:
        return 0
    return int(row.document.revisions.get(kind=RevisionKind.ORIGINAL).size)


def _signed(draft: Envelope) -> Envelope:
    """Send, and let everybody sign in their turn."""
    send_envelope(draft, by=company().alice.actor, at=NOON)
    for minutes, party in enumerate(queries.parties_of(draft), start=1):
        first_name = party.name.split()[0]
        make.act(make.party(draft, name=first_name), at=NOON + timedelta(minutes=minutes))
    return Envelope.objects.get(pk=draft.pk)


def _every_kind(envelope: Envelope) -> list[Placement]:
    parties, documents = queries.parties_of(envelope), queries.documents_of(envelope)
    return [
        Placement(party.pk, document.pk, kind, 1, 40 + 270 * column, 100 + 60 * row, 160, 50)
        for document in documents
        for column, party in enumerate(parties)
        for row, kind in enumerate(FieldKind.values)
    ]


def _uploaded(
    content: bytes, *, pages: Sequence[tuple[float, float]], was_signed: bool = False
) -> Document:
    """A document as an upload leaves it."""
    document = Document(
        code=document_id(),
        title="Contract",
        responsible=company().alice,
        pages=[list(size) for size in pages],
        was_signed=was_signed,
        created_at=NOON,
    )
    document.make_searchable("Contract", document.code, sort_by="Contract")
    document.save()
    for number, kind in enumerate((RevisionKind.UPLOADED, RevisionKind.ORIGINAL), start=1):
        Revision.objects.create(
            document=document,
            number=number,
            kind=kind,
            sha256=files.put(content),
            size=len(content),
            created_at=NOON,
        )
    return document


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
