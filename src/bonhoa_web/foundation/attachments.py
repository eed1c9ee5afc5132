"""Stored files: bounded, hashed, removed again if their transaction fails, given only to those who may see them."""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Callable
from pathlib import PurePosixPath

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from bonhoa.common.errors import InputError
from bonhoa.documents.guards import MAX_BYTES, refuse_oversize
from bonhoa_web.foundation.actions import Trail
from bonhoa_web.foundation.models import Attachment, User

_readers: list[Callable[[User, Attachment], bool]] = []


def register_reader(may_read: Callable[[User, Attachment], bool]) -> None:
    """A room says whether a person may read an attachment that belongs to it."""
    if may_read not in _readers:
        _readers.append(may_read)


def may_read(user: User, attachment: Attachment) -> bool:
    """True if some room lets `user` read `attachment`."""
    return any(reader(user, attachment) for reader in _readers)


def read_upload(upload: UploadedFile) -> bytes:
    """The bytes of an upload within the limit. Raises InputError("too_large" | "empty")."""
    name = clean_name(upload.name or "")
    if upload.size is not None and upload.size > MAX_BYTES:
        raise too_large(name, upload.size)
    data: bytes = upload.read()
    refuse_oversize(data, name)
    return data


def too_large(name: str, size: int) -> InputError:
    """The sentence for a file past the limit."""
    mega = size / 1024 / 1024
    return InputError(
        "too_large",
        f"Tệp “{name}” nặng {mega:.0f} MB, quá giới hạn 50 MB; hãy tách phụ lục hoặc giảm dung lượng ảnh quét.",
        f'The file "{name}" has {mega:.0f} MB, over the limit of 50 MB; split off annexes or shrink the scans.',
    )


def clean_name(name: str) -> str:
    """The last part of a file name, without control characters, at most 200 characters."""
    last = PurePosixPath(name.replace("\\", "/")).name
    return "".join(c for c in last if c.isprintable())[-200:] or "tep"


def store(*, data: bytes, name: str, user: User, trail: Trail) -> Attachment:
    """Store `data` inside a running action; the file goes away if the action fails."""
    name = clean_name(name)
    mime = mimetypes.guess_type(name)[0] or "application/octet-stream"
    sha256 = hashlib.sha256(data).hexdigest()
    attachment = Attachment(name=name, size=len(data), mime=mime, sha256=sha256, uploaded_by=user)
    attachment.file.save(f"{attachment.sha256[:16]}{PurePosixPath(name).suffix[:10]}", ContentFile(data), save=False)
    storage, path = attachment.file.storage, attachment.file.name
    try:
        attachment.save()
    except BaseException:
        storage.delete(path)
        raise
    trail.undo.append(lambda: storage.delete(path or ""))
    return attachment


def empty(attachment: Attachment) -> None:
    """Delete the bytes and the name of an attachment whose record must stay (after the transaction commits)."""
    storage, path = attachment.file.storage, attachment.file.name
    attachment.name, attachment.file, attachment.size = "-", "", 0
    attachment.save(update_fields=["name", "file", "size"])
    transaction.on_commit(lambda: storage.delete(path or ""))


def remove(attachment: Attachment) -> None:
    """Delete an attachment and its file (after the transaction commits)."""
    storage, path = attachment.file.storage, attachment.file.name
    attachment.delete()
    transaction.on_commit(lambda: storage.delete(path or ""))
