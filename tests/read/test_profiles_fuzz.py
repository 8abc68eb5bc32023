"""Whatever is done to a profile's text, the answer is a profile or a list of faults, never a traceback."""

from __future__ import annotations

from pathlib import Path

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from toolkit.errors import ProfileError
from toolkit.pipeline import read_amount
from toolkit.read.profiles import parse_profile

ROOT = Path(__file__).parents[2]
SHIPPED = [path.read_text("utf-8").replace("extends: ha-noi\n", "") for path in sorted((ROOT / "profiles").glob("*.yaml"))]
LAYERS = yaml.safe_load((ROOT / "tests/cases/profiles/layers.yaml").read_text("utf-8"))
TEXTS = SHIPPED + [text for case in LAYERS for text in case["files"].values() if "extends" not in text]
PIECES = [
    *"\n:-{}[]\"'#&*!|>%@` \t,?~",
    "  ",
    "- ",
    ": ",
    "\n---\n",
    "null",
    "no",
    "5.000",
    "2020-10-05",
    "[]",
    "{}",
    "{append: []}",
    "facts",
    "reason",
    "set",
    "<<: ",
    "&a ",
    "*a",
    "đ",
    "\u0301",
    "\x00",
]

edits = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 12), st.sampled_from(PIECES)), min_size=1, max_size=4)
common = settings(max_examples=250, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


def checked(text: str) -> None:
    """Reads a text; anything raised but ``ProfileError`` fails the test by itself."""
    faults = None
    try:
        parse_profile(text, "profiles/x.yaml", read_amount)
    except ProfileError as error:
        faults = error
    if faults is not None:
        assert faults.issues
        assert str(faults)
        assert all(issue.remedy and issue.where.startswith("profiles/x.yaml:") for issue in faults.issues)


@common
@given(st.sampled_from(TEXTS), edits)
def test_a_damaged_profile(text: str, changes: list[tuple[float, int, str]]) -> None:
    for place, cut, piece in changes:
        at = int(place * len(text))
        text = text[:at] + piece + text[at + cut :]
    checked(text)


KEYS = ["locality", "facts", "term", "display", "highlight", "people", "distribution", "sources", "wording", "name", "set", "hide"]
INNER = [*KEYS, "append", "update", "id", "value", "reason"]
scalars = st.sampled_from(["a", "5.000 người", 1, True, None, 2.5, "2015-2020", "kinh-te", "append", "reason"])
trees = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(INNER), inner, max_size=3),
    max_leaves=12,
)


@common
@given(st.dictionaries(st.sampled_from(KEYS), trees, max_size=4))
def test_a_profile_of_any_shape(tree: dict[str, object]) -> None:
    checked(yaml.safe_dump(tree, allow_unicode=True))
