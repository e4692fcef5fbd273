"""What a mutant is: one of our files, and what somebody did to it."""

from collections.abc import Callable
from dataclasses import dataclass

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from tests.sealing import forge

Change = Callable[[IncrementalPdfFileWriter], None]
Forgery = Callable[[bytes], bytes]


@dataclass(frozen=True)
class Mutant:
    """A forgery of the file of that name; where it rewrites words, those before and after."""

    name: str
    base: str
    forge: Forgery
    gone: str = ""
    come: str = ""

    @property
    def rewrites_words(self) -> bool:
        return bool(self.gone or self.come)


@dataclass(frozen=True)
class Attack:
    """One way of forging, for whichever file."""

    name: str
    forge: Forgery
    gone: str = ""
    come: str = ""

    def on(self, base: str) -> Mutant:
        return Mutant(f"{base}-{self.name}", base, self.forge, self.gone, self.come)


def by_update(name: str, change: Change, *, gone: str = "", come: str = "") -> Attack:
    """Forge by a version added to the file."""
    return Attack(name, lambda pdf: forge.updated(pdf, change), gone, come)
