"""Wrong profiles: each gets its exact message with line, column, caret and remedy, and none a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from toolkit.errors import ProfileError
from toolkit.lexicon import load
from toolkit.pipeline import read_amount
from toolkit.read.profiles import parse_profile

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases/profiles/wrong.yaml").read_text("utf-8"))
FILE = "profiles/x.yaml"


def faults(text: str) -> ProfileError:
    with pytest.raises(ProfileError) as caught:
        parse_profile(text, FILE, read_amount)
    return caught.value


def test_there_are_at_least_sixty() -> None:
    assert len(CASES) >= 60


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_wrong_profile(case: dict[str, object]) -> None:
    error = faults(str(case["text"]))
    said = [{"at": one.where.removeprefix(FILE + ":"), "says": one.message, "do": one.remedy} for one in error.issues]
    assert said == case["faults"]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_caret_stands_under_the_fault(case: dict[str, object]) -> None:
    for issue in faults(str(case["text"])).issues:
        line, column = (int(part) for part in issue.where.split(":")[1:])
        if not str(case["text"]).split("\n")[line - 1]:
            continue
        shown, caret = issue.excerpt.split("\n")
        assert shown.startswith(f"{line:>6} | ")
        assert caret.index("^") - len(f"{line:>6} | ") == column - 1


@pytest.mark.parametrize("row", load("profile-messages")["syntax"], ids=lambda row: str(row["words"]))
def test_each_message_about_syntax_has_an_example(row: dict[str, str]) -> None:
    issue = faults(row["example"]).issues[0]
    assert (issue.message, issue.remedy) == (row["what"], row["remedy"])


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, "- " * 100_000 + "x", "{a: " * 5_000, "? " * 30_000, "a:\n" + "".join(" " * i + "a:\n" for i in range(1, 900))],
    ids=["brackets", "dashes", "braces", "question marks", "indents"],
)
def test_endless_nesting_is_refused_before_it_can_crash_the_parser(text: str) -> None:
    assert [one.code for one in faults(text).issues] == ["profile-too-deep"]


def test_aliases_that_explode_are_refused() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 9)]
    codes = {one.code for one in faults("\n".join(lines)).issues}
    assert "profile-alias" in codes


def test_a_huge_file_is_refused() -> None:
    assert [one.code for one in faults("title: a\n#" + "x" * 1_000_001).issues] == ["profile-too-large"]


def test_the_printed_error_shows_line_caret_and_remedy() -> None:
    printed = str(faults("titel: Tóm tắt\n"))
    assert printed == (
        "1 fault in a profile\n"
        "  → mend the lines below; profiles/README.md explains every key\n\n"
        "profiles/x.yaml:1:1 titel: there is no key “titel” here\n"
        "     1 | titel: Tóm tắt\n"
        "       | ^\n"
        "  → did you mean “title”?"
    )
