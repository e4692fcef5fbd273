"""What a party does in a browser, request by request, without one."""

from django.test import Client

from paraph.signing import queries
from paraph.signing.models import Field, FieldKind, Party
from tests import make
from tests.moments import NOON

PHONE = "Mozilla/5.0 (iPhone)"


def come_in(client: Client, party: Party) -> str:
    """Ask for the code and enter it; the address of the link's pages."""
    home = f"/s/{make.token(party)}/"
    client.post(f"{home}code/")
    client.post(f"{home}enter/", {"digits": make.digits(party)})
    return home


def form_of(party: Party) -> dict[str, str]:
    """Fill the desk's form as the page without script sends it: signatures are typed."""
    desk = queries.desk_of(Party.objects.get(pk=party.pk), at=NOON)
    form = {f"shown-{pk}": sha256 for pk, sha256 in desk.shown.items()}
    for place in desk.fields:
        form |= _filled(place, name=party.name)
    return form | {"agree": "yes"}


def _filled(place: Field, *, name: str) -> dict[str, str]:
    if place.kind == FieldKind.SIGNATURE:
        return {f"how-{place.pk}": "typed", f"typed-{place.pk}": name}
    typed = {FieldKind.NUMBER: "12.50", FieldKind.CHECKBOX: "on", FieldKind.DATE: "2026-03-02"}
    return {f"field-{place.pk}": typed.get(FieldKind(place.kind), "Lyon")}
