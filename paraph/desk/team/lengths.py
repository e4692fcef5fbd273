"""Lengths of time in words short enough for a table."""

from django.utils.translation import gettext as _

MINUTE, HOUR, DAY = 60, 3600, 86_400


def length_words(seconds: int) -> str:
    """Return a length with its two largest units: ``3 d 4 h``."""
    if seconds < MINUTE:
        return _("%(seconds)d s") % {"seconds": seconds}
    if seconds < HOUR:
        return _("%(minutes)d min") % {"minutes": seconds // MINUTE}
    if seconds < DAY:
        hours, rest = divmod(seconds, HOUR)
        return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": rest // MINUTE}
    days, rest = divmod(seconds, DAY)
    return _("%(days)d d %(hours)d h") % {"days": days, "hours": rest // HOUR}
