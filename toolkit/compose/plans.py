"""What an attainment is measured against, in the words of its own clause."""

from __future__ import annotations

import re

from toolkit.compose.desk import Desk
from toolkit.model.fact import Quantity
from toolkit.model.vietnamese import key

_NEXT_THING = re.compile(r"[.;,()\d]")


def plan_object(desk: Desk, quantity: Quantity) -> str:
    """What the attainment is measured against, in the source's words where they follow the figure, else ``kế hoạch``.

    What stands behind the next figure is the measure of that one: ``đạt 135% xã giao và 317% kế hoạch tỉnh giao``.
    """
    after = " ".join(desk.notes.after(quantity.quote, 48).split())
    clause = _NEXT_THING.split(after)[0]
    given = re.search(rf"(?<!\w)(?:{'|'.join(desk.standard.plan_givers)}) giao(?!\w)", clause, re.IGNORECASE)
    for words in desk.standard.plan_objects:
        if words.lower() in clause.lower():
            return words
    if given:
        return f"{desk.words['of_plan']} {given[0].lower()}"
    return desk.words["target_unit" if desk.words["target_unit"] in key(quantity.label) else "of_plan"]
