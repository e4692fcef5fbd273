"""LibreOffice inside this process, through the few functions of LibreOfficeKit that we need.

One process opens one document and ends: what a hostile document leaves behind ends with it.
"""

from __future__ import annotations

import ctypes
import os
import re
from collections.abc import Callable
from pathlib import Path

from paraph.kit.child.refusing import Refusal

_LIBRARIES = ("libmergedlo.so", "libsofficeapp.so")
# Places in the tables of functions: both begin with their size, then `destroy`.
_SAVE_AS, _LOAD_WITH_OPTIONS = 2, 4
_OPTIONS = b"Language=en-US,MacroSecurityLevel=3,EnableMacrosExecution=false"
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Setup/Product">
<prop oor:name="ooSetupLastVersion" oor:op="fuse"><value>{version}</value></prop></item>
</oor:items>
"""
_VERSION = re.compile(rb'oor:name="ooSetupVersion"[^>]*>\s*<value>([0-9.]+)</value>')


class LibreOffice:
    """One running LibreOffice with a profile of its own: no macros, no links that are followed."""

    def __init__(self, program: Path, *, profile: Path) -> None:
        _settle(program, profile)
        os.environ |= {"HOME": str(profile), "SAL_USE_VCLPLUGIN": "svp"}
        begin = _library(program).libreofficekit_hook_2
        begin.argtypes, begin.restype = [ctypes.c_char_p, ctypes.c_char_p], ctypes.c_void_p
        self._office = begin(str(program).encode(), profile.as_uri().encode())
        if not self._office:
            raise Refusal("no-libreoffice")

    def convert(self, source: Path, target: Path, *, kind: str, options: str) -> None:
        """Open a document and save it as another kind; refuses what it cannot open."""
        load = _function(
            self._office, _LOAD_WITH_OPTIONS, ctypes.c_void_p, *(ctypes.c_char_p,) * 2
        )
        document = load(self._office, source.as_uri().encode(), _OPTIONS)
        if not document:
            raise Refusal("office-not-opened")
        save = _function(document, _SAVE_AS, ctypes.c_int, *(ctypes.c_char_p,) * 3)
        saved = save(document, target.as_uri().encode(), kind.encode(), options.encode())
        if not saved or not target.exists():
            raise Refusal("office-not-opened")


def _settle(program: Path, profile: Path) -> None:
    """Lay down the settings; the version tells it that there is nothing to set up (2 s)."""
    registry = program.parent / "share" / "registry" / "main.xcd"
    found = _VERSION.search(registry.read_bytes()) if registry.exists() else None
    settings = profile / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(_SETTINGS.format(version=found[1].decode() if found else ""), "utf-8")


def _library(program: Path) -> ctypes.CDLL:
    for name in _LIBRARIES:
        if (program / name).exists():
            return ctypes.CDLL(str(program / name))
    raise Refusal("no-libreoffice")


def _function(
    thing: int, place: int, answer: type[ctypes.c_void_p | ctypes.c_int], *takes: type
) -> Callable[..., int]:
    """Return a function of the thing's table; it takes the thing itself first."""
    table = ctypes.cast(thing, ctypes.POINTER(ctypes.c_void_p))[0]
    address = ctypes.cast(table, ctypes.POINTER(ctypes.c_void_p))[place]
    return ctypes.CFUNCTYPE(answer, ctypes.c_void_p, *takes)(address)
