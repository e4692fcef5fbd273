"""Secrets of authenticator apps: encrypted at rest, also after the master key was replaced."""

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP

from paraph.people.second_factors import SecondFactors, encrypt_anew
from tests.cast import Cast

SECRET = "JBSWY3DPEHPK3PXP"


def test_the_database_alone_gives_nobody_an_apps_digits(cast: Cast) -> None:
    TOTP.activate(cast.alice, SECRET)

    kept = Authenticator.objects.get().data["secret"]
    assert SECRET not in kept
    assert SecondFactors().decrypt(kept) == SECRET

    assert encrypt_anew() == 1
    again = Authenticator.objects.get().data["secret"]
    assert again != kept
    assert SecondFactors().decrypt(again) == SECRET
