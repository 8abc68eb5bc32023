"""The READMEs and the help texts tell the truth: commands, options, exit codes, paths, and the example of the library."""

from __future__ import annotations

import ast
import doctest
import importlib
import re
import shlex
from pathlib import Path

import click
import pytest

import toolkit
from toolkit import errors
from toolkit.cli import COMMANDS, nhiemky
from toolkit.cli.check import NEEDS_A_LOOK
from toolkit.lexicon import DATA, load

ROOT = Path(__file__).parents[1]
READMES = tuple(
    ROOT / name
    for name in (
        *("README.md", "README.vi.md", "profiles/README.md", "profiles/README.vi.md", "seeds/README.md", "templates/README.md"),
        *("tests/eval/README.md", "tests/bench/README.md", "toolkit/data/README.md", "toolkit/data/models/README.md"),
        "toolkit/corpus/README.md",
    )
)
README, VIETNAMESE = (path.read_text("utf-8") for path in READMES[:2])
HELP = {f"help.{name}": texts for name, texts in load("messages")["help"].items()}
FROM_ANY_CODE = {0, 1, NEEDS_A_LOOK, 70, 130}
"""Exit codes that no error class has: done, several reasons, findings, a fault of ours, an interrupt."""


def examples() -> list[tuple[str, str]]:
    """(where it stands, command line) of every call of ``nhiemky`` that a README or a help text shows."""
    texts = {str(path.relative_to(ROOT)): path.read_text("utf-8") for path in READMES}
    texts |= {f"{key} {lang}": text for key, entry in HELP.items() for lang, text in entry.items()}
    found = []
    for where, text in texts.items():
        indent = " {2}" if where.startswith("help.") else " *"  # unindented lines of a help text are prose
        found += [(where, line.strip()) for line in re.findall(rf"^{indent}nhiemky [a-z].*$", text, re.MULTILINE)]
        found += [(where, line) for line in re.findall(r"`(nhiemky [a-z][^`]*)`", text)]
    return found


def parse(group: click.Group, words: list[str]) -> None:
    """Parses the options and arguments of a command line without running it; raises as click does.

    A command without any (`nhiemky profile show`) is only looked up: running text names it so.
    """
    command = group.get_command(click.Context(group), words[0])
    assert command is not None, f"there is no command {words[0]!r}"
    if len(words) > 1 and isinstance(command, click.Group):
        parse(command, words[1:])
    elif len(words) > 1:
        command.make_context(words[0], words[1:])


@pytest.mark.parametrize(("where", "line"), examples(), ids=lambda text: text[:50])
def test_every_command_line_can_be_called(where: str, line: str) -> None:
    assert where
    parse(nhiemky, shlex.split(re.split(r"[<>|]", line)[0], comments=True)[1:])


@pytest.mark.parametrize("text", [README, VIETNAMESE], ids=["en", "vi"])
@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_the_readme(name: str, text: str) -> None:
    assert f"nhiemky {name} " in text.replace("\n", " \n")


def exit_codes() -> set[int]:
    classes = [one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, errors.ToolkitError)]
    return {one.exit_code for one in classes} | FROM_ANY_CODE


def test_the_table_of_exit_codes_is_complete() -> None:
    table = README.split("## Exit codes")[1].split("\n## ")[0]
    assert [int(code) for code in re.findall(r"^\| (\d+) \|", table, re.MULTILINE)] == sorted(exit_codes())


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_the_help_names_every_exit_code(lang: str) -> None:
    assert [int(code) for code in re.findall(r"\d+", HELP["help.main_epilog"][lang])] == sorted(exit_codes())


