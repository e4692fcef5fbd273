"""What a check says of papers that nobody tampered with."""

from datetime import timedelta

import pytest
from pyhanko.sign.fields import MDPPerm

from paraph.sealing.authority import Authority
from paraph.sealing.report import Changes, Report, Trust
from paraph.sealing.verdicts import Verdict
from paraph.sealing.verify import verify
from tests.sealing import forge

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def completed() -> bytes:
    return forge.completed()


def test_a_completed_paper_is_intact_and_its_signers_are_trusted(completed: bytes) -> None:
    report = verify(completed, trust=[forge.ROOT])

    assert (report.verdict, report.trust) == (Verdict.INTACT, Trust.TRUSTED)
    assert all(each.intact and each.trusted for each in report.signatures)


def test_everybody_is_named_with_what_they_did(completed: bytes) -> None:
    report = verify(completed, trust=[])

    assert [(each.kind, each.signer) for each in report.signatures if each.level] == [
        ("seal", "Paraph Works Seal"),
        ("signature", "Dora Director"),
        ("signature", "Carl Client"),
        ("seal", "Paraph Works Seal"),
    ]
    assert {each.level for each in report.signatures} == {"B-LTA", None}


def test_only_the_last_time_stamp_covers_the_whole_file(completed: bytes) -> None:
    report = verify(completed, trust=[])

    *earlier, last = report.signatures
    assert last.kind == "timestamp" and last.covers_whole_file
    assert last.changes_after == Changes.NONE
    assert not any(each.covers_whole_file for each in earlier)
    assert {each.changes_after for each in earlier} == {Changes.PERMITTED}


def test_short_lived_certificates_are_still_trusted_a_year_later(completed: bytes) -> None:
    report = verify(completed, trust=[forge.ROOT], at=forge.NOW + timedelta(days=400))

    assert (report.verdict, report.trust) == (Verdict.INTACT, Trust.TRUSTED)


def test_a_signature_without_proofs_is_not_trusted_once_its_certificate_expired() -> None:
    file = forge.signed(forge.paper(), stamped=True)

    report = verify(file, trust=[forge.ROOT], at=forge.NOW + timedelta(days=1))

    assert (report.verdict, report.trust) == (Verdict.INTACT, Trust.UNKNOWN)
    assert "signers-unknown" in report.codes


def test_a_stranger_root_vouches_for_nobody(completed: bytes) -> None:
    stranger = Authority.create("Mallory", base_url="http://m.example", at=forge.NOW)

    report = verify(completed, trust=[stranger.root_pem])

    assert (report.verdict, report.trust) == (Verdict.INTACT, Trust.UNKNOWN)


def test_every_version_on_the_way_is_intact() -> None:
    course = forge.prepared()

    report = verify(course.file, trust=[forge.ROOT])

    assert (report.verdict, report.trust) == (Verdict.INTACT, Trust.TRUSTED)
    assert verify(forge.paper(), trust=[]).verdict == Verdict.UNSIGNED


def test_levels_follow_the_proofs() -> None:
    plain = verify(forge.signed(forge.paper()), trust=[]).signatures[0]
    stamped = verify(forge.signed(forge.paper(), stamped=True), trust=[]).signatures[0]

    assert (plain.level, stamped.level) == ("B-B", "B-T")


def test_a_second_signature_is_a_permitted_change() -> None:
    file = forge.signed(forge.signed(forge.paper()), name="Frank", field="Frank")

    report = verify(file, trust=[])

    assert report.verdict == Verdict.INTACT
    assert [each.changes_after for each in report.signatures] == [
        Changes.PERMITTED,
        Changes.NONE,
    ]


def test_filling_a_field_after_certification_is_permitted() -> None:
    file = forge.signed(forge.paper(), certify=MDPPerm.FILL_FORMS)

    report = verify(forge.filled(file, "Lyon"), trust=[])

    assert report.verdict == Verdict.INTACT
    assert report.codes[0] == "permitted-changes"


def test_filling_a_field_is_forbidden_where_nothing_may_change() -> None:
    file = forge.signed(forge.paper(), certify=MDPPerm.NO_CHANGES)

    report = verify(forge.filled(file, "Lyon"), trust=[])

    assert report.verdict == Verdict.ALTERED
    assert report.codes[0] == "forbidden-changes"


def test_a_report_survives_its_journey_as_json(completed: bytes) -> None:
    report = verify(completed + b" ", trust=[forge.ROOT]).named("contract.pdf")

    assert Report.from_dict(report.to_dict()) == report


def test_a_registered_file_is_known_whoever_signed_it(completed: bytes) -> None:
    report = verify(completed, trust=[]).as_known()

    assert report.to_dict()["trust"] == "known"
    assert "signers-unknown" not in report.codes
