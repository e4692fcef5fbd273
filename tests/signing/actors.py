"""Everybody who can do something about one envelope, and all that they can do, whenever they
please: what the exhaustive check lets happen in any order."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import connection

from paraph.kit.faults import FaultInjected
from paraph.messaging.models import Message
from paraph.signing import rules
from paraph.signing.actions import asking, ceremony, correcting, following, replacing
from paraph.signing.actions.approving import approve
from paraph.signing.actions.arranging import change_reminders
from paraph.signing.choices import Reach, Successor
from paraph.signing.jobs.sealing import close_envelope, seal_act
from paraph.signing.lifecycle import IN_LINE, LIFECYCLE, PARTY_LIFECYCLE, PartyStatus
from paraph.signing.models import Act, Envelope, Party, Question, SigningSession
from paraph.signing.queries import desk_of
from paraph.signing.refusals import NotYourTurn
from tests import make
from tests.cast import Cast
from tests.make import HERE, TERMS

ASKED = frozenset({PartyStatus.ASKED, PartyStatus.OPENED, PartyStatus.PROVEN})
PROVEN = frozenset({PartyStatus.PROVEN})
ALL = frozenset(PartyStatus)


@dataclass
class Scene:
    """One envelope, what time it is, and the sessions that are open."""

    cast: Cast
    envelope_id: int
    at: datetime
    sessions: dict[int, int] = field(default_factory=dict)
    named: int = 0

    @property
    def envelope(self) -> Envelope:
        return Envelope.objects.get(pk=self.envelope_id)

    def party(self, seat: int) -> Party:
        """Somebody at this table, by any number."""
        rows = Party.objects.select_related("envelope").filter(envelope=self.envelope_id)
        everybody = list(rows.order_by("id"))
        return everybody[seat % len(everybody)]

    def session(self, party: Party) -> SigningSession:
        """The party's session; whoever has none is not let in."""
        known = self.sessions.get(party.pk)
        if known is None:
            raise NotYourTurn("Nobody came in.")
        return SigningSession.objects.select_related("link__party__envelope").get(pk=known)

    def stranger(self) -> Successor:
        """Somebody whom nobody has named before."""
        self.named += 1
        email, phone = f"person{self.named}@example.org", f"+336{self.named:08}"
        return Successor(name=f"Person {self.named}", email=email, phone=phone)


Deed = Callable[[Scene, Party], object]


def prove(scene: Scene, party: Party) -> None:
    """Follow the newest link, ask for a code and enter it."""
    if not Message.objects.about("party", party.pk).exists():
        raise NotYourTurn("There is no letter.")
    scene.sessions[party.pk] = make.session(party, at=scene.at).pk


def sign(scene: Scene, party: Party) -> None:
    """Fill in everything and press Sign; the seal may fail, then it waits."""
    session = scene.session(party)
    shown = make.filled(session, at=scene.at)
    try:
        ceremony.press_sign(session, terms=TERMS, shown=shown, origin=HERE, at=scene.at)
    except FaultInjected:
        return


def agree(scene: Scene, party: Party) -> None:
    session = scene.session(party)
    shown = desk_of(session.link.party, at=scene.at).shown
    approve(session, terms=TERMS, shown=shown, origin=HERE, at=scene.at)


def decline(scene: Scene, party: Party) -> None:
    session = scene.session(party)
    ceremony.decline(session, reason="Too dear", origin=HERE, at=scene.at)


def hand_over(scene: Scene, party: Party) -> None:
    heir = scene.stranger() if not party.is_ours else Successor(employee=scene.cast.olga)
    session = scene.session(party)
    replacing.hand_over(session, successor=heir, reason="", origin=HERE, at=scene.at)


def replace(scene: Scene, party: Party) -> None:
    heir = scene.stranger() if not party.is_ours else Successor(employee=scene.cast.olga)
    by = scene.cast.alice.actor
    replacing.replace_party(party, successor=heir, reason="On leave", by=by, at=scene.at)


def seal(scene: Scene, party: Party) -> None:
    """Try once more what waits for its seal."""
    for act in Act.objects.standing().filter(party__envelope=scene.envelope_id, sealed_at=None):
        seal_act(act_id=act.pk)
    close_envelope(envelope_id=scene.envelope_id)


def expire(scene: Scene, party: Party) -> None:
    following.expire_envelope(scene.envelope, at=scene.at)


def ask(scene: Scene, party: Party) -> None:
    asking.ask_question(scene.session(party), text="Which price?", at=scene.at)


def answer(scene: Scene, party: Party) -> None:
    for question in Question.objects.filter(party=party, answered_at=None):
        asking.answer_question(question, text="This one.", by=scene.cast.alice, at=scene.at)


