"""The files of an import, one after the other: of a folder, a zip, several uploads.

Nothing is written to disk here. An upload over FILE_UPLOAD_MAX_MEMORY_SIZE however comes to us as a file that Django
keeps in the temp directory until the request ends: that directory is to be private (docs/en/running.md).
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from bonhoa.common.errors import InputError
from bonhoa.documents.guards import MAX_BYTES
from bonhoa.documents.readers.package import UNREADABLE_ZIP
from bonhoa_web.foundation.attachments import clean_name, too_large

MOST_FILES = 5000
_BOUNDED = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}  # zipfile unpacks a chunk of the others whole, however large
_CLUTTER = {"__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file on its way in: its path in the folder or zip, and how to get its bytes (which may raise InputError)."""

    name: str
    read: Callable[[], bytes]


def of_folder(folder: Path) -> list[Sheet]:
    """Every file below a folder, in the order of the paths. Raises InputError if it is none, or holds too many."""
    if not folder.is_dir():
        raise InputError(
            "no_folder",
            f"{folder} không phải thư mục; kiểm tra lại đường dẫn.",
            f"{folder} is no folder; check the path.",
        )
    paths = sorted(p for p in folder.rglob("*") if p.is_file() and not _clutter(p.relative_to(folder).parts))
    _refuse_many(len(paths), str(folder))
    return [Sheet(p.relative_to(folder).as_posix(), lambda p=p: _file(p)) for p in paths]  # type: ignore[misc]


def _file(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise too_large(path.name, path.stat().st_size)
        return path.read_bytes()
    except OSError as error:
        raise InputError(
            "cannot_open",
            f"Không mở được tệp “{path.name}” ({error.strerror}); kiểm tra quyền đọc.",
            f'Cannot open "{path.name}" ({error.strerror}); check the right to read it.',
        ) from error


def is_zip(name: str) -> bool:
    """Whether a file of this name is taken for a zip of documents."""
    return name.lower().endswith(".zip")


def of_uploads(uploads: Iterable[tuple[str, IO[bytes], int]]) -> list[Sheet]:
    """Every file of several uploads (name, stream, size), those inside a zip in its place. Raises InputError for a zip
    that cannot be opened, or too many files."""
    found: list[Sheet] = []
    for name, stream, size in uploads:
        if is_zip(name):
            found += _of_zip(name, stream)
        elif not _clutter((clean_name(name),)):
            found.append(Sheet(name, lambda n=name, s=stream, z=size: _upload(n, s, z)))  # type: ignore[misc]
        _refuse_many(len(found), name)
    return found


def _upload(name: str, stream: IO[bytes], size: int) -> bytes:
    if size > MAX_BYTES:
        raise too_large(clean_name(name), size)
    stream.seek(0)
    return stream.read()


def _of_zip(name: str, stream: IO[bytes]) -> Iterator[Sheet]:
    try:
        package = zipfile.ZipFile(stream)
    except UNREADABLE_ZIP:
        raise InputError(
            "bad_zip",
            f"Tệp nén “{clean_name(name)}” bị hỏng, không mở được; hãy nén lại rồi tải lên.",
            f'The zip "{clean_name(name)}" is damaged and cannot be opened; make it again and upload it.',
        ) from None
    members = [m for m in package.infolist() if not m.is_dir() and not _clutter(PurePosixPath(_name(m)).parts)]
    _refuse_many(len(members), name)
    for member in members:
        yield Sheet(_name(member), lambda m=member: _member(package, m))  # type: ignore[misc]


def _member(package: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    name = clean_name(_name(member))
    if member.flag_bits & 1:
        raise InputError(
            "encrypted",
            f"Tệp “{name}” trong tệp nén có mật khẩu; hãy gỡ mật khẩu rồi nén lại.",
            f'The file "{name}" in the zip is protected by a password; remove it and make the zip again.',
        )
    if member.compress_type not in _BOUNDED:
        raise InputError(
            "compression",
            f"Tệp “{name}” trong tệp nén dùng kiểu nén lạ nên không mở; hãy nén lại theo kiểu thường (Deflate).",
            f'The file "{name}" in the zip is compressed in an unusual way and was not opened; make the zip again with '
            "the usual compression (Deflate).",
        )
    if member.file_size > MAX_BYTES:
        raise too_large(name, member.file_size)
    try:
        with package.open(member) as stream:
            data = stream.read(MAX_BYTES + 1)  # what the zip says of sizes may be a lie
    except UNREADABLE_ZIP:
        raise InputError(
            "damaged",
            f"Tệp “{name}” trong tệp nén bị hỏng; hãy xin lại tệp gốc.",
            f'The file "{name}" in the zip is damaged; ask for the original.',
        ) from None
    if len(data) > MAX_BYTES:
        raise too_large(name, len(data))
    return data


def _name(member: zipfile.ZipInfo) -> str:
    """The name as its maker wrote it: zips of Windows hold UTF-8 without saying so, then Python reads it as cp437."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return member.filename


def _clutter(parts: tuple[str, ...]) -> bool:
    """What file managers leave beside the documents."""
    return any(p in _CLUTTER or p.startswith((".", "~$")) for p in parts)


def _refuse_many(count: int, where: str) -> None:
    if count > MOST_FILES:
        raise InputError(
            "too_many",
            f"“{where}” có {count} tệp, quá giới hạn {MOST_FILES} tệp mỗi lần nhập; hãy chia nhỏ.",
            f'"{where}" holds {count} files, over the limit of {MOST_FILES} an import; split it.',
        )
