"""A failure at each step of company seals, late stamps and renewals: done once, afterwards."""

from __future__ import annotations

from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.utils import timezone
from pytest_django import Settings

from paraph.kit.faults import FaultInjected
from paraph.signing import certificates
from paraph.signing.actions.company_seals import add_company_seal
from paraph.signing.jobs.lasting import look_around, renew_stamp
from paraph.signing.jobs.sealing import close_envelope, seal_act
from paraph.signing.models import Act, Stamping, TimeSource
from tests import make
from tests.cast import Cast
from tests.fakes.trust_centre import PASSWORD, serving
from tests.invariants import check_invariants

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("point", ["after-company-seal", "after-outside-stamp"])
def test_an_act_that_failed_beside_the_company_s_seal_is_sealed_once(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, point: str
) -> None:
    with serving() as centre:
        content = centre.container("Ardent SAS", key=ec.generate_private_key(ec.SECP256R1()))
        at, by = timezone.now(), cast.alice.actor
        found = certificates.from_file(content, PASSWORD, at=at)
        add_company_seal(cast.company, chain=found.chain, secret=found.secret, by=by, at=at)
        envelope = make.sent(cast, at=at)
    monkeypatch.setenv("PARAPH_FAULT", f"{point}:raise")
    with pytest.raises(FaultInjected):
        make.act(make.party(envelope, name="Erin"), at=at)
    monkeypatch.delenv("PARAPH_FAULT")

    seal_act(act_id=Act.objects.get().pk)
    seal_act(act_id=Act.objects.get().pk)

    assert Act.objects.exclude(company_certificate="").count() == 1
    check_invariants()


def test_a_failure_after_a_late_stamp_closes_the_document_once(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    with serving() as centre:
        settings.TSA_URLS, centre.is_down = [centre.url], True
        look_around()
        envelope = make.completed(cast, at=timezone.now())
        centre.is_down = False
        TimeSource.objects.update(asked_at=timezone.now() - timedelta(hours=1))
        monkeypatch.setenv("PARAPH_FAULT", "after-late-stamp:raise")
        with pytest.raises(FaultInjected):
            close_envelope(envelope_id=envelope.pk)
        monkeypatch.delenv("PARAPH_FAULT")

        close_envelope(envelope_id=envelope.pk)
        close_envelope(envelope_id=envelope.pk)

    kinds = list(envelope.documents.get().revisions.values_list("kind", flat=True))
    assert (kinds.count("stamped"), kinds.count("completed")) == (1, 1)
    check_invariants()


@pytest.mark.parametrize("point", ["before-renewal", "after-renewal"])
def test_a_renewal_that_failed_happens_once(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, point: str
) -> None:
    envelope = make.completed(cast, at=timezone.now())
    document = envelope.documents.get()
    Stamping.objects.update(until=timezone.now() + timedelta(days=100))
    monkeypatch.setenv("PARAPH_FAULT", f"{point}:raise")
    with pytest.raises(FaultInjected):
        renew_stamp(document_id=document.pk)
    monkeypatch.delenv("PARAPH_FAULT")

    renew_stamp(document_id=document.pk)
    renew_stamp(document_id=document.pk)

    assert document.revisions.filter(kind="renewed").count() == 1
    check_invariants()
