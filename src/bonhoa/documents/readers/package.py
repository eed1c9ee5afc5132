"""Opening a docx as what it is, a zip of XML from somebody unknown: sizes bounded, no entities, no network."""

from __future__ import annotations

import io
import zipfile
import zlib

from lxml import etree

from bonhoa.common.errors import InputError

MAX_UNPACKED = 400 * 1024 * 1024
MAX_PART = 120 * 1024 * 1024
MAX_RATIO = 400
MAX_ENTRIES = 5000


class Package:
    """The XML parts of a docx. Raises InputError("zip_bomb" | "entities" | "encrypted" | "damaged")."""

    def __init__(self, data: bytes, filename: str) -> None:
        self.filename = filename
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self._zip.infolist()
        except (zipfile.BadZipFile, OSError, ValueError):
            raise self._damaged() from None
        total = sum(e.file_size for e in entries)
        worst = max((e.file_size / max(e.compress_size, 1) for e in entries if e.file_size > 1024 * 1024), default=0)
        if total > MAX_UNPACKED or worst > MAX_RATIO or len(entries) > MAX_ENTRIES:
            raise InputError(
                "zip_bomb",
                f"Tệp “{filename}” bung ra quá lớn so với dung lượng (nghi tệp nén phá hoại); không mở. Hãy xin "
                f"lại tệp gốc.",
                f'The file "{filename}" unpacks to far more than its size (a zip bomb?) and was not opened; '
                "ask for the original again.",
            )
        if any(e.flag_bits & 1 for e in entries):
            raise InputError(
                "encrypted",
                f"Tệp “{filename}” có mật khẩu; hãy gỡ mật khẩu rồi tải lên.",
                f'The file "{filename}" is protected by a password; remove it and upload again.',
            )

    def part(self, name: str) -> etree._Element | None:
        """The root element of part `name`, or None if there is none."""
        try:
            with self._zip.open(name) as stream:
                data = stream.read(MAX_PART + 1)
        except KeyError:
            return None
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError, zlib.error):
            raise self._damaged() from None
        if len(data) > MAX_PART:
            raise self._damaged()
        if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data[:65536] or "<!DOCTYPE".encode("utf-16-le") in data[:8192]:
            raise self._entities()
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError:
            raise self._damaged() from None
        if root.getroottree().docinfo.internalDTD is not None:  # in another encoding, or behind a long comment
            raise self._entities()
        return root

    def names(self, prefix: str) -> list[str]:
        """The parts whose names begin with `prefix`."""
        return sorted(n for n in self._zip.namelist() if n.startswith(prefix))

    def _entities(self) -> InputError:
        return InputError(
            "entities",
            f"Tệp “{self.filename}” chứa khai báo thực thể XML, tệp Word bình thường không có; không mở. "
            "Hãy lưu lại bằng Word.",
            f'The file "{self.filename}" declares XML entities, as no ordinary Word file does, and was not opened; '
            "save it again with Word.",
        )

    def _damaged(self) -> InputError:
        return InputError(
            "damaged",
            f"Tệp “{self.filename}” bị hỏng, không mở được; hãy xin lại tệp gốc hoặc lưu lại bằng Word.",
            f'The file "{self.filename}" is damaged and cannot be opened; ask for the original or '
            "save it again with Word.",
        )