def paths() -> list[tuple[Path, str]]:
    """(README, path) of everything in back quotes that begins with a folder of the project, and of every link to a file."""
    folders = "|".join(sorted(path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")))
    found = []
    for readme in READMES:
        text = re.sub(r"```.*?```", "", readme.read_text("utf-8"), flags=re.DOTALL)
        found += [(ROOT, path) for path in re.findall(rf"`((?:{folders})/[\w./*-]*)`", text) if not path.startswith("output/")]
        found += [(readme.parent, path) for path in re.findall(r"\]\(([\w./-]+)\)", text)]
    return found


def test_every_path_that_a_readme_names_is_there() -> None:
    # A folder of the user's own may stand beside those of the project: what profiles/README.md tells about is not shipped.
    own = {"profiles/<locality>.yaml", "profiles/ha-dinh/2015-2020.yaml", "profiles/shared/ha-noi.yaml"}
    missing = [path for base, path in paths() if path not in own and not list(base.glob(path.rstrip("/")))]
    assert len(paths()) > 30
    assert missing == []


def test_every_package_is_a_step_of_the_readme_or_named_in_it() -> None:
    for folder in (path for path in (ROOT / "toolkit").iterdir() if (path / "__init__.py").exists()):
        assert f"`toolkit/{folder.name}/`" in README


def test_the_steps_are_those_of_the_pipeline() -> None:
    from toolkit.pipeline import STAGES

    assert README.split("```\nread")[1].split("\n```")[0].replace("→", "").split() == list(STAGES)[1:]
    assert re.findall(r"^\| (\w+) \| `toolkit/\1/` \|", README, re.MULTILINE) == list(STAGES)


def test_the_example_of_the_library_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    (example,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    names: dict[str, object] = {}
    exec(compile(example, "README.md", "exec"), names)
    made = names["made"]
    assert [artifact.name for artifact in made.artifacts] == ["brief.html", "brief.pdf", "facts.json"]  # type: ignore[attr-defined]


def test_the_example_of_the_package_is_that_of_the_readme() -> None:
    imported = {
        alias.name
        for node in ast.walk(ast.parse(re.findall(r"```python\n(.*?)```", README, re.DOTALL)[0]))
        if isinstance(node, ast.ImportFrom) and node.module == "toolkit"
        for alias in node.names
    }
    assert imported <= set(toolkit.__all__)
    assert f"from toolkit import {', '.join(sorted(imported))}\n" in (toolkit.__doc__ or "")


@pytest.mark.parametrize("name", toolkit.__all__)
def test_every_name_of_the_library_says_what_it_is(name: str) -> None:
    assert (getattr(toolkit, name).__doc__ or "").strip()


def modules_with_examples() -> list[str]:
    files = sorted((ROOT / "toolkit").rglob("*.py"))
    return [".".join(f.relative_to(ROOT).with_suffix("").parts) for f in files if ">>> " in f.read_text("utf-8")]


@pytest.mark.parametrize("name", modules_with_examples())
def test_the_examples_of_docstrings_are_true(name: str) -> None:
    result = doctest.testmod(importlib.import_module(name))
    assert result.attempted
    assert not result.failed


def test_every_data_file_is_described() -> None:
    """Each file of ``toolkit/data`` has its row in the README there, and each row its file."""
    rows = re.findall(r"^\| (`[^|]+) \|", (DATA / "README.md").read_text("utf-8"), re.MULTILINE)
    described = {name for row in rows for name in re.findall(r"`([^`]+)`", row)}
    there = {str(path.relative_to(DATA)) for path in DATA.rglob("*") if path.is_file() and path.name != "README.md"}
    assert described == there


def test_the_evaluation_readme_counts_its_articles() -> None:
    text = (ROOT / "tests/eval/README.md").read_text("utf-8")
    for kind in ("dev", "held"):
        (told,) = re.findall(rf"^\| `{kind}-\*` \|[^|]+\| (\d+) \|", text, re.MULTILINE)
        assert int(told) == len(list((ROOT / "tests/eval/articles").glob(f"{kind}-*.txt")))
    named = set(re.findall(r"^\| `(dev-[\w-]+)` \|", text, re.MULTILINE))
    assert named == {path.stem for path in (ROOT / "tests/eval/articles").glob("dev-*.txt")}


def test_the_benchmark_readme_names_its_files() -> None:
    text = (ROOT / "tests/bench/README.md").read_text("utf-8")
    assert set(re.findall(r"^\| `(test_\w+\.py)` \|", text, re.MULTILINE)) == {
        path.name for path in (ROOT / "tests/bench").glob("test_*.py")
    }


def test_the_readmes_call_only_targets_that_exist() -> None:
    targets = set(re.findall(r"^(\w[\w-]*):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    called = {name for path in READMES for name in re.findall(r"`?\bmake ([a-z-]+)(?=[`\s])", _code(path.read_text("utf-8")))}
    assert called
    assert called <= targets


def _code(text: str) -> str:
    """What a Markdown text sets as code: between back quotes and in fences."""
    return "\n".join(re.findall(r"```.*?```|`[^`\n]+`", text, re.DOTALL))
