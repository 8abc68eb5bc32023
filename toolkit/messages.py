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
    # A line that holds only \b tells click to keep the line ends of the paragraph below it.
    words = entry[language()].rstrip("\n").replace("\\b\n", "\b\n")
    return words.format(**values) if values else words


@cache
def _patterns(wanted: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Patterns of the other language with the words of ``wanted``; the most particular sentence first."""
    there = LANGUAGES.index(wanted)
    pairs = [(pair[1 - there], pair[there]) for pair in load("errors")]
    pairs.sort(key=lambda pair: -len(re.sub(r"{\w}", "", pair[0])))
    return tuple((_pattern(words), meant) for words, meant in pairs)


def _pattern(words: str) -> re.Pattern[str]:
    parts = re.split(r"{(\w)}", words)
    body = "".join(re.escape(part) if i % 2 == 0 else f"(?P<{part}>.+?)" for i, part in enumerate(parts))
    return re.compile(body, re.DOTALL)


_PATH = re.compile(r"(?P<path>[\w.\[\]<> -]{1,60}): (?P<rest>.+)", re.DOTALL)
"""A fault of a profile begins with the path of its key, which no language changes."""


def translate(message: str, wanted: str | None = None) -> str:
    """An error's words in the user's language; words that the catalogue does not know stay as they are."""
    wanted = wanted or language()
    if not message:
        return message
    for pattern, meant in _patterns(wanted):
        if match := pattern.fullmatch(message):
            said = match.groupdict()
            return re.sub(r"{(\w)}", lambda name, said=said: translate(said[name[1]], wanted), meant)  # type: ignore[misc]
    if match := _PATH.fullmatch(message):
        return f"{match['path']}: {translate(match['rest'], wanted)}"
    return message
