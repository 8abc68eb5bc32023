"""The house styles of a brief, from ``data/styles.yaml``: what each is a form of, its faces, its pages.

Composing asks for the form, rendering for faces and pages, the command line and profiles for the names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

from toolkit.errors import UsageError
from toolkit.lexicon import load

DEFAULT = "an-pham"


class FormKind(StrEnum):
    """What a style is a form of."""

    PUBLICATION = "publication"
    PARTY = "party"
    STATE = "state"
    COMPARISON = "comparison"


class Faces(StrEnum):
    """Where a style's fonts come from."""

    HOUSE = "house"
    OFFICIAL = "official"


@dataclass(frozen=True, slots=True)
class HouseStyle:
    """One style; the keys are explained in ``styles.yaml``."""

    id: str
    form: FormKind
    faces: Faces
    length: str | None = None
    pages: Mapping[str, int] = field(default_factory=dict)
    exact: bool = False
    smallest: float = 0.0

    @property
    def page(self) -> str:
        """The template that the style begins with."""
        return f"{'comparison' if self.compares else 'brief'}/{self.id}.html"

    def sheet(self, target: str) -> str:
        """The style sheet for ``screen`` or ``print``."""
        return f"styles/{self.id}/{target}.css"

    @property
    def official(self) -> bool:
        """Whether it is a form of Party or state offices."""
        return self.form in (FormKind.PARTY, FormKind.STATE)

    @property
    def compares(self) -> bool:
        """Whether it brings several localities or terms together, and so is no style of a brief."""
        return self.form is FormKind.COMPARISON


@cache
def styles() -> Mapping[str, HouseStyle]:
    """All styles of a brief by their names, in order."""
    return _read("styles")


@cache
def comparisons() -> Mapping[str, HouseStyle]:
    """The styles that compare several briefs."""
    return _read("comparison")


def _read(key: str) -> Mapping[str, HouseStyle]:
    rows = [HouseStyle(**{**row, "form": FormKind(row["form"]), "faces": Faces(row["faces"])}) for row in load("styles")[key]]
    return {row.id: row for row in rows}


def names() -> tuple[str, ...]:
    """Names of the styles of a brief, the default first."""
    return tuple(styles())


def style(name: str) -> HouseStyle:
    """The style called ``name``; raises ``UsageError`` with the nearest name for another one."""
    known = {**styles(), **comparisons()}
    try:
        return known[name]
    except KeyError:
        from rapidfuzz import process

        near = process.extractOne(name, list(known), score_cutoff=50)
        remedy = f"did you mean {near[0]}?" if near else f"choose of: {', '.join(known)}"
        raise UsageError(f"there is no style {name!r}", remedy=remedy) from None
