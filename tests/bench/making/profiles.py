"""A small profile for a made-up locality, as an editor would write it."""

from __future__ import annotations

from .article import Article
from .words import words


def profile(article: Article) -> str:
    """YAML text: who the locality is, who issues its brief, and one figure to show first where the article has money in it."""
    place = article.place
    committee = words("places")["party"][place.level]
    lines = [
        f"# {place.level.capitalize()} {place.name}",
        "locality:",
        f"  name: {place.name}",
        f"  level: {place.level}",
        "",
        "display:",
        f"  issuer: {committee.upper()} {place.name.upper()}",
    ]
    quotes = [fact.figure.text for fact in article.facts if fact.figure.kind == "money" and fact.figure.role == "result"]
    once = [quote for quote in quotes if article.text.count(quote) == 1]
    if once:
        lines += ["", f'highlight: ["{once[0]}"]']
    return "\n".join(lines) + "\n"
