"""A line of the audit for a reader: which record, under its name and with its address, and what changed, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.urls import NoReverseMatch, reverse
from django.utils.dateparse import parse_date
from django.utils.text import Truncator

from bonhoa_web.foundation.action_words import COUNTED, FIELDS, JOBS, KINDS, VALUES, Kind, english, say
from bonhoa_web.foundation.formats import shown, whole_number
from bonhoa_web.foundation.models import AuditEntry, Job
from bonhoa_web.foundation.roles import Role

Key = tuple[str, str]  # label of the model, id of the record

_HEAVY = {"text", "folded", "content", "sketch"}  # fields that no name is made of
_PAIRS = (("before", "person"), ("before", "on"), ("lead_before", "lead"))  # keys of an old and a new value
_SILENT = {"report"}  # ids that say nothing to a reader


@dataclass(frozen=True, slots=True)
class About:
    """A record in words, and its address if it has one."""

    words: str
    url: str | None = None


def name_entries(entries: Iterable[AuditEntry]) -> None:
    """Give each entry `about`: the record that it tells of. As many queries as there are kinds of records."""
    entries = list(entries)
    found = describe({(e.object_type, e.object_id) for e in entries if e.object_type})
    for entry in entries:
        entry.about = found.get((entry.object_type, entry.object_id), About(""))  # type: ignore[attr-defined]


def name_jobs(jobs: Iterable[Job]) -> None:
    """Give each job `about`: the record that it works on."""
    jobs = list(jobs)
    found = describe({(JOBS[j.kind][1], j.object_id) for j in jobs if j.kind in JOBS})
    for job in jobs:
        about = found.get((JOBS[job.kind][1], job.object_id)) if job.kind in JOBS else None
        job.about = about or About(job.object_id)  # type: ignore[attr-defined]


def describe(keys: Iterable[Key]) -> dict[Key, About]:
    """Each record in words; one that is gone, or of an unknown kind, by its kind and number."""
    by_label: dict[str, set[str]] = {}
    for label, pk in keys:
        by_label.setdefault(label, set()).add(pk)
    out: dict[Key, About] = {}
    for label, ids in by_label.items():
        kind = KINDS.get(label, Kind((label, label)))
        records = _records(label, ids)
        names = _names(kind, records)
        for pk in ids:
            number = f"{say(kind.words)} {pk}"
            record = records.get(pk)
            words = f"{say(kind.words)}: {names[pk]}" if names.get(pk) else number
            out[label, pk] = About(words, _address(kind, record) if record is not None else None)
    return out


def _records(label: str, ids: Iterable[str]) -> dict[str, Model]:
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError):
        return {}
    heavy = [f.name for f in model._meta.concrete_fields if f.name in _HEAVY]
    wanted = [pk for pk in ids if whole_number(pk) is not None]
    return {str(r.pk): r for r in model._default_manager.defer(*heavy).filter(pk__in=wanted)}


def _names(kind: Kind, records: dict[str, Model]) -> dict[str, str]:
    """id → name; of the record that `kind` is named by, or its own, if its model has one."""
    if kind.named_by:
        owners = {pk: str(getattr(record, f"{kind.named_by}_id")) for pk, record in records.items()}
        first = next(iter(records.values()), None)
        model: Any = first._meta.get_field(kind.named_by).related_model if first is not None else None
        named = _records(model._meta.label_lower, set(owners.values())) if model is not None else {}
        return {pk: _short(named[owner]) for pk, owner in owners.items() if owner in named}
    return {pk: _short(record) for pk, record in records.items() if type(record).__str__ is not Model.__str__}


def _short(record: Model) -> str:
    return Truncator(str(record)).chars(90)


def _address(kind: Kind, record: Model) -> str | None:
    if not kind.url:
        return None
    try:
        return reverse(kind.url, args=[getattr(record, f"{kind.linked_by}_id") if kind.linked_by else record.pk])
    except NoReverseMatch:  # the room is not installed
        return None


# --- what changed ----------------------------------------------------------------------------------------------------


def detail_words(entry: AuditEntry) -> str:
    """The detail of an entry: "field: old → new" or "field: value" in words, joined by semicolons."""
    rest = {key: value for key, value in entry.detail.items() if key not in _SILENT}
    parts = []
    if {"from", "to"} <= rest.keys():
        field = "state" if entry.action.startswith("task.") else "name"
        parts.append(_changed(field, rest.pop("from"), rest.pop("to")))
    for old, new in _PAIRS:
        if {old, new} <= rest.keys():
            parts.append(_changed(new, rest.pop(old), rest.pop(new)))
    parts += [_said(key, value) for key, value in rest.items() if value not in (None, "", [], {})]
    return "; ".join(parts)


def _changed(field: str, old: Any, new: Any) -> str:
    return f"{_field(field)}: {_value(field, old)} → {_value(field, new)}"


def _said(key: str, value: Any) -> str:
    if key in FIELDS and isinstance(value, str) and " → " in value and key not in {"text", "reason", "note", "step"}:
        old, _arrow, new = value.partition(" → ")
        return _changed(key, old, new)
    if key in COUNTED and COUNTED[key][0] == FIELDS[key][0]:  # "5 nhiệm vụ" says what is counted
        return _value(key, value)
    return f"{_field(key)}: {_value(key, value)}"


def _field(key: str) -> str:
    return say(FIELDS.get(key, (key, key)))


def _value(field: str, value: Any) -> str:
    """One value as a reader meets it."""
    if value in (None, "", []):
        return "—"
    if isinstance(value, bool):
        return say(("có", "yes")) if value else say(("không", "no"))
    if field in COUNTED:
        return _counted(field, len(value) if isinstance(value, list) else int(value))
    if isinstance(value, list):
        return ", ".join(str(v) for v in value)
    text = str(value)
    if field == "percent":
        return f"{text}%"
    if field in {"sha256", "scan"}:
        return f"{text[:12]}…"
    return _word(field, text) or _day(text) or text


def _counted(field: str, n: int) -> str:
    vi, one, many = COUNTED[field]
    return f"{n} {(one if n == 1 else many) if english() else vi}"


def _word(field: str, text: str) -> str:
    """A word of a vocabulary in the language of the page; "" for what is none."""
    from bonhoa.execution.progress import State

    vocabulary: Any = {"role": Role, "state": State}.get(field)
    if vocabulary is not None:
        member = next((m for m in vocabulary if str(m) == text), None)
        return say((member.vi, member.en)) if member is not None else ""
    return say(VALUES[field, text]) if (field, text) in VALUES else ""


def _day(text: str) -> str:
    try:
        found: dt.date | None = parse_date(text)
    except ValueError:
        found = None
    return shown(found) if found else ""
