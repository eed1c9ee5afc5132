"""A unit typed by a person: its code, or its name with or without diacritics. The units belong to a later room, which
is known here only as what a role points to."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.db.models.functions import Length
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from bonhoa.common.folding import fold
from bonhoa_web.foundation.formats import shown
from bonhoa_web.foundation.models import Grant

NEAREST = 3
MOST = 6  # units of one name that are listed
SHARED = 0.6  # part of the typed words that a near name has
CUTOFF = 70  # likeness of names worth naming, of 100
_WITH_CODE = re.compile(r"^(?P<name>.+?)\s*\((?P<code>[^()]+)\)$")


class UnitInput(forms.TextInput):
    """A text box that says where suggestions are found (`frame.js`)."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The address of the suggestions, where the room that has them is installed."""
        context = super().get_context(name, value, attrs)
        with suppress(NoReverseMatch):
            context["widget"]["attrs"] |= {"data-suggest": reverse("apparatus-suggest"), "autocomplete": "off"}
        return context


class UnitField(forms.CharField):
    """A text box whose value is a unit; suggestions come from the search of the apparatus where there is JavaScript."""

    widget = UnitInput

    def clean(self, value: Any) -> Any:
        """The unit, None where nothing need be typed; ValidationError with the nearest names."""
        text = super().clean(value)
        return find(text) if text else None


def find(text: str) -> Any:
    """The unit with this code or name. Raises ValidationError with one sentence."""
    coded = _coded(text)
    if coded is not None:
        return coded
    named = _named(text)
    if len(named) == 1:
        return named[0]
    if named:
        raise ValidationError(
            _("Có %(n)d cơ quan tên “%(text)s”: %(names)s; hãy gõ mã của cơ quan cần chọn.")
            % {"n": len(named), "text": text, "names": _list(named, codes=True)}
        )
    gone = _ended(text)
    if gone is not None:
        raise ValidationError(
            _("%(name)s chỉ có đến %(day)s; hãy chọn cơ quan kế thừa.") % {"name": gone, "day": shown(gone.valid_to)}
        )
    near = _nearest(text)
    if near:
        raise ValidationError(
            _("Không có cơ quan nào tên hoặc mã “%(text)s”; gần nhất là %(names)s.")
            % {"text": text, "names": _list(near, codes=len({u.name for u in near}) < len(near))}
        )
    raise ValidationError(_("Không có cơ quan nào tên hoặc mã “%(text)s”; hãy tra ở trang Bộ máy.") % {"text": text})


def _units() -> Any:
    return Grant._meta.get_field("unit").related_model._default_manager.all()


def _existing() -> Any:
    today = timezone.localdate()
    return _units().filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=today), Q(valid_to__isnull=True) | Q(valid_to__gt=today)
    )


def _coded(text: str) -> Any:
    """The unit with this code, also in the form "name (code)"."""
    pair = _WITH_CODE.match(text)
    return _units().filter(code__iexact=text).first() or (
        _units().filter(code__iexact=pair["code"].strip()).first() if pair else None
    )


def _named(text: str) -> list[Any]:
    """The living units of this name: as it is typed, else without case and diacritics."""
    wanted = fold(text)
    if not wanted:
        return []
    alike = (
        _existing()
        .select_related("parent")
        .filter(Q(folded__startswith=wanted) | Q(folded__endswith=wanted))
        .order_by("name", "code")
    )
    found = [u for u in alike if wanted in {fold(u.name), fold(u.short_name)}]
    spelt = [u for u in found if text.casefold() in {u.name.casefold(), u.short_name.casefold()}]
    return spelt or found


def _ended(text: str) -> Any:
    """A unit of this name that has ended, the last one; None if there is none."""
    wanted = fold(text)
    gone = _units().filter(valid_to__lte=timezone.localdate(), folded__startswith=wanted).order_by("-valid_to", "pk")
    return next((u for u in gone if wanted and wanted == fold(u.name)), None)


def _nearest(text: str) -> list[Any]:
    """The living units with most words of `text` in their names, short names first; else names that look alike; else
    those in which words begin so."""
    wanted = fold(text)
    words = set(wanted.split())
    names = dict(_existing().values_list("pk", "folded"))
    shared = {pk: len(words & set(name.split())) for pk, name in names.items()}
    most = max(shared.values(), default=0)
    if most and most >= SHARED * len(words):
        place = sorted((len(names[pk]), names[pk], pk) for pk, count in shared.items() if count == most)[:NEAREST]
        return _in_order_of([pk for _length, _name, pk in place])
    alike = process.extract(wanted, names, scorer=fuzz.ratio, limit=NEAREST, score_cutoff=CUTOFF)
    if alike:
        return _in_order_of([pk for _name, _score, pk in alike])
    found = _existing()
    for word in words:
        found = found.filter(Q(folded__startswith=word) | Q(folded__contains=f" {word}"))
    return list(found.select_related("parent").order_by(Length("name"), "name", "pk")[:NEAREST]) if words else []


def _in_order_of(ids: list[int]) -> list[Any]:
    return sorted(_units().select_related("parent").filter(pk__in=ids), key=lambda u: ids.index(u.pk))


def _list(units: list[Any], *, codes: bool) -> str:
    """Names; where they are not enough to tell units apart, with what each belongs to and its code."""
    names = [f"{u.name}{f', {u.parent.name}' if u.parent else ''} ({u.code})" if codes else u.name for u in units]
    return "; ".join(names[:MOST]) + ("; …" if len(units) > MOST else "")
