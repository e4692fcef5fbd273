"""Typed readers for the environment: the only place that touches ``os.environ``."""

import os
from collections.abc import Collection, Sequence
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit


class Misconfigured(Exception):
    """A setting is missing or cannot be read; the sentence says which, and how to mend it."""


def text(name: str, default: str = "") -> str:
    """Return the variable, or what the file named by ``NAME_FILE`` holds, or the default."""
    if file := os.environ.get(f"{name}_FILE"):
        return Path(file).read_text(encoding="utf-8").strip()
    return os.environ.get(name, default)


def flag(name: str, default: bool = False) -> bool:
    """Return whether the variable says yes (1, true, yes, on)."""
    return text(name, "1" if default else "0").strip().lower() in {"1", "true", "yes", "on"}


def number(name: str, default: int) -> int:
    """Return the variable as a whole number."""
    value = text(name, str(default))
    try:
        return int(value)
    except ValueError:
        raise Misconfigured(f"{name} must be a whole number, not {value!r}.") from None


def language(name: str, *, known: Sequence[str]) -> str:
    """Return the variable if it is a known language; else the terminal's own; else the first."""
    said = [text(name), *(os.environ.get(it, "") for it in ("LC_ALL", "LC_MESSAGES", "LANG"))]
    spoken = (word[:2].lower() for word in said if word)
    return next((word for word in spoken if word in known), known[0])


def words(name: str) -> list[str]:
    """Return the comma-separated parts of the variable."""
    return [part.strip() for part in text(name).split(",") if part.strip()]


def folder(name: str, default: str) -> Path:
    """Return the variable as an absolute path; nothing is created."""
    return Path(text(name, default)).expanduser().resolve()


def one_of(name: str, known: Collection[str]) -> str:
    """Return the variable in small letters, or nothing where it is not set."""
    chosen = text(name).lower()
    if chosen and chosen not in known:
        raise Misconfigured(f"{name} must be one of {', '.join(sorted(known))}.")
    return chosen


def database(url: str, *, data: Path) -> dict[str, object]:
    """Return Django's settings for ``DATABASE_URL``; SQLite in the data folder without one."""
    if not url:
        return _sqlite(data / "paraph.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(Path(parts.path.removeprefix("/") if parts.netloc else parts.path))
    if parts.scheme not in {"postgres", "postgresql"}:
        raise Misconfigured("DATABASE_URL must begin with postgresql:// or sqlite://.")
    return {
        "ENGINE": "paraph.kit.databases.postgresql",
        "NAME": unquote(parts.path.removeprefix("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or "") or parse_qs(parts.query).get("host", [""])[0],
        "PORT": parts.port or "",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def _sqlite(file: Path) -> dict[str, object]:
    pragmas = ("journal_mode=WAL", "synchronous=FULL", "cache_size=-32000", "foreign_keys=ON")
    return {
        "ENGINE": "paraph.kit.databases.sqlite",
        "NAME": str(file),
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "".join(f"PRAGMA {pragma};" for pragma in pragmas),
        },
    }


def origins(address: str) -> list[str]:
    """Return the address without its path, if there is one, as a content policy wants it."""
    parts = urlsplit(address)
    return [f"{parts.scheme}://{parts.netloc}"] if parts.netloc else []


def sign_on(*, issuer: str, client_id: str, secret: str, name: str) -> dict[str, object]:
    """Return allauth's settings for one OpenID Connect provider; none without an issuer."""
    if not issuer:
        return {}
    if not client_id:
        raise Misconfigured("PARAPH_OIDC_ISSUER needs PARAPH_OIDC_CLIENT_ID beside it.")
    app = {
        "provider_id": "company",
        "name": name,
        "client_id": client_id,
        "secret": secret,
        "settings": {"server_url": issuer},
    }
    return {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
