"""The provinces of a day as tiles, placed like the country, drawn by Python as SVG; each tile is a link."""

from __future__ import annotations

import datetime as dt

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

Tiles = dict[str, tuple[int, int, str]]

TILES: Tiles = {
    # code of the statistical office → (column, row, short label); our own drawing, not a projection
    "04": (4, 0, "Cao Bằng"),
    "08": (3, 0, "Tuyên Quang"),
    "12": (1, 0, "Lai Châu"),
    "15": (2, 0, "Lào Cai"),
    "11": (1, 1, "Điện Biên"),
    "14": (1, 2, "Sơn La"),
    "19": (3, 1, "Thái Nguyên"),
    "20": (4, 1, "Lạng Sơn"),
    "22": (5, 2, "Quảng Ninh"),
    "24": (4, 2, "Bắc Ninh"),
    "25": (2, 2, "Phú Thọ"),
    "01": (3, 2, "Hà Nội"),
    "31": (5, 3, "Hải Phòng"),
    "33": (4, 3, "Hưng Yên"),
    "37": (3, 3, "Ninh Bình"),
    "38": (2, 4, "Thanh Hóa"),
    "40": (2, 5, "Nghệ An"),
    "42": (3, 6, "Hà Tĩnh"),
    "44": (3, 7, "Quảng Trị"),
    "46": (4, 8, "Huế"),
    "48": (5, 9, "Đà Nẵng"),
    "51": (5, 10, "Quảng Ngãi"),
    "52": (4, 11, "Gia Lai"),
    "56": (5, 12, "Khánh Hòa"),
    "66": (4, 12, "Đắk Lắk"),
    "68": (4, 13, "Lâm Đồng"),
    "75": (3, 14, "Đồng Nai"),
    "79": (3, 15, "TP.HCM"),
    "80": (2, 14, "Tây Ninh"),
    "82": (1, 15, "Đồng Tháp"),
    "86": (2, 16, "Vĩnh Long"),
    "91": (0, 15, "An Giang"),
    "92": (1, 16, "Cần Thơ"),
    "96": (1, 17, "Cà Mau"),
}
TILES_OF_63: Tiles = {
    # the map before NQ 202/2025/QH15; the same code may stand for another province there
    "12": (1, 0, "Lai Châu"),
    "10": (2, 0, "Lào Cai"),
    "02": (3, 0, "Hà Giang"),
    "04": (4, 0, "Cao Bằng"),
    "11": (0, 1, "Điện Biên"),
    "15": (2, 1, "Yên Bái"),
    "08": (3, 1, "Tuyên Quang"),
    "06": (4, 1, "Bắc Kạn"),
    "20": (5, 1, "Lạng Sơn"),
    "14": (1, 2, "Sơn La"),
    "25": (2, 2, "Phú Thọ"),
    "26": (3, 2, "Vĩnh Phúc"),
    "19": (4, 2, "Thái Nguyên"),
    "24": (5, 2, "Bắc Giang"),
    "17": (2, 3, "Hoà Bình"),
    "01": (3, 3, "Hà Nội"),
    "27": (4, 3, "Bắc Ninh"),
    "30": (5, 3, "Hải Dương"),
    "22": (6, 3, "Quảng Ninh"),
    "35": (3, 4, "Hà Nam"),
    "33": (4, 4, "Hưng Yên"),
    "34": (5, 4, "Thái Bình"),
    "31": (6, 4, "Hải Phòng"),
    "37": (3, 5, "Ninh Bình"),
    "36": (4, 5, "Nam Định"),
    "38": (2, 6, "Thanh Hóa"),
    "40": (2, 7, "Nghệ An"),
    "42": (3, 8, "Hà Tĩnh"),
    "44": (3, 9, "Quảng Bình"),
    "45": (4, 10, "Quảng Trị"),
    "46": (4, 11, "Huế"),
    "48": (5, 11, "Đà Nẵng"),
    "49": (5, 12, "Quảng Nam"),
    "62": (4, 13, "Kon Tum"),
    "51": (5, 13, "Quảng Ngãi"),
    "64": (4, 14, "Gia Lai"),
    "52": (5, 14, "Bình Định"),
    "66": (4, 15, "Đắk Lắk"),
    "54": (5, 15, "Phú Yên"),
    "67": (3, 16, "Đắk Nông"),
    "68": (4, 16, "Lâm Đồng"),
    "56": (5, 16, "Khánh Hòa"),
    "70": (3, 17, "Bình Phước"),
    "60": (4, 17, "Bình Thuận"),
    "58": (5, 17, "Ninh Thuận"),
    "72": (1, 18, "Tây Ninh"),
    "74": (2, 18, "Bình Dương"),
    "75": (3, 18, "Đồng Nai"),
    "80": (1, 19, "Long An"),
    "79": (2, 19, "TP.HCM"),
    "77": (3, 19, "BR - VT"),
    "89": (0, 20, "An Giang"),
    "87": (1, 20, "Đồng Tháp"),
    "82": (2, 20, "Tiền Giang"),
    "91": (0, 21, "Kiên Giang"),
    "92": (1, 21, "Cần Thơ"),
    "86": (2, 21, "Vĩnh Long"),
    "83": (3, 21, "Bến Tre"),
    "93": (1, 22, "Hậu Giang"),
    "84": (2, 22, "Trà Vinh"),
    "96": (0, 23, "Cà Mau"),
    "95": (1, 23, "Bạc Liêu"),
    "94": (2, 23, "Sóc Trăng"),
}
_LAYOUTS: list[tuple[dt.date, Tiles]] = [(dt.date(2025, 7, 1), TILES), (dt.date.min, TILES_OF_63)]
_W, _H = 84, 40


def layout(on: dt.date) -> Tiles:
    """Where the provinces of a day stand."""
    return next(tiles for since, tiles in _LAYOUTS if on >= since)


def draw(values: dict[str, tuple[str, str]], on: dt.date) -> SafeString:
    """The map of a day; `values` gives per province code (address, text under the name)."""
    places = layout(on)
    tiles = format_html_join(
        "",
        '<a href="{}"><rect class="tile" x="{}" y="{}" width="{}" height="{}" rx="4"/>'
        '<text class="tile-name" x="{}" y="{}">{}</text><text class="tile-value" x="{}" y="{}">{}</text></a>',
        (
            (
                values[code][0],
                x * _W + 1,
                y * _H + 1,
                _W - 3,
                _H - 3,
                x * _W + _W // 2,
                y * _H + 17,
                name,
                x * _W + _W // 2,
                y * _H + 32,
                values[code][1],
            )
            for code, (x, y, name) in places.items()
            if code in values
        ),
    )
    return format_html(
        '<svg class="tilemap" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
        (1 + max(x for x, _y, _name in places.values())) * _W,
        (1 + max(y for _x, y, _name in places.values())) * _H,
        _("Bản đồ ô các tỉnh, thành phố"),
        tiles,
    )
