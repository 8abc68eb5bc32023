"""What the command line says, in Vietnamese or English; the words are in ``data/messages.yaml``.

The language is settled once a process: ``--lang`` on the command line, then ``NHIEMKY_LANG``, then the locale; English where
none of them says anything.  Vietnamese needs a locale that names it (``vi_VN.UTF-8``).
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from functools import cache

from toolkit.lexicon import load

LANGUAGES = ("en", "vi")


@cache
def language() -> str:
    """``"vi"`` or ``"en"``."""
    for wanted in (_argument(sys.argv[1:]), os.environ.get("NHIEMKY_LANG")):
        if wanted and wanted.lower()[:2] in LANGUAGES:
            return wanted.lower()[:2]
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        # The first variable that is set decides, as for every program that follows POSIX.
        if value := os.environ.get(name):
            return "vi" if value.lower().startswith("vi") else "en"
    if sys.platform == "win32":
        import locale

        return "vi" if (locale.getlocale()[0] or "").lower().startswith("vi") else "en"
    return "en"


def _argument(arguments: list[str]) -> str | None:
    for i, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            return argument.partition("=")[2]
        if argument == "--lang" and i + 1 < len(arguments):
            return arguments[i + 1]
    return None


def say(key: str, /, **values: object) -> str:
    """The message ``key`` in the user's language, its ``{placeholders}`` filled."""
    section, _, name = key.partition(".")
    entry: Mapping[str, str] = load("messages")[section][name]
    return entry[language()].rstrip("\n").format(**values) if values else entry[language()].rstrip("\n")


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    out = []
    for english, vietnamese in load("messages")["errors"].items():
        names = re.findall(r"\{(\w+)\}", english)
        pattern = re.escape(english)
        for name in names:
            pattern = pattern.replace(re.escape("{" + name + "}"), f"(?P<{name}>.+?)", 1)
        out.append((re.compile(pattern, re.DOTALL), vietnamese))
    # Longer patterns first: the most particular sentence wins.
    return tuple(sorted(out, key=lambda pair: -len(pair[0].pattern)))


def translate(message: str) -> str:
    """An error's English words in the user's language; as they are where the catalogue has none."""
    if language() == "en" or not message:
        return message
    for pattern, vietnamese in _patterns():
        if match := pattern.fullmatch(message):
            return vietnamese.format(**match.groupdict())
    return message