def extend(scene: Scene, party: Party) -> None:
    later = scene.at + timedelta(hours=2)
    by = scene.cast.alice.actor
    following.extend_deadline(scene.envelope, deadline_at=later, by=by, at=scene.at)


def correct_reach(scene: Scene, party: Party) -> None:
    scene.named += 1
    reach = Reach(email=f"moved{scene.named}@example.org", link_channel="email")
    correcting.correct_party(party, reach=reach, by=scene.cast.alice.actor, at=scene.at)


def correct_all(scene: Scene, party: Party) -> None:
    alice = scene.cast.alice
    correcting.correct_envelope(
        scene.envelope, reason="Wrong", responsible=alice, by=alice.actor, at=scene.at
    )


def withdraw(scene: Scene, party: Party) -> None:
    correcting.withdraw_intent(party, by=scene.cast.alice.actor, at=scene.at)


def cancel(scene: Scene, party: Party) -> None:
    by = scene.cast.alice.actor
    following.cancel_envelope(scene.envelope, reason="Enough", by=by, at=scene.at)


def remind(scene: Scene, party: Party) -> None:
    following.remind_party(party, by=scene.cast.alice.actor, at=scene.at)


def remind_all(scene: Scene, party: Party) -> None:
    following.remind_everybody(scene.envelope, by=scene.cast.alice.actor, at=scene.at)


def renew(scene: Scene, party: Party) -> None:
    following.send_new_link(party, by=scene.cast.alice.actor, at=scene.at)


def schedule(scene: Scene, party: Party) -> None:
    policy = rules.Policy(first_after_days=1, every_days=1, at_most=2)
    by = scene.cast.alice.actor
    change_reminders(scene.envelope, policy=policy, by=by, at=scene.at)
    following.remind_by_schedule(party, at=scene.at)


DEEDS: dict[str, tuple[Deed, frozenset[PartyStatus]]] = {
    "prove": (prove, ASKED),
    "sign": (sign, PROVEN | {PartyStatus.SIGNING, PartyStatus.SIGNED}),  # twice is once
    "approve": (agree, PROVEN | {PartyStatus.APPROVED}),
    "decline": (decline, PROVEN),
    "hand over": (hand_over, PROVEN),
    "ask": (ask, PROVEN),
    "answer": (answer, ALL),
    "replace": (replace, IN_LINE),
    "correct reach": (correct_reach, IN_LINE),
    "remind": (remind, ASKED),
    "remind all": (remind_all, ALL),
    "renew link": (renew, ASKED),
    "schedule": (schedule, ALL),
    "extend": (extend, ALL),
    "expire": (expire, ALL),
    "seal": (seal, ALL),
    "withdraw": (withdraw, frozenset({PartyStatus.SIGNING})),
    "cancel": (cancel, ALL),
    "correct all": (correct_all, ALL),
}
"""By name: the deed, and the statuses of its party from which it may be accepted."""


def watch_statuses() -> None:
    """Have the database itself write down each change of a status, whoever makes it."""
    table = "CREATE TABLE IF NOT EXISTS seen_steps (noun text, was text, became text)"
    with connection.cursor() as cursor:
        cursor.execute(table)
        for noun in ("party", "envelope"):
            for statement in _trigger(noun):
                cursor.execute(statement)


def _trigger(noun: str) -> list[str]:
    row = f"INSERT INTO seen_steps VALUES ('{noun}', OLD.status, NEW.status);"
    if connection.vendor == "sqlite":
        when = f"AFTER UPDATE OF status ON signing_{noun} WHEN OLD.status <> NEW.status"
        return [f"CREATE TRIGGER see_{noun} {when} BEGIN {row} END"]
    return [
        f"CREATE FUNCTION see_{noun}() RETURNS trigger AS $$ BEGIN "
        f"IF OLD.status <> NEW.status THEN {row} END IF; RETURN NEW; END $$ LANGUAGE plpgsql",
        f"CREATE TRIGGER see_{noun} AFTER UPDATE ON signing_{noun} "
        f"FOR EACH ROW EXECUTE FUNCTION see_{noun}()",
    ]


def steps_out_of_table() -> set[tuple[str, str, str]]:
    """Return the changes that the database saw and no table of the life cycle knows."""
    known = {("envelope", str(was), str(became)) for was, became in LIFECYCLE.values()}
    for before, became in PARTY_LIFECYCLE.values():
        known |= {("party", str(was), str(became)) for was in before}
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT noun, was, became FROM seen_steps")
        return {(str(a), str(b), str(c)) for a, b, c in cursor.fetchall()} - known
