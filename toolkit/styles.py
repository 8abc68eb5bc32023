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
        return f"brief/{self.id}.html"

    def sheet(self, target: str) -> str:
        """The style sheet for ``screen`` or ``print``."""
        return f"styles/{self.id}/{target}.css"

    @property
    def official(self) -> bool:
        """Whether it is a form of Party or state offices."""
        return self.form is not FormKind.PUBLICATION


@cache
def styles() -> Mapping[str, HouseStyle]:
    """All styles by their names, in order."""
    rows = [HouseStyle(**{**row, "form": FormKind(row["form"]), "faces": Faces(row["faces"])}) for row in load("styles")["styles"]]
    return {row.id: row for row in rows}


def names() -> tuple[str, ...]:
    """Names of the styles, the default first."""
    return tuple(styles())


def style(name: str) -> HouseStyle:
    """The style called ``name``; raises ``UsageError`` with the nearest name for another one."""
    try:
        return styles()[name]
    except KeyError:
        from rapidfuzz import process

        near = process.extractOne(name, names(), score_cutoff=50)
        remedy = f"did you mean {near[0]}?" if near else f"choose of: {', '.join(names())}"
        raise UsageError(f"there is no style {name!r}", remedy=remedy) from None
