"""Errors speak both languages: every sentence that the code can say is in the catalogue, and comes back whole."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
import yaml

from toolkit.lexicon import load
from toolkit.messages import translate

ROOT = Path(__file__).parents[2]
PROGRAMMING = {"ValueError", "AttributeError", "AssertionError", "TypeError", "KeyError"}
"""Errors that tell a programmer of a wrong call; users never meet them."""


def sentences() -> list[tuple[str, str]]:
    """(place, sentence) of every literal message of a deliberate error or finding; placeholders as ``⟨x⟩``."""
    found = []
    for path in sorted((ROOT / "toolkit").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if (name.endswith("Error") and name not in PROGRAMMING) or name in ("Issue", "Fault", "_fault"):
                    values = [*node.args, *(k.value for k in node.keywords if k.arg in ("what", "message", "remedy"))]
                    found += [(f"{path.name}:{v.lineno}", text) for v in values if (text := literal(v)) and " " in text]
    return found


def literal(node: ast.expr) -> str | None:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return "".join(str(v.value) if isinstance(v, ast.Constant) else "⟨x⟩" for v in node.values)
    return None


def test_every_sentence_is_in_the_catalogue() -> None:
    known = sentences()
    assert len(known) > 100
    missing = [f"{place}: {text}" for place, text in known if not any(translate(text, lang) != text for lang in ("vi", "en"))]
    # A sentence that is nothing but placeholders and signs has no words to translate.
    missing = [line for line in missing if any(c.isalpha() for c in line.split(": ", 1)[1].replace("⟨x⟩", ""))]
    assert not missing, "\n".join(missing)


@pytest.mark.parametrize("pair", load("errors"), ids=lambda pair: pair[0][:40])
def test_each_pair_comes_back(pair: list[str]) -> None:
    english, vietnamese = pair
    assert translate(english.replace("{", "⟨").replace("}", "⟩"), "vi") == vietnamese.replace("{", "⟨").replace("}", "⟩")
    assert translate(vietnamese.replace("{", "⟨").replace("}", "⟩"), "en") == english.replace("{", "⟨").replace("}", "⟩")


def test_what_is_said_of_wrong_profiles_is_said_in_vietnamese_too() -> None:
    cases = yaml.safe_load((ROOT / "tests/cases/profiles/wrong.yaml").read_text("utf-8"))
    said = {fault["says"] for case in cases for fault in case["faults"]}
    same = [text for text in said if translate(text, "vi") == text]
    assert not same, "\n".join(same)


def test_placeholders_are_translated_themselves() -> None:
    assert translate("facts[0]: there is no key “nmae” here", "vi") == "facts[0]: ở đây không có khóa “nmae”"
    assert translate("unknown words stay", "vi") == "unknown words stay"
