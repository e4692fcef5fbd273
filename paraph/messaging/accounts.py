"""The e-mail providers that we know; the settings read it, so nothing of ours is imported."""

from collections.abc import Mapping

MAIL_PROVIDERS: Mapping[str, Mapping[str, str]] = {
    "brevo": {"api_key": "KEY"},
    "mailersend": {"api_token": "KEY"},
    "mailgun": {"api_key": "KEY"},
    "mailjet": {"api_key": "KEY", "secret_key": "SECRET"},
    "postmark": {"server_token": "KEY"},
    "resend": {"api_key": "KEY"},
    "scaleway": {"secret_key": "KEY", "project_id": "SECRET"},
}
"""How each calls what PARAPH_MAIL_PROVIDER_KEY and _SECRET say."""

KNOWS_REPEATS = frozenset({"resend"})
"""Who takes a message once, however often it is handed over under the same key."""
