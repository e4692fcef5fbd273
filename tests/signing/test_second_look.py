"""The second look: what was sealed is judged again after everybody has it."""

import pytest

from paraph.documents.models import Revision
from paraph.journal.models import Fact
from paraph.kit import files
from paraph.sealing.sandboxed import MOST_TOGETHER
from paraph.signing import revisions
from paraph.signing.jobs.auditing import audit_completed, portions
from tests import make
from tests.cast import Cast

pytestmark = pytest.mark.slow


def test_one_changed_byte_is_found_by_the_second_look_which_withdraws_the_file(cast: Cast) -> None:
    envelope = make.completed(cast)
    head = revisions.heads(envelope)[0]
    forged = head.content.replace(b"/Reason", b"/Raeson", 1)
    Revision.objects.filter(pk=head.revision.pk).update(sha256=files.put(forged))

    audit_completed()

    links = [link for party in envelope.parties.all() for link in party.links.all()]
    assert Fact.objects.filter(event="envelope.doubted").count() == 1
    assert all(link.revoked_at for link in links if link.purpose == "file")


@pytest.mark.parametrize(
    ("size", "together"), [(200_000, [2]), (MOST_TOGETHER, [1, 1])], ids=["small", "large"]
)
def test_a_file_that_is_gone_is_doubted_and_the_others_are_looked_at(
    cast: Cast, size: int, together: list[int]
) -> None:
    gone, sound = make.completed(cast), make.completed(cast)
    Revision.objects.update(size=size)
    assert [len(portion) for portion in portions([gone, sound])] == together
    Revision.objects.filter(pk=revisions.heads(gone)[0].revision.pk).update(sha256="ab" * 32)

    audit_completed()

    doubted = Fact.objects.get(event="envelope.doubted")
    sound.refresh_from_db()
    assert (doubted.facts["envelope_id"], doubted.facts["reasons"]) == (gone.pk, ["file-damaged"])
    assert sound.audited_at


def test_the_second_look_agrees_with_what_was_sealed(cast: Cast) -> None:
    envelope = make.completed(cast)

    audit_completed()

    envelope.refresh_from_db()
    assert envelope.audited_at
    assert not Fact.objects.filter(event="envelope.doubted").exists()
