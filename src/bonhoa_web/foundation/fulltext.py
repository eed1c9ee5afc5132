"""Words in long texts, with and without diacritics: FTS5 on SQLite, `simple` tsvectors under GIN on PostgreSQL.

A table keeps each text twice, as it is and folded (`bonhoa.common.folding`). The folded one decides what is found, and
what has the words with the very diacritics that were typed stands above what has them only without. A word of the
query finds the words that begin with it; several, or a number as "14/KH-UBND", are parts of one when they stand in
quotes or without a blank between them.

The index hangs on triggers (SQLite) or generated columns (PostgreSQL), so that it cannot fall behind the table; both
are put there after every `migrate`, since a table of SQLite loses its triggers when it is made anew.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import connection, connections
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from bonhoa.common.folding import fold

_WORD = re.compile(r"[^\W_]+")
_TERM = re.compile(r'"([^"]*)"|(\S+)')
_MOST_TERMS = 24

Term = list[str]  # the words that follow each other; the last may go on


@dataclass(frozen=True, slots=True)
class Part:
    """A text of the table: its column, that of its folded form, and how much a hit in it weighs."""

    column: str
    folded: str
    weight: int


@dataclass(frozen=True)
class FullText:
    """The index over some texts of `table`, whose primary key is `id`."""

    table: str
    parts: Sequence[Part]

    def install(self, using: str = "default", **_: Any) -> None:
        """Put the index in place and fill it; a receiver of `post_migrate`, which does nothing where it stands."""
        made = connections[using]
        with made.cursor() as cursor:
            columns = (
                {c.name for c in made.introspection.get_table_description(cursor, self.table)}
                if self.table in made.introspection.table_names(cursor)
                else set()
            )
            if not {p.folded for p in self.parts} <= columns:  # a migration of long ago, on its way here
                return
            if {"words_accented", "words_folded"} <= columns:  # PostgreSQL, in place
                return
            for statement in self._sqlite(cursor) if made.vendor == "sqlite" else self._postgresql():
                cursor.execute(statement)

    @cached_property
    def _columns(self) -> list[str]:
        return [p.column for p in self.parts] + [p.folded for p in self.parts]

    def _sqlite(self, cursor: Any) -> list[str]:
        names = ", ".join(self._columns)
        old, new = (", ".join(f"{row}.{c}" for c in self._columns) for row in ("old", "new"))
        index = f"{self.table}_words"
        add = f"INSERT INTO {index} (rowid, {names}) VALUES (new.id, {new});"  # noqa: S608 - names of our own
        drop = f"INSERT INTO {index} ({index}, rowid, {names}) VALUES ('delete', old.id, {old});"  # noqa: S608
        cursor.execute("SELECT 1 FROM sqlite_master WHERE name = %s", [index])
        made = cursor.fetchone()
        return [
            f"CREATE VIRTUAL TABLE IF NOT EXISTS {index} USING fts5({names}, content='{self.table}', "
            "content_rowid='id', tokenize='unicode61 remove_diacritics 0')",
            f"CREATE TRIGGER IF NOT EXISTS {index}_add AFTER INSERT ON {self.table} BEGIN {add} END",
            f"CREATE TRIGGER IF NOT EXISTS {index}_drop AFTER DELETE ON {self.table} BEGIN {drop} END",
            f"CREATE TRIGGER IF NOT EXISTS {index}_change AFTER UPDATE OF {names} ON {self.table} "
            f"BEGIN {drop} {add} END",
            *([] if made else [f"INSERT INTO {index} ({index}) VALUES ('rebuild')"]),  # noqa: S608
        ]

    def _postgresql(self) -> list[str]:
        # A tsvector holds 1 MB: of a text with more different words than that, the beginning is indexed.
        function = """CREATE OR REPLACE FUNCTION bonhoa_words(words text) RETURNS tsvector AS $$
            DECLARE whole text := translate(words, '/-–—.,:;@_&+#%~=?''"()[]\\|<>*', repeat(' ', 40));
                    size int := length(words);
            BEGIN
              LOOP
                BEGIN
                  RETURN to_tsvector('pg_catalog.simple', left(whole, size));
                EXCEPTION WHEN program_limit_exceeded THEN
                  size := size / 2;
                END;
              END LOOP;
            END $$ LANGUAGE plpgsql IMMUTABLE"""
        statements = [function]
        for kind, columns in (("accented", [p.column for p in self.parts]), ("folded", [p.folded for p in self.parts])):
            letters = dict(zip(sorted({p.weight for p in self.parts}, reverse=True), "ABCD", strict=False))
            vector = " || ".join(
                f"setweight(bonhoa_words({c}), '{letters[p.weight]}')" for c, p in zip(columns, self.parts, strict=True)
            )
            column = f"words_{kind}"
            statements += [
                f"ALTER TABLE {self.table} ADD COLUMN IF NOT EXISTS {column} tsvector "
                f"GENERATED ALWAYS AS ({vector}) STORED",
                f"CREATE INDEX IF NOT EXISTS {self.table}_{column} ON {self.table} USING gin ({column})",
            ]
        return statements

    def search(self, found: QuerySet[Any], query: str) -> QuerySet[Any]:
        """Those of `found` that have every term of `query`, the nearest first: `exact` (0 or 1: with the diacritics
        typed), then `nearness`. A query without a letter or digit finds nothing."""
        typed = terms_of(query)
        terms = _bare(typed)
        if not terms:
            return found.none()
        exact = typed if typed != terms else []
        sql = _Sqlite(self) if connection.vendor == "sqlite" else _Postgresql(self)
        return sql.narrowed(found, terms).annotate(**sql.ranks(terms, exact)).order_by("-exact", "nearness", "-pk")


class _Sqlite:
    """The query language of FTS5."""

    def __init__(self, index: FullText) -> None:
        self.index, self.words = index, f"{index.table}_words"

    def _match(self, terms: list[Term], columns: Iterable[str]) -> str:
        return f"{{{' '.join(columns)}}} : ({' AND '.join(_quoted(t) for t in terms)})"

    def _folded(self, terms: list[Term]) -> str:
        return self._match(terms, [p.folded for p in self.index.parts])

    def narrowed(self, found: QuerySet[Any], terms: list[Term]) -> QuerySet[Any]:
        sql = f"SELECT rowid FROM {self.words} WHERE {self.words} MATCH %s"  # noqa: S608
        return found.filter(pk__in=RawSQL(sql, [self._folded(terms)]))  # noqa: S611

    def ranks(self, terms: list[Term], exact: list[Term]) -> dict[str, Any]:
        weights = ", ".join(str(p.weight) for p in (*self.index.parts, *self.index.parts))
        one = f"FROM {self.words} WHERE {self.words} MATCH %s AND rowid = {self.index.table}.id"
        return {
            "exact": RawSQL(f"EXISTS (SELECT 1 {one})", [self._match(exact, [p.column for p in self.index.parts])])  # noqa: S611
            if exact
            else RawSQL("0", []),
            "nearness": RawSQL(f"(SELECT bm25({self.words}, {weights}) {one})", [self._folded(terms)]),  # noqa: S611
        }


class _Postgresql:
    """The query language of tsquery."""

    def __init__(self, index: FullText) -> None:
        self.index = index

    def _query(self, terms: list[Term]) -> str:
        return " & ".join("(" + " <-> ".join([*t[:-1], f"{t[-1]}:*"]) + ")" for t in terms)

    def _column(self, kind: str) -> str:
        return f"{self.index.table}.words_{kind}"

    def narrowed(self, found: QuerySet[Any], terms: list[Term]) -> QuerySet[Any]:
        sql = f"SELECT id FROM {self.index.table} WHERE words_folded @@ to_tsquery('simple', %s)"  # noqa: S608
        return found.filter(pk__in=RawSQL(sql, [self._query(terms)]))  # noqa: S611

    def ranks(self, terms: list[Term], exact: list[Term]) -> dict[str, Any]:
        return {
            "exact": RawSQL(  # noqa: S611
                f"CASE WHEN {self._column('accented')} @@ to_tsquery('simple', %s) THEN 1 ELSE 0 END",
                [self._query(exact)],
            )
            if exact
            else RawSQL("0", []),
            "nearness": RawSQL(  # noqa: S611
                f"-ts_rank({self._column('folded')}, to_tsquery('simple', %s), 1)", [self._query(terms)]
            ),
        }


def terms_of(query: str) -> list[Term]:
    """The terms of a query, each the words that must follow each other, with their diacritics."""
    query = unicodedata.normalize("NFC", query).lower()
    found = [[w for w in _WORD.findall(quoted or word) if fold(w)] for quoted, word in _TERM.findall(query)]
    return [term for term in found if term][:_MOST_TERMS]


def _bare(terms: list[Term]) -> list[Term]:
    return [[fold(word) for word in term] for term in terms]


def _quoted(term: Term) -> str:
    return f'"{" ".join(term)}" *'


# --- snippets --------------------------------------------------------------------------------------------------------

_AROUND = 90  # characters of a snippet on either side of the hit
_MOST_HITS = 400  # hits that are looked at for the place where most terms stand together


def _variants() -> dict[str, str]:
    """Folded letter → the class of all letters that fold to it."""
    letters: dict[str, set[str]] = {}
    for code in (*range(0x41, 0x250), *range(0x1E00, 0x1F00)):
        bare = fold(chr(code))
        if len(bare) == 1 and bare.isalnum():
            letters.setdefault(bare, set()).add(chr(code))
    return {bare: f"[{re.escape(''.join(sorted(found)))}]" for bare, found in letters.items()}


_VARIANTS = _variants()


def _pattern(terms: list[Term]) -> re.Pattern[str]:
    """Finds any of the terms in a text as it is, whatever its diacritics; the group says which one."""
    ways = []
    for term in terms:
        words = ["".join(_VARIANTS.get(c, re.escape(c)) + "[\u0300-\u036f]*" for c in word) for word in term]
        ways.append("(" + r"[\W_]+".join(words) + r"\w*)")
    return re.compile(r"(?<!\w)(?:" + "|".join(ways) + ")")


def snippet(text: str, query: str) -> SafeString | None:
    """The place of `text` where most terms of `query` stand near each other, the hits in <mark>; None without a hit."""
    typed = terms_of(query)
    if not typed:
        return None
    pattern = _pattern(_bare(typed))
    hits = [m for m, _ in zip(pattern.finditer(text), range(_MOST_HITS), strict=False)]
    if not hits:
        return None
    wanted = [" ".join(term) for term in typed]

    def worth(first: int) -> tuple[int, int]:
        near = [m for m in hits[first : first + 12] if m.start() - hits[first].start() < 2 * _AROUND]
        exact = sum(" ".join(_WORD.findall(m[0].lower())).startswith(wanted[(m.lastindex or 1) - 1]) for m in near)
        return len({m.lastindex for m in near}), exact

    best = hits[max(range(len(hits)), key=worth)].start()
    start, end = max(0, best - _AROUND), min(len(text), best + 2 * _AROUND)
    start = text.find(" ", start, best) + 1 or start if start else 0
    end = text.rfind(" ", best + _AROUND, end) if end < len(text) and " " in text[best + _AROUND : end] else end
    return mark_safe(f"{'… ' if start else ''}{_marked(text[start:end], pattern)}{' …' if end < len(text) else ''}")  # noqa: S308 - escaped in _marked


def marked(text: str, query: str) -> SafeString:
    """The whole of a short text with the hits in <mark>."""
    terms = terms_of(query)
    return mark_safe(_marked(text, _pattern(_bare(terms))) if terms else escape(text))  # noqa: S308 - escaped in _marked


def _marked(text: str, pattern: re.Pattern[str]) -> str:
    out, at = [], 0
    for hit in pattern.finditer(text):
        out += [escape(text[at : hit.start()]), f"<mark>{escape(hit[0])}</mark>"]
        at = hit.end()
    return "".join([*out, escape(text[at:])])
