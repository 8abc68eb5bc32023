"""How faults of profiles are worded: the path, the line with a caret, and what was probably meant."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from toolkit.errors import Issue, ProfileError, Severity
from toolkit.lexicon import load
from toolkit.model.vietnamese import slug
from toolkit.read.profile_yaml import Fault, Path

EXCERPT_WIDTH = 96
"""Columns of a line that an excerpt shows at most; a longer line is cut around the caret."""

_PLACE = re.compile(r"(.*?):(\d+)(?::(\d+))?", re.DOTALL)
"""``file:line:column`` or ``file:line``."""


def path_text(path: Path) -> str:
    """``("facts", 2, "value")`` as ``facts[2].value``."""
    said = ""
    for part in path:
        said += f"[{part}]" if isinstance(part, int) else f".{part}" if said else str(part)
    return said


def excerpt(text: str, line: int, column: int) -> str:
    """The line of a text with a caret under the column (both 1-based); empty when there is no such line."""
    lines = text.split("\n")
    if not 1 <= line <= len(lines):
        return ""
    shown, at = lines[line - 1].rstrip("\r").replace("\t", " "), column - 1
    if len(shown) > EXCERPT_WIDTH:
        start = max(0, min(at - EXCERPT_WIDTH // 2, len(shown) - EXCERPT_WIDTH))
        cut_left, cut_right = start > 0, start + EXCERPT_WIDTH < len(shown)
        shown, at = shown[start : start + EXCERPT_WIDTH], at - start
        shown = ("…" if cut_left else "") + shown + ("…" if cut_right else "")
        at += cut_left
    gutter = f"{line:>6} | "
    return f"{gutter}{shown}\n{'|':>{len(gutter) - 1}} {' ' * at}^"


def to_issue(fault: Fault, text: str) -> Issue:
    """A fault as the finding that the command line prints."""
    path = path_text(fault.path)
    return Issue(
        fault.code,
        f"{path}: {fault.message}" if path else fault.message,
        Severity.ERROR,
        where=str(fault.mark),
        remedy=fault.remedy,
        excerpt=excerpt(text, fault.mark.line, fault.mark.column),
    )


def profile_error(issues: Iterable[Issue]) -> ProfileError:
    """All faults of all files as one error, each once, in order of file, line and column."""
    unique = sorted({(i.where, i.message): i for i in issues}.values(), key=by_place)
    files = len({by_place(one)[0] for one in unique})
    count = f"{len(unique)} fault{'s' if len(unique) > 1 else ''}"
    where = f"in {files} profiles" if files > 1 else "in a profile"
    return ProfileError(
        f"{count} {where}", remedy="mend the lines below; profiles/README.md explains every key", issues=tuple(unique)
    )


def by_place(issue: Issue) -> tuple[str, int, int]:
    """File, line and column of a finding: the order in which a person mends them."""
    # From the right: a file's own name may hold colons (``C:\\profiles``).
    found = _PLACE.fullmatch(issue.where)
    if found is None:
        return issue.where, 0, 0
    return found[1], int(found[2]), int(found[3] or 0)


def nearest(wrong: str, known: Collection[str], hints: str = "keys") -> str | None:
    """What ``wrong`` was probably meant to be: by a hint of ``profile-messages.yaml``, else by spelling; else None."""
    from rapidfuzz import fuzz, process

    hinted = load("profile-messages")[hints].get(slug(wrong))
    if hinted in known:
        return str(hinted)
    folded = {slug(one): one for one in sorted(known)}
    found = process.extractOne(slug(wrong), list(folded), scorer=fuzz.ratio, score_cutoff=60)
    return folded[found[0]] if found else None


def did_you_mean(wrong: str, known: Collection[str], hints: str = "keys") -> str:
    """A remedy: the nearest known word, and else all of them."""
    near = nearest(wrong, known, hints)
    if near is not None:
        return f"did you mean “{near}”?"
    return f"write one of: {', '.join(sorted(known))}"
