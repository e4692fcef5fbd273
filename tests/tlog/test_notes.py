"""Checkpoints and proofs: what one log signs, and what a stranger with its key can check."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from paraph.tlog import proofs, tree
from paraph.tlog.notes import Checkpoint, NotSigned, Verifier, opened, sign

ORIGIN = "log.example.org/0"


@pytest.fixture
def key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


def _public(key: Ed25519PrivateKey, name: str = ORIGIN) -> Verifier:
    return Verifier(name, key.public_key().public_bytes_raw())


def test_a_signed_checkpoint_says_what_was_signed(key: Ed25519PrivateKey) -> None:
    checkpoint = Checkpoint(ORIGIN, 7, bytes(32))

    assert opened(sign(checkpoint, key=key), by=_public(key)) == checkpoint


def test_a_public_key_is_read_as_it_is_written(key: Ed25519PrivateKey) -> None:
    assert Verifier.of(str(_public(key))) == _public(key)
    with pytest.raises(NotSigned):
        Verifier.of(str(_public(key)).replace("log", "fog"))


@pytest.mark.parametrize("change", [("\n7\n", "\n8\n"), (ORIGIN, "log.example.org/1")])
def test_a_changed_checkpoint_is_not_signed(
    key: Ed25519PrivateKey, change: tuple[str, str]
) -> None:
    note = sign(Checkpoint(ORIGIN, 7, bytes(32)), key=key)

    with pytest.raises(NotSigned):
        opened(note.replace(*change), by=_public(key))


def test_another_key_has_not_signed(key: Ed25519PrivateKey) -> None:
    note = sign(Checkpoint(ORIGIN, 7, bytes(32)), key=Ed25519PrivateKey.generate())

    with pytest.raises(NotSigned):
        opened(note, by=_public(key))


def test_a_proof_survives_writing_and_proves_only_its_entry(key: Ed25519PrivateKey) -> None:
    leaves = [tree.leaf_hash(entry) for entry in (b"a", b"b")]
    note = sign(Checkpoint(ORIGIN, 2, tree.root_of(leaves)), key=key)
    proof = proofs.Proof(index=1, path=(leaves[0],), checkpoint=note)

    read = proofs.read(proofs.written(proof))

    assert read == proof
    assert proofs.check(read, entry=b"b", by=_public(key)).size == 2
    with pytest.raises(tree.NotProven):
        proofs.check(read, entry=b"c", by=_public(key))


@pytest.mark.parametrize("text", ["", "c2sp.org/tlog-proof@v1\nindex x\n\n", "index 1\n\n"])
def test_what_is_no_proof_is_refused(text: str) -> None:
    with pytest.raises(tree.NotProven):
        proofs.read(text)
