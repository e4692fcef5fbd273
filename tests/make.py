"""Builders: they walk through real actions, so that no test begins in an impossible state."""

import io
import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache

import pikepdf
from PIL import Image, ImageDraw

from paraph.documents.models import Document, Revision, RevisionKind
from paraph.kit import files
from paraph.kit.ids import document_id
from paraph.messaging.models import Message
from paraph.people.models import Employee
from paraph.signing import queries, rules
from paraph.signing.access import open_link, open_session
from paraph.signing.actions.approving import approve
from paraph.signing.actions.arranging import arrange
from paraph.signing.actions.ceremony import attach_file, press_sign, save_value
from paraph.signing.actions.drafting import choose_parties, create_draft
from paraph.signing.actions.fields import replace_fields
from paraph.signing.actions.proving import enter_code, request_code
from paraph.signing.actions.sending import send_envelope
from paraph.signing.choices import Origin, PartyChoice, Placement
from paraph.signing.models import (
    Act,
    Channel,
    Envelope,
    Field,
    FieldKind,
    Link,
    Party,
    PartyRole,
    SigningSession,
)
from tests.cast import Cast
from tests.moments import NOON

HERE = Origin(ip="192.0.2.7", user_agent="Firefox")
TERMS = "I agree to sign electronically."
A4 = (595.0, 842.0)


@cache
def pdf(*, pages: int = 1, text: str = "Contract") -> bytes:
    """Return a small PDF with a line of text on each page."""
    document = pikepdf.new()
    for number in range(1, pages + 1):
        document.add_blank_page(page_size=A4)
        page = document.pages[-1]
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        line = f"BT /F1 14 Tf 72 760 Td ({text}, page {number}) Tj ET"
        page.Contents = document.make_stream(line.encode())
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


@cache
def png(*, word: str = "scrawl") -> bytes:
    """Return a transparent picture of something written by hand."""
    picture = Image.new("RGBA", (240, 80), (0, 0, 0, 0))
    ImageDraw.Draw(picture).line([(10, 60), (80, 15), (130, 65), (230, 20)], (20, 30, 90), 4)
    picture.info["comment"] = word
    written = io.BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()


def document(owner: Employee, *, title: str = "Contract", pages: int = 1) -> Document:
    """Make a document as an upload leaves it, without the sandbox that it takes."""
    content = pdf(pages=pages, text=title)
    made = Document(
        code=document_id(),
        title=title,
        responsible=owner,
        pages=[list(A4)] * pages,
        created_at=NOON,
    )
    made.make_searchable(title, made.code, sort_by=title)
    made.save()
    for number, kind in enumerate((RevisionKind.UPLOADED, RevisionKind.ORIGINAL), start=1):
        Revision.objects.create(
            document=made,
            number=number,
            kind=kind,
            sha256=files.put(content),
            size=len(content),
            created_at=NOON,
        )
    return made


def draft(
    cast: Cast,
    *,
    parties: str = "Erin > Frank",
    title: str = "Contract",
    documents: Sequence[Document] = (),
    needed: Mapping[int, int | None] | None = None,
    at: datetime = NOON,
) -> Envelope:
    """Make a draft of Alice's that is ready to be sent.

    ``parties``: ``>`` separates those who act one after another, a comma those who act
    in parallel; ``Grace?`` only approves, ``Grace+`` gets a copy. Every signer has a signature
    field on the first page. ``needed`` says of which group how many are enough.
    """
    enclosed = list(documents) or [document(cast.alice, title=title)]
    envelope = create_draft(
        title, responsible=cast.alice, documents=enclosed, by=cast.alice.actor, at=at
    )
    choices = [
        _choice(cast, name.strip(), group)
        for group, names in enumerate(parties.split(">"), start=1)
        for name in names.split(",")
    ]
    choose_parties(envelope, company=cast.company, parties=choices, by=cast.alice.actor, at=at)
    replace_fields(envelope, placements=_signature_fields(envelope))
    if needed:
        arrange(envelope, needed=needed, may_hand_over=False)
    return envelope


def sent(
    cast: Cast,
    *,
    parties: str = "Erin > Frank",
    needed: Mapping[int, int | None] | None = None,
    may_hand_over: bool = False,
    at: datetime = NOON,
) -> Envelope:
    """Make an envelope that was sent; its first in line are asked."""
    envelope = draft(cast, parties=parties, at=at)
    arrange(envelope, needed=needed or {}, may_hand_over=may_hand_over)
    send_envelope(envelope, by=cast.alice.actor, at=at)
    return Envelope.objects.get(pk=envelope.pk)


