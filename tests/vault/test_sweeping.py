"""The bytes of deleted documents: they go a day later, and only when nothing else points there."""

import hashlib
from datetime import datetime, timedelta

import pytest
from django.apps import apps

from paraph.documents.models import Revision
from paraph.kit import files, pointers
from paraph.kit.faults import FaultInjected
from paraph.signing.models import MarkedPlaces
from paraph.vault.actions.destroying import destroy_due
from paraph.vault.actions.sweeping import sweep_file
from paraph.vault.jobs import sweep_vault
from paraph.vault.models import Doomed, Trace
from tests.cast import Cast
from tests.moments import NOON
from tests.vault.house import LONG_AGO, keep_ten_years, signed

pytestmark = pytest.mark.slow

REAL = datetime.now(tz=NOON.tzinfo) + timedelta(hours=2)
"""Files of the store have the time of this machine."""


def test_a_sweep_that_was_killed_goes_on(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_ten_years(cast)
    own = signed(cast, at=LONG_AGO).document.revisions.latest("number").sha256
    destroy_due(at=NOON)
    doomed = Doomed.objects.get(sha256=own)
    monkeypatch.setenv("PARAPH_FAULT", "vault-after-file:raise")
    with pytest.raises(FaultInjected):
        sweep_file(doomed, at=REAL)
    monkeypatch.delenv("PARAPH_FAULT")

    assert sweep_file(Doomed.objects.get(sha256=own), at=REAL)
    assert not Doomed.objects.filter(sha256=own).exists()


def test_bytes_go_only_when_nothing_else_points_there(cast: Cast) -> None:
    keep_ten_years(cast)
    old, twin = signed(cast, at=LONG_AGO), signed(cast)
    own = old.document.revisions.latest("number").sha256
    shared = old.document.revisions.earliest("number").sha256
    assert Revision.objects.filter(sha256=shared, document=twin.document).exists()

    destroy_due(at=NOON)
    for doomed in Doomed.objects.all():
        assert sweep_file(doomed, at=REAL)

    with pytest.raises(FileNotFoundError):
        files.get(own)
    assert files.get(shared)
    assert not Doomed.objects.exists()


def test_bytes_wait_a_day_for_backups_that_have_begun(cast: Cast) -> None:
    now = datetime.now(tz=NOON.tzinfo)
    young = Doomed.objects.create(sha256="0" * 64, since=now)
    Doomed.objects.create(sha256="1" * 64, since=now - timedelta(days=2))

    sweep_vault()

    assert list(Doomed.objects.all()) == [young]


def test_bytes_that_were_just_put_again_stay(cast: Cast) -> None:
    keep_ten_years(cast)
    own = signed(cast, at=LONG_AGO).document.revisions.latest("number").sha256
    destroy_due(at=NOON)
    files.put(files.get(own))
    soon = datetime.now(tz=NOON.tzinfo)

    assert not sweep_file(Doomed.objects.get(sha256=own), at=soon)
    assert hashlib.sha256(files.get(own)).hexdigest() == own


def test_every_column_that_points_to_a_file_is_known() -> None:
    known = set(pointers.columns()) | {
        (Doomed, "sha256"),
        (Trace, "sha256"),
        (MarkedPlaces, "sha256"),
    }
    hashes = {
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.name in {"sha256", "docx", "picture", "attachment", "logo", "stamp", "records"}
    }

    assert hashes <= known
