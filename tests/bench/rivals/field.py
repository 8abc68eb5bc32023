"""Who is compared, what each needs, and the command that runs it."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

WORKERS = Path(__file__).parent / "workers"
VARIANT = "pdf/a-3a"
"""What ours is made of; WeasyPrint is asked for the same."""

BASELINE = "plain WeasyPrint, warm, 1 process"


@dataclass(frozen=True, slots=True)
class Field:
    """Where the things of one run are."""

    sources: Path
    pages: Path
    fonts: Path
    cold: int
    """How many pages those get that start anew for each."""


@dataclass(frozen=True, slots=True)
class Rival:
    """``command`` gets the field and an empty folder; ``lacks`` says what is missing here, empty when it can run."""

    name: str
    command: Callable[[Field, Path], list[str]]
    lacks: str = ""
    cold: bool = False
    does: str = "page → PDF"


def rivals() -> tuple[Rival, ...]:
    python, chromium, pandoc = sys.executable, _chromium(), shutil.which("pandoc") or ""
    tools = os.environ.get("NODE_TOOLS", "")
    playwright = bool(tools) and Path(tools, "node_modules", "playwright-core").is_dir()
    typst = os.environ.get("TYPST_PYTHON", python)
    no_chromium = "" if chromium else "no chromium"
    no_node = "" if playwright and shutil.which("node") else "no node, or no playwright-core in NODE_TOOLS"
    no_warm = no_chromium or no_node

    def worker(name: str, *args: str, by: str = python) -> list[str]:
        return [by, str(WORKERS / name), *args]

    def each(field: Field, out: Path, *command: str) -> list[str]:
        return worker("each.py", str(field.pages), str(out), str(field.cold), *command)

    weasyprint = str(Path(python).with_name("weasyprint"))
    no_weasyprint = "" if Path(weasyprint).is_file() else "no weasyprint command"
    asked = f"--pdf-engine-opt=--pdf-variant={VARIANT}"

    def ours(processes: int) -> Callable[[Field, Path], list[str]]:
        return lambda f, o: worker("ours.py", str(f.sources), str(o), str(processes))

    def plain(processes: int) -> Callable[[Field, Path], list[str]]:
        return lambda f, o: worker("plain.py", str(f.pages), str(o), str(processes), VARIANT)

    def pandoc_call(f: Field, o: Path) -> list[str]:
        style = str(f.pages / "style.css")  # pandoc drops the style sheet inside a page
        call = ["-f", "html", "-t", "html", "-s", "--css", style, f"--pdf-engine={weasyprint}", asked, "IN", "-o", "OUT"]
        return each(f, o, pandoc, *call)

    def chromium_call(f: Field, o: Path) -> list[str]:
        quiet = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
        return each(f, o, chromium, *quiet, "--print-to-pdf=OUT", "IN")

    def chromium_kept(tagged: int) -> Callable[[Field, Path], list[str]]:
        return lambda f, o: ["node", str(WORKERS / "chromium.mjs"), str(f.pages), str(o), chromium, str(tagged)]

    def typst_call(f: Field, o: Path) -> list[str]:
        return worker("typst_layout.py", str(f.pages), str(o), str(f.fonts), by=typst)

    no_typst = "" if _has_typst(typst) else "no typst (pip install typst, or TYPST_PYTHON)"
    whole = "article → facts, HTML, PDF, audit, files"
    return (
        Rival("nhiemky batch, warm, 1 process", ours(1), does=whole),
        Rival("nhiemky batch, warm, 2 processes", ours(2), does=whole),
        Rival(BASELINE, plain(1)),
        Rival("plain WeasyPrint, warm, 2 processes", plain(2)),
        Rival(
            "WeasyPrint's command for each file",
            lambda f, o: each(f, o, weasyprint, "--pdf-variant", VARIANT, "IN", "OUT"),
            no_weasyprint,
            cold=True,
        ),
        Rival("pandoc with WeasyPrint, for each file", pandoc_call, no_weasyprint if pandoc else "no pandoc", cold=True),
        Rival("Chromium's command for each file", chromium_call, no_chromium, cold=True),
        Rival("Chromium, one page kept, untagged", chromium_kept(0), no_warm),
        Rival("Chromium, one page kept, tagged", chromium_kept(1), no_warm),
        Rival("typst, warm, 1 process", typst_call, no_typst, does="prepared markup → PDF"),
    )


def _chromium() -> str:
    return os.environ.get("CHROMIUM") or next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
    )


def _has_typst(python: str) -> bool:
    if python == sys.executable:
        return importlib.util.find_spec("typst") is not None
    return subprocess.run([python, "-c", "import typst"], capture_output=True, check=False).returncode == 0


def versions() -> list[str]:
    """What took part, as it names itself."""
    found = [f"Python {sys.version.split()[0]}"]
    for name, command in (
        ("WeasyPrint", [sys.executable, "-c", "import weasyprint; print(weasyprint.__version__)"]),
        ("", [_chromium(), "--version"]),
        ("", ["pandoc", "--version"]),
        ("node", ["node", "--version"]),
        (
            "typst",
            [os.environ.get("TYPST_PYTHON", sys.executable), "-c", "import importlib.metadata as m; print(m.version('typst'))"],
        ),
    ):
        try:
            told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        except (OSError, subprocess.CalledProcessError):
            continue
        found.append(f"{name} {told.splitlines()[0]}".split(" built on")[0].strip())
    return found
