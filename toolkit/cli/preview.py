"""``nhiemky preview``: briefs in the browser, up to date with every change."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from toolkit.cli.options import making_options
from toolkit.messages import say
from toolkit.workspace import SOURCES

if TYPE_CHECKING:
    from toolkit.pipeline import Making
    from toolkit.preview import Change

PORT = 8765


@click.command("preview", help=say("help.preview"))
@click.argument("sources", nargs=-1, type=click.Path(path_type=Path))
@making_options
@click.option("--templates", type=click.Path(path_type=Path, file_okay=False), help=say("option.templates"))
@click.option("--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help=say("option.port"))
@click.option("--open", "open_", is_flag=True, help=say("option.open"))
def command(
    sources: tuple[Path, ...],
    profiles: Path | None,
    settings: tuple[str, ...],
    wish: Making,
    templates: Path | None,
    port: int,
    open_: bool,
) -> int:
    """Serve until Ctrl-C, which is the usual end and no failure."""
    from toolkit.preview import PreviewServer, Workshop

    workshop = Workshop(sources or (SOURCES,), profiles=profiles, settings=settings, making=replace(wish, templates=templates))
    server = PreviewServer(workshop, port)
    watcher = threading.Thread(target=server.watch, args=(_tell,), daemon=True)
    try:
        if first := workshop.look():
            _tell(first)
        watcher.start()
        click.echo(say("preview.serving", url=server.url))
        if open_:
            click.launch(server.url)
        server.serve_forever()
    except KeyboardInterrupt:
        click.echo(say("preview.stopped"), err=True)
    finally:
        server.close()
    return 0


def _tell(change: Change) -> None:
    """One line a change, once all is made of it: what changed, what was made, in what time."""
    if change.left:
        return
    what = ", ".join(path.name for path in change.files[:3]) + (", …" if len(change.files) > 3 else "") or say("preview.title")
    click.echo(say("preview.rebuilt", what=what, n=change.made, seconds=f"{change.seconds:.2f}"))
    if change.faults:
        click.echo(say("preview.failed", what=what, n=change.faults), err=True)
