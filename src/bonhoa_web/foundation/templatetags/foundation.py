"""Filters and tags that every room's templates use."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language

from bonhoa.common.labels import Labelled
from bonhoa_web.foundation import action_words as words_of_actions
from bonhoa_web.foundation import formats, navigation
from bonhoa_web.foundation.roles import Role

register = template.Library()


@register.filter
def labelled(value: Any, vocabulary: Any = None) -> str:
    """The label of a `Labelled` member in the language of the page."""
    return value.label(get_language() or "vi") if isinstance(value, Labelled) else str(value)


@register.simple_tag
def role_label(value: str) -> str:
    """The label of a role in the language of the page."""
    return Role.of(value).label(get_language() or "vi")


@register.filter
def action_words(name: Any) -> str:
    """An action of the audit in words: task.decline → chuyển trả nhiệm vụ."""
    return words_of_actions.action_words(str(name))


@register.filter
def job_words(kind: Any) -> str:
    """What a background job does, in words: documents.read → đọc văn bản."""
    return words_of_actions.job_words(str(kind))


@register.filter
def dmy(value: Any) -> str:
    """A day as dd/mm/yyyy, a time as dd/mm/yyyy hh:mm, in both languages; "" for none."""
    return "" if value is None else str(formats.shown(value))


@register.filter
def vn_number(value: Any) -> str:
    """46970 → 46.970 (in English 46,970)."""
    if value is None or value == "":
        return ""
    shown = f"{int(value):,}"
    return shown if (get_language() or "vi").startswith("en") else shown.replace(",", ".")


@register.filter
def in_language(record: Any, stem: str) -> str:
    """`record.<stem>_vi` or `<stem>_en` by the language of the page."""
    suffix = "en" if (get_language() or "vi").startswith("en") else "vi"
    return str(getattr(record, f"{stem}_{suffix}", "") or "")


@register.simple_tag(takes_context=True)
def nav_entries(context: Any) -> list[tuple[navigation.Entry, str, bool]]:
    """(entry, address, whether it is the current room) for the person of the request; rooms without an address are left
    out (`tests/house/test_routes.py` finds them)."""
    request = context["request"]
    out = []
    for entry in navigation.entries_for(request.user):
        try:
            url = reverse(entry.url_name)
        except NoReverseMatch:
            continue
        here = request.path == url if url == "/" else request.path.startswith(url)
        out.append((entry, url, here))
    return out
