"""Profiles of the whole country: 3,321 of them checked on one core, one of them warm, and all of them merged with their sources."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from toolkit.merge import group, merge
from toolkit.model.context import Level, Locality
from toolkit.model.fact import FactSheet
from toolkit.model.text import Source
from toolkit.pipeline import read_amount
from toolkit.read.profiles import load_profiles, parse_profile

pytestmark = pytest.mark.bench

COMMUNES = 3321
"""Communes, wards and special zones since July 2025."""

SHARED = """\
display:
  colour: "#9b1c1c"
  contact: {{name: Văn phòng Tỉnh ủy, email: vanphong{i}@example.vn}}
  recipients: [Ban Thường vụ Tỉnh ủy, Lưu]
wording: {{han-che: Hạn chế, khuyết điểm}}
"""
SHARED = SHARED.replace("Hạn chế, khuyết điểm", '"Hạn chế, khuyết điểm"')

PROFILE = """\
# yaml-language-server: $schema=profile.schema.json
extends: tinh-{province}
locality:
  name: Tên {i}
  level: xã
  parents: [Huyện {district}, Tỉnh {province}]
  reason: đơn vị hành chính trước ngày 01/7/2025
sources: [xa-{i}-*.txt]
term: {{value: 2020-2025, reason: nhiệm kỳ Đại hội lần thứ XX}}
congress: {{value: {congress}, reason: văn kiện đại hội}}
display:
  length: standard
  recipients: {{prepend: [Huyện ủy {district}]}}
highlight: [thu-ngan-sach, ho-ngheo]
facts:
  - correct: thu-ngan-sach.2019.attainment
    was: "141%"
    value: "14{digit}%"
    reason: theo báo cáo quyết toán ngân sách
    source: Báo cáo số {i}/BC-UBND
  - add: hộ nghèo
    value: "{poor} hộ"
    period: 2022
    sector: van-hoa-xa-hoi
    reason: kết quả rà soát hộ nghèo cuối năm
  - hide: {{sector: do-thi, period: 2019}}
    reason: số liệu của huyện
sentences:
  - drop: Theo phóng viên
    reason: không phải kết quả
distribution:
  lanh-dao:
    - {{email: a{i}@example.vn, name: Nguyễn Văn A}}
    - {{email: b{i}@example.vn, name: Trần Thị B}}
"""


def text(i: int) -> str:
    return PROFILE.format(i=i, province=i % 34, district=i % 700, congress=i % 30 + 1, digit=i % 10, poor=i % 90 + 3)


def write(folder: Path) -> None:
    (folder / "shared").mkdir()
    for i in range(34):
        (folder / "shared" / f"tinh-{i}.yaml").write_text(SHARED.format(i=i), "utf-8")
    for i in range(COMMUNES):
        (folder / f"xa-{i}.yaml").write_text(text(i), "utf-8")


def test_all_communes_in_ten_seconds_on_one_core(tmp_path: Path) -> None:
    write(tmp_path)
    start = time.process_time()
    loaded = load_profiles(tmp_path, read_amount=read_amount)
    spent = time.process_time() - start
    print(f"\n{len(loaded.profiles)} profiles checked and layered: {spent:.2f} s of processor time")
    assert len(loaded.profiles) == COMMUNES
    assert spent < 10

    sheets = [
        FactSheet(Source(f"in/xa-{i}-2023.txt", f"{i}", f"{i:064}"), Locality(f"Tên {i}", Level.XA, slug=f"ten-{i}"))
        for i in range(COMMUNES)
    ]
    start = time.process_time()
    dossiers = [merge(one) for one in group(sheets, loaded)]
    spent = time.process_time() - start
    print(f"{len(dossiers)} groups merged: {spent:.2f} s of processor time")
    assert all(dossier.term is not None for dossier in dossiers)
    assert spent < 10


def test_one_profile_warm_in_fifty_milliseconds() -> None:
    own = text(7).replace("extends: tinh-7\n", "").replace("{prepend: [Huyện ủy 7]}", "[Huyện ủy 7]")
    parse_profile(own, "profiles/xa-7.yaml", read_amount)
    start = time.perf_counter()
    parse_profile(own, "profiles/xa-7.yaml", read_amount)
    spent = time.perf_counter() - start
    print(f"\none profile, warm: {spent * 1000:.1f} ms")
    assert spent < 0.05
