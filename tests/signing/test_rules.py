"""The rules by themselves, over whatever times, tries and boxes one can think of."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from paraph.documents.models import Document
from paraph.signing import codes, rules
from paraph.signing.models import Code, Link, SigningSession
from tests.make import A4
from tests.moments import NOON

SECONDS = st.integers(0, 20 * 3600).map(lambda number: timedelta(seconds=number))
TRIES = st.integers(0, 20)
POINTS = st.floats(allow_nan=True, allow_infinity=True)


@given(SECONDS, TRIES, st.booleans(), st.booleans())
def test_a_code_lives_ten_minutes_five_tries_and_one_use(
    age: timedelta, tries: int, is_used: bool, is_same_document: bool
) -> None:
    code = Code(
        created_at=NOON,
        expires_at=NOON + codes.CODE_LIFE,
        used_at=NOON if is_used else None,
        wrong_tries=tries,
        documents_hash="a" * 64,
    )
    now_hash = ("a" if is_same_document else "b") * 64

    is_alive = rules.is_code_alive(code, documents_hash=now_hash, at=NOON + age)

    is_young = age < timedelta(minutes=10)
    assert is_alive == (is_young and tries < 5 and not is_used and is_same_document)


@given(SECONDS, SECONDS)
def test_a_session_lives_thirty_idle_minutes_and_eight_hours(
    seen: timedelta, idle: timedelta
) -> None:
    session = SigningSession(opened_at=NOON, seen_at=NOON + seen)

    is_alive = rules.is_session_alive(session, at=NOON + seen + idle)

    is_over = seen + idle >= timedelta(hours=8)
    assert is_alive == (idle < timedelta(minutes=30) and not is_over)


@given(TRIES, TRIES)
def test_nobody_has_more_tries_than_code_and_link_allow(of_code: int, of_link: int) -> None:
    code, link = Code(wrong_tries=of_code), Link(wrong_tries=of_link)

    left = rules.tries_left(link, code)

    assert 0 <= left <= 5
    assert of_code + left <= 5 or left == 0
    assert of_link + left <= 10 or left == 0
    assert not (rules.is_link_locked(link) and left)


@given(POINTS, POINTS, POINTS, POINTS, st.integers(-1, 3))
def test_what_is_placed_lies_on_its_page(
    x: float, y: float, width: float, height: float, page: int
) -> None:
    document = Document(title="Contract", pages=[list(A4)])

    if not rules.obstacles_to_placing((x, y, width, height), page=page, document=document):
        assert page == 1
        assert -0.5 <= x < x + width <= A4[0] + 0.5
        assert -0.5 <= y < y + height <= A4[1] + 0.5


@given(st.text(max_size=20))
def test_digits_are_found_however_they_are_typed(typed: str) -> None:
    assert codes.cleaned(typed).isdigit() or codes.cleaned(typed) == ""
    assert codes.cleaned(f"{typed}123 456").endswith("123456")


@given(st.lists(st.text("0123456789abcdef", min_size=64, max_size=64), max_size=4))
def test_the_hash_of_documents_depends_on_each_and_on_their_order(hashes: list[str]) -> None:
    one = codes.documents_hash(hashes)

    assert len(one) == 64
    assert (codes.documents_hash(hashes[::-1]) == one) == (hashes == hashes[::-1])


def test_codes_have_six_digits_and_differ() -> None:
    drawn = {codes.new_digits() for _draw in range(200)}

    assert all(len(digits) == 6 and digits.isdigit() for digits in drawn)
    assert len(drawn) > 190
