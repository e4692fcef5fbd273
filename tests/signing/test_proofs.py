"""Other proofs than a code that is sent: words agreed beforehand, and an employee's app."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value

from paraph.journal.models import Fact
from paraph.people.models import Employee
from paraph.signing import codes
from paraph.signing.access import open_session
from paraph.signing.actions.agreeing import agree_access_code
from paraph.signing.actions.approving import approve
from paraph.signing.actions.ceremony import press_sign
from paraph.signing.actions.following import copy_link, send_new_link
from paraph.signing.actions.proving import enter_code, request_code
from paraph.signing.actions.sending import send_envelope
from paraph.signing.certificate.entries import proof_of
from paraph.signing.models import Code, Link, Party, Proof
from paraph.signing.queries import desk_of
from paraph.signing.refusals import CannotChoose, CannotCopy, CannotProve, CodeWrong, LinkLocked
from paraph.signing.rekeying import replace_master_key
from tests import make
from tests.cast import Cast, gather
from tests.make import HERE, TERMS
from tests.moments import NOON
from tests.parallel import at_once
from tests.parallel import file_database as file_database
from tests.parallel import postgres_database as postgres_database

pytestmark = pytest.mark.slow

SECRET = "JBSWY3DPEHPK3PXP"
WORDS = "blue Heron 42"


@pytest.fixture
def erin(cast: Cast) -> Party:
    """Erin, with whom Alice has agreed an access code."""
    envelope = make.draft(cast)
    party = make.party(envelope, name="Erin")
    agree_access_code(party, words=WORDS, by=cast.alice.actor, at=NOON)
    send_envelope(envelope, by=cast.alice.actor, at=NOON)
    return make.party(envelope, name="Erin")


def _with_app(person: Employee) -> None:
    TOTP.activate(person, SECRET)


def _digits() -> str:
    return str(format_hotp_value(hotp_value(SECRET, int(NOON.timestamp()) // 30)))


def test_agreed_words_open_the_document_however_they_are_typed(erin: Party) -> None:
    link = make.link(erin)

    key = enter_code(link, digits=" BLUE heron42 ", proof="access", origin=HERE, at=NOON)

    opened = open_session(link, key=key, at=NOON)
    act = press_sign(opened, terms=TERMS, shown=make.filled(opened), origin=HERE, at=NOON)
    assert opened.code.method == Proof.ACCESS
    assert proof_of(act) == "Access code agreed beforehand"


def test_wrong_words_count_on_the_link_for_life(erin: Party) -> None:
    link = make.link(erin)

    for _try in range(codes.TRIES_PER_LINK):
        with pytest.raises((CodeWrong, LinkLocked)):
            enter_code(link, digits="green heron 42", proof="access", origin=HERE, at=NOON)

    with pytest.raises(LinkLocked):
        enter_code(link, digits=WORDS, proof="access", origin=HERE, at=NOON)


def test_a_new_link_gives_agreed_words_no_more_tries(erin: Party) -> None:
    first = make.link(erin)
    for _try in range(codes.TRIES_PER_LINK - 1):
        with pytest.raises(CodeWrong):
            enter_code(first, digits="green heron 42", proof="access", origin=HERE, at=NOON)
    send_new_link(erin, by=erin.envelope.responsible.actor, at=NOON)
    second = make.link(erin)

    with pytest.raises(LinkLocked, match="another way"):
        enter_code(second, digits="green heron 42", proof="access", origin=HERE, at=NOON)
    with pytest.raises(LinkLocked, match="another way"):
        enter_code(second, digits=WORDS, proof="access", origin=HERE, at=NOON)
    assert second.pk != first.pk


def test_an_app_stands_for_no_agreed_words(cast: Cast, erin: Party) -> None:
    _with_app(cast.erin)

    with pytest.raises(CodeWrong):
        enter_code(make.link(erin), digits=_digits(), proof="totp", origin=HERE, at=NOON)


@pytest.mark.slow
@pytest.mark.usefixtures("file_database")
def test_digits_of_an_app_open_one_of_two_documents_at_the_same_moment(cast: Cast) -> None:
    _enter_digits_twice(cast)


@pytest.mark.postgres
@pytest.mark.usefixtures("postgres_database")
def test_on_postgresql_digits_of_an_app_open_no_second_document_either() -> None:
    _enter_digits_twice(gather())


def _enter_digits_twice(cast: Cast) -> None:
    _with_app(cast.erin)
    links = [make.link(make.party(make.sent(cast), name="Erin")) for _number in range(2)]

    def enter(number: int) -> str:
        return enter_code(links[number], digits=_digits(), proof="totp", origin=HERE, at=NOON)

    outcomes = at_once(enter, times=2)

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["CodeWrong", "str"]
    assert Code.objects.filter(method=Proof.TOTP).exclude(used_at=None).count() == 1


def test_where_words_were_agreed_no_code_is_sent(erin: Party) -> None:
    with pytest.raises(CannotProve):
        request_code(make.link(erin), origin=HERE, at=NOON)


def test_whoever_agreed_the_words_is_not_handed_the_link_as_well(cast: Cast, erin: Party) -> None:
    with pytest.raises(CannotCopy):
        copy_link(erin, by=cast.alice.actor, at=NOON)


def test_agreed_words_are_kept_only_as_a_keyed_hash(erin: Party) -> None:
    assert WORDS not in erin.access_mac
    assert erin.access_mac != codes.access_mac(WORDS, party_id=erin.pk + 1)


def test_agreed_words_hold_when_the_master_key_is_replaced(erin: Party) -> None:
    replace_master_key(at=NOON)

    assert enter_code(make.link(erin), digits=WORDS, proof="access", origin=HERE, at=NOON)


def test_an_approval_tells_how_its_party_was_proven(cast: Cast) -> None:
    envelope = make.draft(cast, parties="Erin > Frank?")
    frank = make.party(envelope, name="Frank")
    agree_access_code(frank, words=WORDS, by=cast.alice.actor, at=NOON)
    send_envelope(envelope, by=cast.alice.actor, at=NOON)
    make.act(make.party(envelope, name="Erin"))
    link = make.link(make.party(envelope, name="Frank"))
    key = enter_code(link, digits=WORDS, proof="access", origin=HERE, at=NOON)

    opened = open_session(link, key=key, at=NOON)
    shown = desk_of(opened.link.party, at=NOON).shown
    approve(opened, terms=TERMS, shown=shown, origin=HERE, at=NOON)

    said = Fact.objects.get(event="party.approved").facts
    assert (said["channel"], said["recipient"]) == ("access", "")


def test_short_words_are_not_agreed_on(cast: Cast) -> None:
    party = make.party(make.draft(cast), name="Frank")

    with pytest.raises(CannotChoose):
        agree_access_code(party, words="1 2 3", by=cast.alice.actor, at=NOON)


def test_words_that_were_not_agreed_prove_nobody(cast: Cast) -> None:
    link = make.link(make.party(make.sent(cast), name="Erin"))

    with pytest.raises(CodeWrong):
        enter_code(link, digits="", proof="access", origin=HERE, at=NOON)


def test_an_employees_app_stands_for_the_second_mail_once(cast: Cast) -> None:
    _with_app(cast.erin)
    first, second = (make.party(make.sent(cast), name="Erin") for _number in range(2))

    enter_code(make.link(first), digits=_digits(), proof="totp", origin=HERE, at=NOON)

    assert make.party(first.envelope, name="Erin").status == "proven"
    with pytest.raises(CodeWrong):  # the same digits again, on another document
        enter_code(make.link(second), digits=_digits(), proof="totp", origin=HERE, at=NOON)
    assert Link.objects.get(party=second).wrong_tries == 1


def test_an_apps_old_digits_prove_nobody(cast: Cast) -> None:
    _with_app(cast.erin)
    later = NOON + timedelta(minutes=2)

    with pytest.raises(CodeWrong):
        link = make.link(make.party(make.sent(cast), name="Erin"))
        enter_code(link, digits=_digits(), proof="totp", origin=HERE, at=later)


def test_a_client_has_no_app_to_prove_with(cast: Cast) -> None:
    _with_app(cast.erin)
    link = make.link(make.party(make.sent(cast, parties="Frank > Erin"), name="Frank"))

    with pytest.raises(CodeWrong):
        enter_code(link, digits=_digits(), proof="totp", origin=HERE, at=NOON)
    assert Authenticator.objects.count() == 1


def test_agreed_words_are_never_said_to_be_locked_while_they_still_count(erin: Party) -> None:
    link = make.link(erin)

    for _try in range(codes.TRIES_PER_CODE):
        with pytest.raises(CodeWrong, match="You can try"):
            enter_code(link, digits="green heron 42", proof="access", origin=HERE, at=NOON)

    assert enter_code(link, digits=WORDS, proof="access", origin=HERE, at=NOON)
