"""Where and when: locality, term of office, sector, kind of report."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Sector(StrEnum):
    """The eight sectors of a brief, and ``chung`` for what concerns the whole term."""

    KINH_TE = "kinh-te"
    DO_THI = "do-thi"
    VAN_HOA_XA_HOI = "van-hoa-xa-hoi"
    GIAO_DUC_Y_TE = "giao-duc-y-te"
    QUOC_PHONG_AN_NINH = "quoc-phong-an-ninh"
    CHINH_QUYEN = "chinh-quyen"
    XAY_DUNG_DANG = "xay-dung-dang"
    DAN_VAN_DOAN_THE = "dan-van-doan-the"
    CHUNG = "chung"


class Level(StrEnum):
    """Levels of administrative units, before and after July 2025."""

    PHUONG = "phường"
    XA = "xã"
    THI_TRAN = "thị trấn"
    DAC_KHU = "đặc khu"
    QUAN = "quận"
    HUYEN = "huyện"
    THI_XA = "thị xã"
    THANH_PHO = "thành phố"
    TINH = "tỉnh"


class Role(StrEnum):
    """What a figure says: a level reached, a target, how a target was met, or a change."""

    RESULT = "result"
    PLAN = "plan"
    ATTAINMENT = "attainment"
    CHANGE = "change"


class Report(StrEnum):
    """Kind of report."""

    FULL_TERM = "full-term"
    HALF_TERM = "half-term"
    ANNUAL = "annual"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Successor:
    """A unit that took over a locality in a reform; ``share`` is ``whole`` or ``part``."""

    name: str
    level: Level | None
    province: str
    share: str = "whole"
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Locality:
    """An administrative unit as its time named it.

    ``parents`` are names without their level, nearest first.  ``slug`` is the ASCII folder name (``ha-dinh``).  ``code`` and
    ``successors`` are filled where the gazetteer knows the unit; ``status`` is ``merged``, ``divided``, ``renamed``, ``kept``,
    ``ambiguous`` or None (unknown).  ``inferred_parents`` are parents that no text names but that follow from the gazetteer,
    nearest first; they are never mixed into ``parents``.
    """

    name: str
    level: Level | None = None
    parents: tuple[str, ...] = ()
    slug: str = ""
    code: str | None = None
    status: str | None = None
    successors: tuple[Successor, ...] = ()
    predecessors: tuple[str, ...] = ()
    inferred_parents: tuple[str, ...] = ()
