"""Asking a provider over HTTP: who heard nothing may be asked again, a lost answer may not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .base import AnswerLost, TryAgain

if TYPE_CHECKING:
    import httpx

TIMEOUT_SECONDS = 10
BAD_GATEWAY, GATEWAY_TIMEOUT = 502, 504  # somebody in between answers: they may have heard it


def ask(method: str, url: str, *, who: str, **request: Any) -> httpx.Response:
    """Return the provider's answer; raises ``TryAgain`` while it is busy, broken or away."""
    import httpx  # only here: most processes never ask a provider

    unheard = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
    try:
        answer = httpx.request(method, url, timeout=TIMEOUT_SECONDS, **request)
    except unheard as failure:
        raise TryAgain(f"{who}: {type(failure).__name__}: {failure}") from failure
    except httpx.HTTPError as failure:
        raise AnswerLost(f"{who}: {type(failure).__name__}: {failure}") from failure
    if answer.status_code in {BAD_GATEWAY, GATEWAY_TIMEOUT}:
        raise AnswerLost(f"{who} answered {answer.status_code}.")
    if answer.status_code in {401, 402, 403, 429} or answer.status_code >= 500:
        raise TryAgain(f"{who} answered {answer.status_code}. {answer.text[:150]}".strip())
    return answer


def content(answer: httpx.Response, *, who: str) -> Any:
    """Return the JSON that was answered; raises ``AnswerLost`` when it is none."""
    try:
        return answer.json()
    except ValueError:
        raise AnswerLost(f"{who} answered something else than JSON.") from None
