"""Builds one party's act: what they entered, their pictures, and their signature over it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from django.utils.translation import gettext as _
from django.utils.translation import override

from paraph.kit import files
from paraph.kit.faults import fault_point
from paraph.kit.prepared import Prepared, given
from paraph.sealing import acts
from paraph.sealing.authority import Authority
from paraph.sealing.company import CompanyMark
from paraph.sealing.credentials import Credential
from paraph.sealing.draft import grown
from paraph.sealing.model import Act as Mark
from paraph.sealing.model import Plan

from .. import queries
from ..certificate.content import languages_of
from ..certificate.entries import entries_of, sealed_entry, zone_of
from ..models import Act, Field, FieldKind
from .building import Base, Built, built, named
from .checking import check, count_seals
from .fitting import as_far_as_it_fits, as_written
from .stamping import stamped

_PLACES = Prepared(
    lambda: Field.objects.select_related("party").filter(
        party=given("party"), document=given("document")
    )
)
_SEALED = Prepared(
    lambda: Act.objects.filter(
        party__envelope=given("envelope"), sealed_at__isnull=False
    ).values_list("pk")
)


@dataclass(frozen=True)
class Pen:
    """What one act is signed with: the authority, the certificate made for this act, and the
    seal of the company for which the person signs, if it has one."""

    authority: Authority
    leaf: Credential
    company: CompanyMark | None = None

    @property
    def serial(self) -> str:
        """The certificate's number, as people compare it."""
        return f"{self.leaf.certificate.serial_number:040X}"


def sealed(act: Act, bases: Sequence[Base], *, pen: Pen, at: datetime) -> list[Built]:
    """Build the party's act in every document of the envelope; each is checked before return."""
    return [_sealed(act, base, pen=pen, at=at) for base in bases]


def _sealed(act: Act, base: Base, *, pen: Pen, at: datetime) -> Built:
    mark = _mark(act, base, pen=pen, at=at)
    paper = base.opened()
    signed = acts.sign(paper, base.plan, mark, authority=pen.authority, credential=pen.leaf, at=at)
    fault_point("after-signature")
    paper, plan = grown(paper, signed.tail), signed.plan
    if pen.company:
        sealed = acts.seal(paper, plan, pen.company, authority=pen.authority, at=at)
        paper, plan = grown(paper, sealed.tail), sealed.plan
        fault_point("after-company-seal")
    found = stamped(paper, plan, authority=pen.authority, at=at)
    fault_point("after-outside-stamp")
    signatures = count_acts(act) + count_seals(act.party.envelope) + int(bool(pen.company))
    check(base, found.paper, expected=mark.values, acts=signatures, is_closed=False)
    return built(base, found.paper, found.plan, stamped_by=found.by, until=found.until)


def count_acts(act: Act) -> int:
    """Return how many people have signed with this act."""
    sealed = _SEALED(envelope=act.party.envelope_id)
    return len({act.pk, *(pk for (pk,) in sealed)})


def _mark(act: Act, base: Base, *, pen: Pen, at: datetime) -> Mark:
    """Return the act in the words of sealing."""
    party = act.party
    fields = _PLACES(party=party.pk, document=base.document.pk)
    language = languages_of(queries.line_of(party.envelope))[0]
    with override(party.language):
        reason = _("I sign this document")
    entries = entries_of(act, serial=pen.serial, language=language, at=at)
    if pen.company:
        entries |= sealed_entry(party, pen.company.identity.certificate)
    return Mark(
        party=party.key,
        signer_name=party.name,
        signer_email=party.email,
        values={
            **entered(fields, plan=base.plan),
            **{
                slot: as_far_as_it_fits(text, slot=slot, plan=base.plan)
                for slot, text in entries.items()
                if slot in base.plan.fields  # a file that came signed has no such page
            },
        },
        pictures={field.slot: files.get(field.picture) for field in fields if field.picture},
        lines=[party.name, _day(act, at=at), named(base.document)],
        reason=reason,
    )


def entered(fields: Sequence[Field], *, plan: Plan) -> dict[str, str | bool]:
    """Return what was typed and ticked, by slot."""
    return {
        field.slot: bool(field.value)
        if field.kind == FieldKind.CHECKBOX
        else as_written(field, plan=plan)
        for field in fields
        if not field.picture and (field.value or field.kind == FieldKind.CHECKBOX)
    }


def _day(act: Act, *, at: datetime) -> str:
    """Return the moment under the signature, as the signer would write it."""
    local = at.astimezone(ZoneInfo(zone_of(act.party)))
    return format_datetime(local, "d MMM y, HH:mm ZZZZ", locale=act.party.language)
