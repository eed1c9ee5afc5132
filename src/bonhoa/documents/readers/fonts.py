"""Fonts of a docx that mean an old encoding: the ABC family (.VnTime …) is TCVN3, the VNI family VNI."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from bonhoa.documents.readers.encodings import TCVN3, TCVN3_CAPITALS, VNI
from bonhoa.documents.readers.numbering import W

_RPR, _FONTS, _RSTYLE, _PSTYLE = f"{W}rPr", f"{W}rFonts", f"{W}rStyle", f"{W}pStyle"


class LegacyFonts:
    """The encoding of a run by its font: its own, else that of its style, its paragraph's style, the default."""

    def __init__(self, styles: etree._Element | None) -> None:
        self._styles: dict[str, str | None] = {}
        self._default: str | None = None
        if styles is None or next((f for f in styles.iter(_FONTS) if _encoding(f)), None) is None:
            return
        own: dict[str, str | None] = {}
        parents: dict[str, str] = {}
        for style in styles.iterfind(f"{W}style"):
            name = style.get(f"{W}styleId") or ""
            based, fonts = style.find(f"{W}basedOn"), style.find(f"{_RPR}/{_FONTS}")
            if based is not None:
                parents[name] = based.get(f"{W}val") or ""
            if fonts is not None:
                own[name] = _encoding(fonts)
        default = styles.find(f"{W}docDefaults/{W}rPrDefault/{_RPR}/{_FONTS}")
        self._default = None if default is None else _encoding(default)
        for style in styles.iterfind(f"{W}style"):
            name = style.get(f"{W}styleId") or ""
            seen = [name]
            while seen[-1] not in own and parents.get(seen[-1], name) not in seen:
                seen.append(parents[seen[-1]])
            self._styles[name] = own.get(seen[-1], self._default)
            if style.get(f"{W}default") == "1" and style.get(f"{W}type") == "paragraph":
                self._default = self._styles[name]

    @property
    def in_styles(self) -> bool:
        """True if some style has such a font: then every run may be in it."""
        return bool(self._styles)

    def named_in(self, root: etree._Element) -> Iterator[etree._Element]:
        """The elements of the part that name such a font."""
        return (fonts for fonts in root.iter(_FONTS) if _encoding(fonts))

    def encoding(self, run: etree._Element, paragraph: etree._Element) -> str | None:
        """The old encoding of `run`, or None."""
        properties = next(run.iterchildren(_RPR), None)
        if properties is not None:
            fonts = next(properties.iterchildren(_FONTS), None)
            if fonts is not None and _name(fonts):
                return _encoding(fonts)
            style = next(properties.iterchildren(_RSTYLE), None)
            if style is not None and (found := self._styles.get(style.get(f"{W}val") or "")):
                return found
        above = paragraph.find(f"{W}pPr/{_PSTYLE}") if self._styles else None
        return self._default if above is None else self._styles.get(above.get(f"{W}val") or "", self._default)


def _name(fonts: etree._Element) -> str:
    if fonts.get(f"{W}asciiTheme"):
        return fonts.get(f"{W}asciiTheme") or ""
    return fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or ""


def _encoding(fonts: etree._Element) -> str | None:
    name = _name(fonts).lower()
    if name.startswith(".vn"):
        return TCVN3_CAPITALS if name.endswith("h") else TCVN3
    return VNI if name.startswith("vni") else None
