"""The two secrets of an installation, made at its first start and never kept in the database."""

import os
import secrets
from pathlib import Path

from . import environment as env


def make_missing() -> None:
    """Make the data folder, its secret key and its master key where there are none yet."""
    data = data_folder()
    data.mkdir(parents=True, exist_ok=True)
    _make(data / "secret.key", secrets.token_urlsafe(48).encode())
    _make(env.folder("PARAPH_KEY_FILE", str(data / "master.key")), secrets.token_hex(32).encode())


def data_folder() -> Path:
    """Return where the data of this installation lie."""
    root = Path(__file__).resolve().parent.parent.parent
    return env.folder("PARAPH_DATA", str(root / "var"))


def _make(file: Path, content: bytes) -> None:
    """Write a file that only its owner may read; two starts at once agree on one content."""
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    if file.exists():
        return
    draft.touch(mode=0o600)
    draft.write_bytes(content)
    try:
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
