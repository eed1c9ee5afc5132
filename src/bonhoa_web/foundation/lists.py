"""Lists as officials use them: sorted and filtered by the address, counted at the bottom, exported to xlsx."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify

from bonhoa_web.foundation.formats import local, shown

PER_PAGE = 50
CHUNK = 2000  # records of an export that are in memory together
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `value(record)` is what the export holds; `sort` an ORM path; `link(record)` an address or None;
    `note(record)` a line below the value, on the page only."""

    key: str
    label: Any
    value: Callable[[Any], Any]
    sort: str | None = None
    link: Callable[[Any], str | None] | None = None
    note: Callable[[Any], Any] | None = None


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter field: choices for a select, none for a text or date box; of kind "hidden" its value is only kept, what
    sets it is elsewhere on the page. `apply(queryset, value)` narrows; a value that
    cannot be used raises ValueError and is reported beside the field, the list stays whole."""

    key: str
    label: Any
    apply: Callable[[QuerySet[Any], str], QuerySet[Any]]
    choices: Sequence[tuple[str, Any]] | None = None
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell as the template shows it: days and times as text, the label for where cells stand below each other."""

    value: Any
    link: str | None
    label: Any = ""
    note: Any = None


@dataclass(frozen=True)
class ListPage:
    """A page that lists `queryset`.

    `context` may name an `add_url` with its `add_label`; the button is shown if `may_add`. `prepare(records)` is called
    with the records of a page before their cells are asked for (to fetch together what they name).
    """

    title: Any
    columns: Sequence[Column]
    queryset: QuerySet[Any]
    filters: Sequence[Filter] = ()
    empty: Any = ""
    template: str = "foundation/list.html"
    context: dict[str, Any] = field(default_factory=dict)
    may_add: bool = True
    prepare: Callable[[list[Any]], None] | None = None

    def respond(self, request: HttpRequest) -> HttpResponse:
        """The page, or with `?xuat=xlsx` the workbook of exactly the filtered list."""
        queryset, errors = self._filtered(request)
        queryset = self._sorted(queryset, request.GET.get("sap-xep", ""))
        if request.GET.get("xuat") == "xlsx":
            return self._workbook(queryset)
        page = Paginator(queryset, PER_PAGE).get_page(request.GET.get("trang"))
        records = self._prepared(list(page))
        sort = request.GET.get("sap-xep", "")
        return render(
            request,
            self.template,
            {
                "list": self,
                "page": page,
                "total": page.paginator.count,
                "errors": errors,
                "sort": sort,
                "heads": [
                    (c, "-" + c.key if sort == c.key else c.key, sort.lstrip("-") == c.key) for c in self.columns
                ],
                "rows": [[self._cell(c, r) for c in self.columns] for r in records],
                "fields": [(f, request.GET.get(f.key, "")) for f in self.filters],
                "query": without(request, "trang", "xuat"),
                "unsorted": without(request, "trang", "xuat", "sap-xep"),
                **self.context,
            },
        )

    def _prepared(self, records: list[Any]) -> list[Any]:
        if self.prepare is not None:
            self.prepare(records)
        return records

    def _cell(self, column: Column, record: Any) -> Shown:
        return Shown(
            shown(column.value(record)),
            column.link(record) if column.link else None,
            column.label,
            column.note(record) if column.note else None,
        )

    def _filtered(self, request: HttpRequest) -> tuple[QuerySet[Any], dict[str, bool]]:
        queryset, errors = self.queryset, {}
        for wanted in self.filters:
            value = request.GET.get(wanted.key, "").strip()
            if not value:
                continue
            if wanted.choices is not None and value not in {str(c) for c, _ in wanted.choices}:
                errors[wanted.key] = True
                continue
            try:
                queryset = wanted.apply(queryset, value)
            except ValueError:
                errors[wanted.key] = True
        return queryset, errors

    def _sorted(self, queryset: QuerySet[Any], wanted: str) -> QuerySet[Any]:
        for column in self.columns:
            if column.sort and wanted.lstrip("-") == column.key:
                return queryset.order_by(("-" if wanted.startswith("-") else "") + column.sort, "pk")
        return queryset

    def _workbook(self, queryset: QuerySet[Any]) -> HttpResponse:
        from bonhoa.reports import table_xlsx

        rows = [[plain(c.value(r)) for c in self.columns] for r in self._all(queryset)]
        return download(
            table_xlsx(str(self.title), [str(c.label) for c in self.columns], rows),
            f"{slugify(self.title.replace('đ', 'd').replace('Đ', 'D')) or 'danh-sach'}.xlsx",
            XLSX,
        )

    def _all(self, queryset: QuerySet[Any]) -> Iterator[Any]:
        """Every record, prepared, without holding all of them at once."""
        waiting = queryset.iterator(chunk_size=CHUNK)
        while chunk := list(islice(waiting, CHUNK)):
            yield from self._prepared(chunk)


def plain(value: Any) -> Any:
    """A cell value that a workbook holds: numbers and days as such, the rest as text."""
    if value is None or isinstance(value, int | float | dt.date):
        return local(value) if isinstance(value, dt.datetime) else value
    return str(value)


def download(data: bytes, name: str, mime: str) -> HttpResponse:
    """A file to keep."""
    return HttpResponse(data, content_type=mime, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def without(request: HttpRequest, *keys: str) -> str:
    """The query string of this address without `keys`, ending in "&" if not empty."""
    query = request.GET.copy()
    for key in keys:
        query.pop(key, None)
    return f"{query.urlencode()}&" if query else ""


def day(value: str) -> dt.date:
    """A day typed as yyyy-mm-dd or dd/mm/yyyy. Raises ValueError."""
    return dt.datetime.strptime(value, "%d/%m/%Y").date() if "/" in value else dt.date.fromisoformat(value)


def join(values: Iterable[object]) -> str:
    """Values as one text, separated by semicolons."""
    return "; ".join(str(v) for v in values)
