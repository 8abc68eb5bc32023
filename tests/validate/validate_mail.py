"""Holds everything that is embedded elsewhere against independent validators: ``make validate-mail``.

Builds the inserts, digests, feeds, index and pages for frames of the five seeds, with an address and without, and runs

- ``email_check.mjs`` (caniemail.com for Gmail, Outlook classic and new, Apple Mail, Yahoo, Thunderbird) over every insert,
- ``feed_check.py`` over the feeds,
- ``axe_check.mjs`` (light and dark, 320 and 1280 pixels) and the Nu validator over the pages.

``--tools`` (or $VALIDATORS) names the folder of these scripts, ``--node`` (or $NODE_TOOLS) the one that holds ``node_modules``,
``--python`` (or $VALIDATORS_PYTHON) a Python with feedparser and lxml.  Exit code 0: nothing found; 1: something; 2: a tool is
missing, which is never a pass.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
CLIENTS = (
    "gmail.desktop-webmail,gmail.android,gmail.ios,outlook.windows,outlook.macos,outlook.outlook-com,"
    "apple-mail.macos,apple-mail.ios,yahoo.desktop-webmail,thunderbird.macos"
)
ALLOWED = {
    "<!DOCTYPE html> element": "the page around the insert, which the newsletter tool brings",
    "<html> element": "the page around the insert",
    "<head> element": "the page around the insert",
    "<body> element": "the page around the insert",
    "height property": "the check takes line-height for it; that no height is used is looked at here",
    "lang attribute": "Yahoo takes it from some elements; nothing is read otherwise",
}
"""Features that some client lacks without changing what is read, each with why."""
ADDRESS = "https://phuong.example.vn/ban-tom-tat"
AROUND = (
    '<!DOCTYPE html>\n<html lang="vi">\n<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    "<title>{title}</title></head>\n<body>\n{insert}</body>\n</html>\n"
)


def main() -> int:
    given = _arguments()
    lacking = list(_missing(given))
    if lacking:
        print("cannot validate:\n  " + "\n  ".join(lacking), file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        made = _build(work)
        findings = [*_mail(given, made, work), *_feeds(given, made), *_pages(given, made)]
    for line in findings:
        print(line)
    print(f"{len(findings)} finding(s)")
    return 1 if findings else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tools", type=Path, default=os.environ.get("VALIDATORS"))
    parser.add_argument("--node", type=Path, default=os.environ.get("NODE_TOOLS"))
    parser.add_argument("--python", default=os.environ.get("VALIDATORS_PYTHON", sys.executable))
    return parser.parse_args()


def _missing(given: argparse.Namespace) -> Iterator[str]:
    for program in ("node", "java", "chromium"):
        if shutil.which(program) is None:
            yield f"{program} is not installed"
    if given.tools is None:
        yield "no folder of validators: give --tools or $VALIDATORS"
    else:
        names = ("email_check.mjs", "feed_check.py", "axe_check.mjs")
        yield from (f"{given.tools / name} is not there" for name in names if not (given.tools / name).is_file())
    if given.node is None:
        yield "no folder of Node tools: give --node or $NODE_TOOLS"
    else:
        yield from (
            f"{given.node / 'node_modules' / name} is not there"
            for name in ("caniemail", "axe-core", "vnu-jar")
            if not (given.node / "node_modules" / name).is_dir()
        )
    if subprocess.run([given.python, "-c", "import feedparser, lxml"], capture_output=True, check=False).returncode:
        yield f"{given.python} lacks feedparser or lxml"


def _build(work: Path) -> tuple[Path, Path]:
    """The briefs twice: published at an address, and kept for oneself."""
    public, private = work / "public", work / "private"
    formats = ("-f", "html,pdf,newsletter,embed")
    _nhiemky("build", "-o", str(public), *formats, "--base-url", ADDRESS)
    _nhiemky("build", "-o", str(private), *formats)
    _nhiemky("digest", "-o", str(public), "--base-url", ADDRESS)
    _nhiemky("digest", "-o", str(private))
    _nhiemky("feed", str(public), "--base-url", ADDRESS)
    _nhiemky("index", str(private))
    return public, private


def _nhiemky(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "toolkit", *arguments], cwd=ROOT, check=True, capture_output=True)


def _mail(given: argparse.Namespace, made: Sequence[Path], work: Path) -> Iterator[str]:
    pages = []
    for root in made:
        for insert in sorted(root.rglob("newsletter/**/*.html")):
            page = work / "-".join(insert.relative_to(work).parts)
            page.write_text(AROUND.format(title=insert.stem, insert=insert.read_text("utf-8")), "utf-8")
            pages.append(page)
    wanted = len(made) * (5 * 3 + 1)
    if len(pages) != wanted:
        yield f"{len(pages)} inserts were made instead of {wanted}"
    yield from (f"{page.name}: a height in a style" for page in pages if re.search(r'[;"]height:', page.read_text("utf-8")))
    call = [
        "node",
        str(given.tools / "email_check.mjs"),
        "--modules",
        str(given.node),
        "--clients",
        CLIENTS,
        "--max-bytes",
        "90000",
    ]
    found = _json([*call, "--allow", ",".join(ALLOWED), *map(str, pages)])
    for one in found:
        name = Path(one["file"]).name
        yield from (f"{name}: {error['rule']}: {error['detail']}" for error in one["errors"])
        yield from (
            f"{name}: {gap['feature']} is not shown by {', '.join(gap['clients'])}"
            for gap in one["unsupported"]
            if gap["feature"] not in ALLOWED
        )
    partial = sorted({gap["feature"] for one in found for gap in one["partial"]})
    print(f"{len(found)} inserts; in part supported, and used within what is: {', '.join(partial)}")


def _feeds(given: argparse.Namespace, made: Sequence[Path]) -> Iterator[str]:
    files = [str(made[0] / name) for name in ("atom.xml", "rss.xml", "feed.json")]
    found = _json([given.python, str(given.tools / "feed_check.py"), *files])
    for one in found:
        yield from (f"{Path(one['file']).name}: {error}" for error in one["errors"])
        if one["entries"] != 5:
            yield f"{one['file']}: {one['entries']} stories instead of 5"
    print(f"{len(found)} feeds")


def _pages(given: argparse.Namespace, made: Sequence[Path]) -> Iterator[str]:
    pages = [str(page) for root in made for page in (root / "index.html", *sorted(root.rglob("embed.html")))]
    for scheme in ("light", "dark"):
        for width in ("320", "1280"):
            call = ["node", str(given.tools / "axe_check.mjs"), "--modules", str(given.node), "--width", width, "--scheme", scheme]
            for one in _json([*call, *pages]):
                name = "/".join(Path(one["file"]).parts[-3:])
                yield from (f"{name} ({scheme}, {width}): {rule['id']}" for rule in one["violations"])
                yield from (f"{name}: asks for {address}" for address in one.get("external", ()))
                yield from (f"{name}: {error}" for error in one["console"])
                if one["overflow_px"]:
                    yield f"{name} ({scheme}, {width}): wider than the window"
    jar = given.node / "node_modules/vnu-jar/build/dist/vnu.jar"
    found = subprocess.run(["java", "-jar", str(jar), "--format", "json", *pages], capture_output=True, text=True, check=False)
    for message in json.loads(found.stderr)["messages"]:
        if message["type"] == "error":
            yield f"{'/'.join(Path(message['url']).parts[-3:])}:{message.get('lastLine')}: {message['message']}"
    for page in (root / "index.html" for root in made):
        # The check above sets the page's policy aside; here it is in force, and the script must have shown its form.
        call = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", page.as_uri()]
        shown = subprocess.run(call, capture_output=True, text=True, check=False).stdout
        if '<form role="search" id="tim">' not in shown or "</output>" not in shown:
            yield f"{page.name}: its own policy stops the script"
    print(f"{len(pages)} pages in four views")


def _json(call: Sequence[str]) -> list[dict]:  # type: ignore[type-arg]
    """What a validator prints; one that fails itself ends the run.

    It prints into a file: Node ends a process without waiting for what a pipe has not taken yet.
    """
    with tempfile.TemporaryFile("w+", encoding="utf-8") as out:
        done = subprocess.run(call, stdout=out, stderr=subprocess.PIPE, text=True, check=False)
        out.seek(0)
        said = out.read()
    if done.returncode == 2 or not said.strip():
        print(f"{Path(call[1]).name} failed: {done.stderr.strip()[:400]}", file=sys.stderr)
        raise SystemExit(2)
    return json.loads(said)  # type: ignore[no-any-return]


if __name__ == "__main__":
    sys.exit(main())
