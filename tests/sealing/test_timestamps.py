"""The time-stamp service, judged by OpenSSL and asn1crypto."""

import hashlib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import algos, tsp

from paraph.sealing import der
from paraph.sealing.credentials import TIME_STAMP_POLICY
from paraph.sealing.timestamps import TimeStampService
from tests.sealing.papers import NOON, authority
from tests.sealing.validators import run

DIGEST = hashlib.sha256(b"a contract").digest()


def request(algorithm: str = "sha256", digest: bytes = DIGEST, **more: Any) -> bytes:
    """A request as a client writes it."""
    imprint = tsp.MessageImprint(
        {
            "hash_algorithm": algos.DigestAlgorithm({"algorithm": algorithm}),
            "hashed_message": digest,
        }
    )
    asked = tsp.TimeStampReq({"version": 1, "message_imprint": imprint, **more})
    written: bytes = asked.dump()
    return written


def response(asked: bytes) -> tsp.TimeStampResp:
    """What the service answers when it stamps."""
    return tsp.TimeStampResp.load(TimeStampService(authority()).respond(asked, NOON))


def info(answer: tsp.TimeStampResp) -> tsp.TSTInfo:
    """The statement inside a token."""
    return answer["time_stamp_token"]["content"]["encap_content_info"]["content"].parsed


def failure(asked: bytes, *, clock_in_step: bool = True) -> set[str]:
    """Why there is no token."""
    service = TimeStampService(authority())
    answer = service.respond(asked, NOON, clock_in_step=clock_in_step)
    # asn1crypto cannot read a response without a token, only the status inside.
    status = tsp.PKIStatusInfo.load(der.only(answer, 0x30))
    assert status["status"].native == "rejection"
    reasons: set[str] = status["fail_info"].native
    return reasons


@pytest.mark.slow
@pytest.mark.parametrize("algorithm", ["sha256", "sha384", "sha512"])
def test_openssl_verifies_a_token(algorithm: str, tmp_path: Path) -> None:
    home = authority()
    paper, asked, answer = (tmp_path / name for name in ("paper", "asked.tsq", "answer.tsr"))
    paper.write_bytes(b"a contract")
    (tmp_path / "root.pem").write_bytes(home.root_pem)
    run("openssl", "ts", "-query", "-data", paper, f"-{algorithm}", "-cert", "-out", asked)

    answer.write_bytes(TimeStampService(home).respond(asked.read_bytes(), NOON))
    said = run(
        "openssl", "ts", "-verify", "-in", answer, "-queryfile", asked,
        "-CAfile", tmp_path / "root.pem",
    )  # fmt: skip

    assert "Verification: OK" in said


def test_a_token_says_when_and_by_which_policy() -> None:
    stamped = info(response(request(nonce=1 << 63)))

    assert stamped["gen_time"].native == NOON
    assert stamped["policy"].dotted == TIME_STAMP_POLICY
    assert stamped["nonce"].native == 1 << 63
    assert stamped["accuracy"]["seconds"].native == 1


def test_each_token_has_a_number_of_its_own() -> None:
    numbers = {info(response(request()))["serial_number"].native for _ in range(20)}

    assert len(numbers) == 20
    assert max(numbers).bit_length() > 100


@pytest.mark.parametrize("wanted", [True, False])
def test_the_certificate_comes_only_when_asked_for(wanted: bool) -> None:
    token = response(request(cert_req=wanted))["time_stamp_token"]["content"]

    assert bool(token["certificates"]) is wanted


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        (request(digest=DIGEST[:20]), "bad_data_format"),
        (request("sha512"), "bad_data_format"),
        (request("sha1", digest=DIGEST[:20]), "bad_alg"),
        (request("md5", digest=DIGEST[:16]), "bad_alg"),
        (request(req_policy="1.2.3.4"), "unaccepted_policy"),
        (b"not a request", "bad_request"),
        (b"", "bad_request"),
    ],
    ids=["short", "foreign-length", "sha1", "md5", "policy", "noise", "nothing"],
)
def test_a_wrong_request_is_refused_with_its_reason(asked: bytes, reason: str) -> None:
    assert failure(asked) == {reason}


def test_an_unknown_extension_is_refused() -> None:
    extension = {"extn_id": "1.2.3.4", "critical": False, "extn_value": b"\x05\x00"}

    assert failure(request(extensions=[extension])) == {"unaccepted_extensions"}


def test_our_own_policy_may_be_named() -> None:
    assert response(request(req_policy=TIME_STAMP_POLICY))["status"]["status"].native == "granted"


def test_nothing_is_stamped_by_a_clock_out_of_step() -> None:
    assert failure(request(), clock_in_step=False) == {"time_not_available"}


def test_a_token_always_fits_its_reserve() -> None:
    service = TimeStampService(authority())
    sizes = [len(service.token(DIGEST, NOON + timedelta(seconds=n))) for n in range(50)]

    assert max(sizes) <= service.reserve
