"""Make the virtual environment, or say in one sentence what this machine lacks for it."""

import os
import sys


def main(folder: str) -> int:
    """Create the environment in ``folder`` unless a usable one is there already."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this file is run by whatever Python is there
        version = ".".join(str(number) for number in sys.version_info[:2])
        return _refuse(
            f"Paraph needs Python 3.11 or newer; {sys.executable} is {version}. "
            "Name another one: make PYTHON=python3.11 …"
        )
    try:
        import ensurepip  # noqa: F401 - Debian ships venv without it
        import venv
    except ImportError:
        return _refuse(
            "Python's venv is missing. On Debian or Ubuntu: apt-get install python3-venv"
        )
    if not _is_usable(folder):
        print(f"Making the virtual environment in {folder} …", flush=True)
        venv.create(folder, with_pip=True, clear=os.path.isdir(folder))
    return 0


def _is_usable(folder: str) -> bool:
    programs = (os.path.join(folder, "bin", name) for name in ("python", "pip"))
    return all(os.access(program, os.X_OK) for program in programs)


def _refuse(sentence: str) -> int:
    print(f"\n  {sentence}\n", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
