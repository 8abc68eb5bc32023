"""The shipped profiles, their README and the JSON Schema: in step with the language, and proven by an independent validator."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from toolkit.errors import ProfileError
from toolkit.pipeline import read_amount
from toolkit.read.profile_check import check_document
from toolkit.read.profile_reference import schema_text, with_reference
from toolkit.read.profile_rules import Setting, check_rules
from toolkit.read.profile_yaml import read_documents
from toolkit.read.profiles import load_profiles, parse_profile, profile_schema

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "profiles"
README = (FOLDER / "README.md").read_text("utf-8")
SHIPPED = sorted(FOLDER.rglob("*.yaml"))
WRONG = yaml.safe_load((ROOT / "tests/cases/profiles/wrong.yaml").read_text("utf-8"))
STALE = "run: python -m toolkit.read.profile_reference"


@cache
def validator() -> Any:
    schema = profile_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


class Plain(yaml.SafeLoader):
    """YAML as editors read it: 1.2 has no dates."""


Plain.add_constructor("tag:yaml.org,2002:timestamp", lambda loader, node: loader.construct_scalar(node))  # type: ignore[arg-type]


def test_the_readme_holds_the_reference_of_the_language() -> None:
    assert with_reference(README) == README, STALE


def test_the_schema_file_is_the_one_of_the_language() -> None:
    assert (FOLDER / "profile.schema.json").read_text("utf-8") == schema_text(), STALE


def test_all_five_profiles_of_the_seeds_are_sound() -> None:
    loaded = load_profiles(FOLDER, read_amount=read_amount)
    assert [profile.name for profile in loaded.profiles] == ["duc-thang", "ha-dinh", "kien-hung", "ngoc-thuy", "thanh-xuan"]
    assert loaded.issues == ()


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_the_json_schema_takes_the_shipped_profiles(path: Path) -> None:
    validator().validate(yaml.load(path.read_text("utf-8"), Loader=Plain))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_each_shipped_profile_names_the_schema(path: Path) -> None:
    first = path.read_text("utf-8").split("\n")[0]
    target = first.removeprefix("# yaml-language-server: $schema=")
    assert (path.parent / target).resolve() == (FOLDER / "profile.schema.json").resolve()


UNSEEN = {
    # What only the whole of a profile, or the standard brief, tells; JSON Schema does not see it.
    "a colour eaten by a comment",
    "add without a value",
    "a document without its type",
}


def test_the_json_schema_refuses_what_has_the_wrong_form() -> None:
    """Wrong keys, types, enumerations and missing reasons are refused by the published schema too."""
    codes = {"profile-unknown-key", "profile-type", "profile-missing", "profile-unknown-operator"}
    checked = 0
    for case in WRONG:
        with pytest.raises(ProfileError) as caught:
            parse_profile(case["text"], "profiles/x.yaml", read_amount)
        seen = {issue.code for issue in caught.value.issues}
        if (
            not seen <= codes
            or "---" in case["text"]
            or "for" in case["text"]
            or "parents" in case["text"]
            or case["name"] in UNSEEN
        ):
            continue
        if "profile-missing" in seen and "says nothing new" in caught.value.issues[0].message:
            continue
        checked += 1
        assert not validator().is_valid(yaml.load(case["text"], Loader=Plain)), case["name"]
    assert checked >= 20


def test_every_yaml_example_of_the_readme_is_sound() -> None:
    vietnamese = (FOLDER / "README.vi.md").read_text("utf-8")
    examples = re.findall(r"```yaml\n(.*?)```", README + vietnamese, re.DOTALL)
    assert len(examples) >= 7
    for text in examples:
        documents, faults = read_documents(text, "README.md", "README.md")
        for document in documents:
            faults += check_document(document) + check_rules(document, Setting(read_amount=read_amount))
        assert faults == [], text


def test_the_table_of_misreadings_is_true() -> None:
    rows = re.findall(r"^\| `([a-z]+): ([^`]+)` \| [^|]+ \| `(\"[^`]+\")`", README, re.MULTILINE)
    assert len(rows) >= 7
    frames = {
        "value": "facts:\n  - add: dân số\n    reason: theo niên giám\n    value: %s\n",
        "code": "locality: {reason: a b, code: %s}\n",
    }
    frames |= {"name": "locality: {name: %s}\n", "title": "title: %s\n", "colour": "display:\n  colour: %s\n"}
    for key, wrong, right in rows:
        with pytest.raises(ProfileError):
            parse_profile(frames[key] % wrong, "x.yaml")
        parse_profile(frames[key] % right, "x.yaml")


def test_the_readme_names_every_section_of_the_standard_brief() -> None:
    from toolkit.read.profile_schema import brief_keys

    assert all(f"`{section}`" in README for section in brief_keys()[0])


def test_the_schema_explains_every_key() -> None:
    schema = json.loads(schema_text())
    blocks = [schema, *(one for one in schema["$defs"].values() if "properties" in one)]
    missing = [key for block in blocks for key, value in block["properties"].items() if not value.get("description")]
    assert missing == []


def test_the_readme_tells_the_table_of_precedence() -> None:
    from toolkit.lexicon import load

    told = re.findall(r"^\d\. `([a-z-]+)`:", README, re.MULTILINE)
    assert told == [row["id"] for row in load("precedence")["rules"]]


def test_every_hint_points_to_a_word_of_the_language() -> None:
    from toolkit.lexicon import load
    from toolkit.model.vietnamese import slug

    words = json.dumps(json.loads(schema_text()), ensure_ascii=False)
    hints = load("profile-messages")
    for table in (hints["keys"], hints["values"]):
        assert all(f'"{meant}"' in words for meant in table.values())
        assert all(key == slug(key) for key in table if key.isascii() and "_" not in key)
