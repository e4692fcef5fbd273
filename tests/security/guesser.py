"""One process of many that guesses codes behind a link: prints how many tries were counted."""

import sys

import django


def main(token: str, first: int, times: int) -> None:
    """Try numbers one after the other, over a database connection of its own."""
    django.setup()
    from paraph.kit.errors import Refused
    from paraph.signing.access import open_link
    from paraph.signing.actions.proving import enter_code
    from paraph.signing.refusals import CodeWrong
    from tests.make import HERE
    from tests.moments import NOON

    counted = 0
    for number in range(first, first + times):
        try:
            link = open_link(token, at=NOON)
            enter_code(link, digits=f"{number:06d}", origin=HERE, at=NOON)
        except CodeWrong:
            counted += 1
        except Refused:
            pass
    sys.stdout.write(str(counted))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
