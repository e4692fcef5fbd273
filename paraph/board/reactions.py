"""When this happened elsewhere, then do that with the board."""

from paraph.journal import reacts_to
from paraph.people.events import InstallationSetUp

from .actions.arranging import begin_with_the_usual


@reacts_to(InstallationSetUp)
def begin_with_the_usual_stages(event: InstallationSetUp) -> None:
    """Give a new installation the columns that most companies keep."""
    begin_with_the_usual()
