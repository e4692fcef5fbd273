"""A large file is sealed where it lies on disk, and comes out as if it had been held."""

from pathlib import Path

import pytest

from paraph.sealing import acts
from paraph.sealing.draft import Draft, digest_of, grown, pieces
from paraph.sealing.prepare import prepare
from paraph.sealing.release import NotReleasable, check
from paraph.sealing.verdicts import Verdict
from paraph.sealing.verify import verify
from tests.sealing.papers import (
    FONT,
    NOON,
    PARTIES,
    STRIP,
    act,
    authority,
    contract,
    slots,
    values,
)

ENTERED = {name: value for party in PARTIES for name, value in values(party).items()}


def draft_of(content: bytes, folder: Path) -> Draft:
    draft = Draft(folder)
    draft.grow(content)
    return draft


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Draft:
    """Laid out, certified, signed by both and closed, on disk all the way."""
    home, source = authority(), draft_of(contract(), tmp_path_factory.mktemp("drafts"))
    laid = prepare(source, slots=slots(), parties=PARTIES, strip=STRIP, font=FONT)
    first = acts.certify(laid.pdf, laid.plan, authority=home, reason="Sent", at=NOON)
    paper, plan = grown(laid.pdf, first.tail), first.plan
    for party in PARTIES:
        signed = acts.sign(paper, plan, act(party), authority=home, at=NOON)
        paper, plan = grown(paper, signed.tail), signed.plan
    last = acts.close(paper, plan, acts.Last(b"{}", "Completed"), authority=home, at=NOON)
    return grown(paper, last.tail)


def test_what_was_sealed_on_disk_may_leave_and_is_intact(sealed: Draft) -> None:
    check(sealed, expected=ENTERED, signatures=4)

    assert verify(sealed[:], trust=[authority().root.der]).verdict is Verdict.INTACT


def test_a_spoilt_draft_may_not_leave(sealed: Draft, tmp_path: Path) -> None:
    content = bytearray(sealed[:])
    content[len(content) // 2] ^= 1

    with pytest.raises(NotReleasable):
        check(draft_of(bytes(content), tmp_path), expected=ENTERED, signatures=4)


def test_a_draft_is_cut_and_hashed_like_bytes(tmp_path: Path) -> None:
    content = bytes(range(256)) * 9000  # more than two pieces
    draft = draft_of(content, tmp_path)

    for part in (slice(None), slice(3, 9), slice(-5, None), slice(9, 3), slice(-1, 10**9)):
        assert draft[part] == content[part]
    assert digest_of(draft).digest() == digest_of(content).digest()
    assert b"".join(pieces(draft, 5, 2_000_000)) == content[5:2_000_000]


def test_a_draft_leaves_nothing_in_its_folder(tmp_path: Path) -> None:
    (folder := tmp_path / "drafts").mkdir()

    draft = draft_of(b"%PDF-1.7", folder)

    assert (len(draft), list(folder.iterdir())) == (8, [])
