"""How the brief is shown, from the profile; where it says nothing, ``Display``'s defaults stand."""

from __future__ import annotations

from toolkit.merge.scalars import given_origin
from toolkit.model.dossier import Display, Origin
from toolkit.model.profile import Op, Profile

EXTRA = (
    *("base_url", "colour", "logo", "contact", "signer", "recipients"),
    *("issuer", "parent_issuer", "number", "place", "draft", "two_sided", "state"),
)
"""Keys of ``display`` that house styles read from ``Display.extra``."""


def settle_display(profile: Profile, origins: dict[str, Origin]) -> Display:
    """The profile's wishes as a ``Display``; a title or date of its own is marked in ``origins``."""
    shown = profile.display
    for key, given in (("display.title", profile.title), ("display.date", profile.date)):
        if given is not None:
            origins[key] = given_origin(given)
    defaults = Display()
    sections = shown.get("sections")
    return Display(
        title=profile.title.value if profile.title else None,
        length=str(shown.get("length", defaults.length)),
        style=str(shown.get("style", defaults.style)),
        appendix=bool(shown.get("appendix", defaults.appendix)),
        date=profile.date.value if profile.date else None,
        sections=tuple(str(one) for one in sections) if isinstance(sections, list | tuple) else (),
        wording=dict(profile.wording),
        keep=tuple(rule.text for rule in profile.sentences if rule.op is Op.KEEP),
        drop=tuple(rule.text for rule in profile.sentences if rule.op is Op.DROP),
        extra={key: shown[key] for key in EXTRA if key in shown},
    )
