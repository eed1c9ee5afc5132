"""The 34 provinces as tiles, placed like the country, drawn by Python as SVG; each tile is a link."""

from __future__ import annotations

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

TILES: dict[str, tuple[int, int, str]] = {
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
_W, _H = 84, 40


def draw(values: dict[str, tuple[str, str]]) -> SafeString:
    """The map; `values` gives per province code (address, text under the name)."""
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
            for code, (x, y, name) in TILES.items()
            if code in values
        ),
    )
    return format_html(
        '<svg class="tilemap" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
        6 * _W,
        18 * _H,
        _("34 tỉnh, thành phố"),
        tiles,
    )
