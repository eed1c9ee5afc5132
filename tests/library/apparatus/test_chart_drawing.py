"""The chart as SVG: well-formed, every box in its place, nothing overlaps, names escaped and wrapped."""

import itertools
import re

import pytest
from lxml import etree

from bonhoa.apparatus.chart_drawing import HEIGHT, WIDTH, Box, draw, wrapped
from bonhoa.apparatus.model import UnitKind
from bonhoa.apparatus.systems import System, system_of

SVG = "{http://www.w3.org/2000/svg}"
TREE = Box(
    "UBND tỉnh", "Nguyễn A", "/1/", 0, (Box("Sở X", below=(Box("Phòng 1"), Box("Phòng 2"))), Box("Sở Y", more=7))
)


def boxes(drawn: str) -> dict[str, tuple[float, float]]:
    """Name → the left upper corner of its box."""
    root = etree.fromstring(drawn)
    return {
        g.findtext(f"{SVG}title"): (float(g.find(f"{SVG}rect").get("x")), float(g.find(f"{SVG}rect").get("y")))
        for g in root.iter(f"{SVG}g")
    }


def test_boxes_stand_right_of_what_they_hang_on_and_never_overlap() -> None:
    places = boxes(draw("Sơ đồ", [TREE, Box("Tỉnh ủy")]))
    assert len(places) == 6
    (top, x, one, y) = (places[n] for n in ("UBND tỉnh – Nguyễn A", "Sở X", "Phòng 1", "Sở Y"))
    assert top[0] < x[0] == y[0] < one[0]
    for (ax, ay), (bx, by) in itertools.combinations(places.values(), 2):
        assert abs(ax - bx) >= WIDTH or abs(ay - by) >= HEIGHT


def test_what_is_not_drawn_is_counted_and_boxes_are_links() -> None:
    drawn = draw("Sơ đồ", [TREE])
    assert drawn.count("<path") == 4 and ">+7</text>" in drawn and '<a href="/1/">' in drawn


def test_nothing_to_draw_is_an_empty_picture() -> None:
    assert boxes(draw("Sơ đồ", [])) == {}


def test_names_are_escaped() -> None:
    drawn = draw('a"<b>', [Box("<script>&", '"', 'x"><script>')])
    assert "<script>" not in drawn and etree.fromstring(drawn) is not None


@pytest.mark.parametrize(
    ("name", "most", "lines"),
    [
        ("Sở Y tế", 2, 1),
        ("Đảng ủy Mặt trận Tổ quốc, các đoàn thể Trung ương", 2, 2),
        ("Đảng ủy Mặt trận Tổ quốc, các đoàn thể Trung ương", 1, 1),
        ("Ủy ban " * 40, 2, 2),
        ("x" * 300, 2, 1),
        ("", 2, 1),
    ],
)
def test_names_fit_their_box(name: str, most: int, lines: int) -> None:
    out = wrapped(name, most)
    assert len(out) == lines and all(len(line) <= 40 for line in out)
    whole = " ".join(out) == " ".join(name.split())
    assert whole or out[-1].endswith("…")


def test_every_kind_has_a_system_and_every_system_a_kind() -> None:
    assert {system_of(str(kind)) for kind in UnitKind} == set(System)
    assert [system_of(k) for k in ("party_agency", "ministry", "front", "press", "territory")] == list(System)


def test_no_style_stands_in_the_drawing() -> None:
    assert not re.search(r"style=|<style", draw("Sơ đồ", [TREE]))