def party(envelope: Envelope, *, name: str) -> Party:
    """Find a party by first name, as it is now."""
    return Party.objects.select_related("envelope").get(
        envelope=envelope, name__startswith=f"{name} "
    )


def newest_letter(party: Party, *, kind: str = "") -> Message:
    """Return what was last written to a party."""
    letters = Message.objects.about("party", party.pk)
    return (letters.filter(kind=kind) if kind else letters).order_by("-id")[0]


def token(party: Party, *, kind: str = "") -> str:
    """Return the token of the link in the party's letter, as its reader would follow it."""
    letters = Message.objects.about("party", party.pk).order_by("-id")
    sought = "[sf]" if kind else "s"
    for letter in letters.filter(kind=kind) if kind else letters:
        if found := re.search(rf"/{sought}/([\w-]+)/", letter.text):
            return found[1]
    raise AssertionError("There is no link in the letters.")


def link(party: Party, *, at: datetime = NOON) -> Link:
    """Follow the link of the party's letter."""
    return open_link(token(party), at=at)


def digits(party: Party) -> str:
    """Return the code of the party's newest letter."""
    found = re.search(r"\b\d{6}\b", newest_letter(party, kind="signing_code").text)
    assert found, "There is no code in the letter."
    return found[0]


def session(party: Party, *, at: datetime = NOON) -> SigningSession:
    """Prove a party: follow the link, ask for the code, enter it."""
    way_in = link(party, at=at)
    request_code(way_in, origin=HERE, at=at)
    key = enter_code(way_in, digits=digits(party), origin=HERE, at=at)
    return open_session(way_in, key=key, at=at)


def filled(opened: SigningSession, *, at: datetime = NOON) -> dict[int, str]:
    """Fill every place of the session's party, and return what it was shown."""
    desk = queries.desk_of(opened.link.party, at=at)
    for place in desk.fields:
        _fill(opened, place, at=at)
    return desk.shown


def act(party: Party, *, at: datetime = NOON) -> Act:
    """Let a party sign, from the letter to the button; it is sealed when this returns."""
    opened = session(party, at=at)
    shown = filled(opened, at=at)
    return press_sign(opened, terms=TERMS, shown=shown, origin=HERE, at=at)


def press(opened: SigningSession, *, at: datetime = NOON) -> Act:
    """Let the person of a session press Sign on what lies before them."""
    shown = queries.desk_of(opened.link.party, at=at).shown
    return press_sign(opened, terms=TERMS, shown=shown, origin=HERE, at=at)


def approval(party: Party, *, at: datetime = NOON) -> None:
    """Let a party approve, from the letter to the button."""
    opened = session(party, at=at)
    shown = queries.desk_of(opened.link.party, at=at).shown
    approve(opened, terms=TERMS, shown=shown, origin=HERE, at=at)


def completed(cast: Cast, *, at: datetime = NOON) -> Envelope:
    """Make an envelope that Erin and Frank have signed."""
    envelope = sent(cast, at=at)
    for minutes, name in enumerate(("Erin", "Frank"), start=1):
        act(party(envelope, name=name), at=at + timedelta(minutes=minutes))
    return Envelope.objects.get(pk=envelope.pk)


def _choice(cast: Cast, name: str, group: int) -> PartyChoice:
    role = {"?": PartyRole.APPROVER, "+": PartyRole.COPY}.get(name[-1], PartyRole.SIGNER)
    person = getattr(cast, name.rstrip("?+").lower())
    if isinstance(person, Employee):
        return PartyChoice(employee=person, group=group, role=role)
    sms = Channel.SMS
    return PartyChoice(contact=person, group=group, role=role, link_channel=sms, code_channel=sms)


def _signature_fields(envelope: Envelope) -> list[Placement]:
    document = queries.documents_of(envelope)[0]
    return [
        Placement(
            party_id=party.pk,
            document_id=document.pk,
            kind=FieldKind.SIGNATURE,
            page=1,
            x=60,
            y=400 + 80 * row,
            width=160,
            height=60,
        )
        for row, party in enumerate(queries.parties_of(envelope))
        if party.is_signer
    ]


def _fill(opened: SigningSession, place: Field, *, at: datetime) -> None:
    if place.kind in rules.PICTURES:
        save_value(opened, field=place, picture=files.put(png()), at=at)
        return
    if place.kind == FieldKind.FILE:
        attach_file(opened, field=place, name="annex.txt", sha256=files.put(b"annex"), at=at)
        return
    typed = {FieldKind.CHECKBOX: "on", FieldKind.DATE: "2026-03-02", FieldKind.NUMBER: "1250"}
    save_value(opened, field=place, value=typed.get(FieldKind(place.kind), "Lyon"), at=at)
