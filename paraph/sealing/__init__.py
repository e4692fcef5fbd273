"""PDF cryptography behind few functions; knows neither Django nor the business."""

import sys
import types


class _Absent(types.ModuleType):
    """Stands for a library that another one imports for what we never ask of it."""

    def __getattr__(self, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)
        return type(name, (), {})


# pyHanko's HTTP client: a quarter of every process's start. What leaves the house is httpx's.
sys.modules.setdefault("aiohttp", _Absent("aiohttp"))
