"""What the preview itself shows: the list of briefs, faults with what to do, and the script that reloads a page."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from urllib.parse import quote

from toolkit.errors import Issue, Severity, ToolkitError
from toolkit.messages import language, say, translate
from toolkit.preview.workshop import Page, State

_STYLE = """body{font:1.05rem/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}
body{color:#1d2424;background:#fbfaf7}h1{font-size:1.5rem}li{margin:.5rem 0}a{color:#0f4c4f}.look{color:#98480f}
.fault{border-left:4px solid #a3541a;padding:.2rem 1rem;margin:1.2rem 0}pre{overflow-x:auto}
.where{font-family:ui-monospace,monospace;font-size:.9rem;overflow-wrap:anywhere}
@media(prefers-color-scheme:dark){body{background:#141817;color:#e7ecea}a{color:#8fcac6}.look{color:#e9a06b}}"""

_SCRIPT = """<script>(function(){{var s=new EventSource({url!r});s.onmessage=function(){{s.close();location.reload()}};
addEventListener("pagehide",function(){{s.close()}})}})()</script>"""


def brief_page(page: Page, events: str) -> bytes:
    """A brief as it is, but for the script before its end; or the error in its place, or that it is being made."""
    if page.error is not None:
        return fault_page(page.title, (page.error,), events)
    if not page.html:
        return _page(page.title, f"<p>{escape(say('preview.making'))}</p>", events)
    head, end, tail = page.html.rpartition(b"</body>")
    return head + _SCRIPT.format(url=events).encode() + end + tail if end else page.html + _SCRIPT.format(url=events).encode()


def list_page(state: State, events: str) -> bytes:
    """All briefs with what needs a look, faults first."""
    entries = []
    for folder, page in state.pages.items():
        look = sum(issue.severity is not Severity.INFO for issue in page.issues)
        note = "✗" if page.error is not None else say("preview.look", n=look) if look else ""
        entries.append(f'<li><a href="/{quote(folder)}/">{escape(page.title)}</a> <span class="look">{escape(note)}</span></li>')
    body = f"<ul>{''.join(entries)}</ul>" if entries else f"<p>{escape(say('preview.none'))}</p>"
    return _page(say("preview.title"), "".join(map(_fault, state.faults)) + body, events)


def fault_page(title: str, faults: Iterable[ToolkitError], events: str) -> bytes:
    """Faults in the place of a brief."""
    body = (
        "".join(map(_fault, faults))
        + f'<p>{escape(say("preview.waiting"))}</p><p><a href="/">{escape(say("preview.back"))}</a></p>'
    )
    return _page(title, body, events)


def missing_page(events: str) -> bytes:
    """There is nothing at this address (yet)."""
    return _page(say("preview.not_there"), f'<p><a href="/">{escape(say("preview.back"))}</a></p>', events)


def _fault(error: ToolkitError) -> str:
    issues: tuple[Issue, ...] = getattr(error, "issues", ())
    inner = "".join(_words(issue.where, issue.message, issue.remedy, issue.excerpt) for issue in issues)
    return f'<div class="fault" role="alert">{_words(error.where, error.what, error.remedy)}{inner}</div>'


def _words(where: str, what: str, remedy: str, excerpt: str = "") -> str:
    parts = [f'<p class="where">{escape(where)}</p>' if where else "", f"<p><strong>{escape(translate(what))}</strong></p>"]
    parts.append(f"<pre>{escape(excerpt)}</pre>" if excerpt else "")
    parts.append(f"<p>{escape(say('preview.remedy'))}: {escape(translate(remedy))}</p>" if remedy else "")
    return "".join(parts)


def _page(title: str, body: str, events: str) -> bytes:
    head = '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">'
    made = (
        f'<!DOCTYPE html><html lang="{language()}"><head><meta charset="utf-8"><title>{escape(title)}</title>{head}'
        f"<style>{_STYLE}</style></head><body><h1>{escape(title)}</h1>{body}{_SCRIPT.format(url=events)}</body></html>"
    )
    return made.encode()
