"""The apparatus over time: the reorganisation of 2025 replayed as change events, dates opened, rules under fire.

    python3 tools/dev.py bench apparatus [CASE …] [--record]

`replay` starts from the map of 1 January 2025 with something hung on every commune (a mandate, a position, a post with
its holder), applies every change that the register tells of through the same code as the page does, and compares the
result with the register. `opening` takes the map that `load_register` loads. `operations` throws random writes at the
database, half of them past the actions, and asks a model in plain Python what should stand. A database of its own is
made on SQLite, or on the server that BONHOA_TEST_DATABASE_URL names (the database must be empty).
"""

from __future__ import annotations

import datetime as dt
import os
import sys
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

import frame
from frame import ROOT, Row, row

sys.path[:0] = [str(ROOT), str(ROOT / "src")]
os.environ["DJANGO_SETTINGS_MODULE"] = "bonhoa_web.settings.test"

START, EVE, DAY = dt.date(2025, 1, 1), dt.date(2025, 6, 30), dt.date(2025, 7, 1)
NOW = dt.date(2026, 11, 26)


def fresh_database() -> None:
    """Set Django up and empty the database."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    from bonhoa_web.apparatus import dated
    from bonhoa_web.foundation import audit_guard

    audit_guard.remove()
    call_command("flush", interactive=False, verbosity=0)
    audit_guard.install()
    dated.install()
    connection.close()


# --- the reorganisation of 2025 --------------------------------------------------------------------------------------


def replay() -> list[Row]:
    """63 → 34 and 10,047 → 3,321 as events: who ended, with what; what hung on them; the same map as the register."""
    fresh_database()
    from django.db import transaction

    from bonhoa_web.apparatus import event_records
    from bonhoa_web.apparatus.loading import load_as_of

    changes = load_as_of(START)
    hung = _hang_on_communes()
    begun, cpu = time.perf_counter(), time.process_time()
    refused = 0
    for change in changes:
        try:
            with transaction.atomic():
                _apply(change)
        except event_records.InputError as error:  # the parts of a divided commune: somebody has to say where to
            if error.code != "lost":
                raise
            refused += 1
            with transaction.atomic():
                _apply(_decided(change))
    seconds, cpu = time.perf_counter() - begun, time.process_time() - cpu
    return [
        row("replay: events applied", len(changes), "events", seconds=round(seconds, 1), cpu=round(cpu, 1)),
        row("replay: events first refused because something would be lost", refused, "events"),
        *_figures(),
        *_conserved(hung),
        row("replay: units that differ from the register", _differences(), "units"),
    ]


def _apply(change: Any) -> None:
    from bonhoa_web.apparatus import event_records
    from bonhoa_web.apparatus.models import ChangeEvent

    event = ChangeEvent.objects.create(
        kind=str(change.kind), effective=change.effective, act=change.act[:255], change=change.to_json()
    )
    event_records.apply(event, None)


def _decided(change: Any) -> Any:
    """The change with a destination for what stands in a unit with several heirs: the first that the act names."""
    from dataclasses import replace

    from bonhoa.apparatus.changes import Move

    heirs: dict[str, list[str]] = {}
    for part in change.parts:
        heirs.setdefault(part.old, []).append(part.new)
    moves = [
        Move(what, "*", onto[0], of=old)
        for old, onto in heirs.items()
        if len(onto) > 1
        for what in ("mandate", "position", "post")
    ]
    return replace(change, moves=(*change.moves, *moves))


def _hang_on_communes() -> dict[str, int]:
    """A function led, a position with a post and its holder, for every commune; how many of each."""
    from bonhoa_web.apparatus import models as m

    communes = list(m.Unit.objects.filter(kind="territory", level="commune"))
    make = {
        model: model.objects.bulk_create([model(code=f"{letter}{u.pk}") for u in communes], batch_size=2000)
        for letter, model in (("f", m.Function), ("j", m.JobPosition), ("p", m.Post))
    }
    people = m.Person.objects.bulk_create(
        [m.Person(code=f"x{u.pk}", full_name="Nguyễn Văn An", folded="nguyen van an") for u in communes],
        batch_size=2000,
    )
    together = list(zip(communes, make[m.Function], make[m.JobPosition], make[m.Post], people, strict=True))
    rows: dict[type, list[Any]] = {
        m.Mandate: [m.Mandate(function=f, unit=u, role="lead") for u, f, _, _, _ in together],
        m.PositionVersion: [
            m.PositionVersion(position=j, unit=u, title="Chủ tịch", group="management") for u, _, j, _, _ in together
        ],
        m.PostVersion: [
            m.PostVersion(post=p, position=j, unit=u, title="Chủ tịch", is_head=True) for u, _, j, p, _ in together
        ],
        m.Holding: [m.Holding(post=p, person=x, mode="official") for _, _, _, p, x in together],
    }
    for model, made in rows.items():
        model.objects.bulk_create(made, batch_size=2000)
    return {model._meta.model_name: len(made) for model, made in rows.items()}


def _figures() -> list[Row]:
    from bonhoa_web.apparatus.models import Succession, Unit, UnitLife

    rows = []
    for level, before, after in (("province", 63, 34), ("commune", 10047, 3321), ("district", 696, 0)):
        for day, wanted in ((EVE, before), (DAY, after)):
            there = UnitLife.objects.on(day).filter(level=level, kind="territory").count()
            peer = {"peers": {"the acts": wanted}, "ratio": there / wanted} if wanted else {}
            rows.append(row(f"replay: {level}, {day.isoformat()}", there, "units", **peer))
    closed = Unit.objects.filter(valid_to__isnull=False)
    dated = closed.filter(pk__in=UnitLife.objects.filter(valid_to__isnull=False).exclude(act="").values("unit"))
    followed = closed.filter(pk__in=Succession.objects.exclude(act="").values("old"))
    total = closed.count()
    rows.append(row("replay: closed units", total, "units"))
    for told, found, peer in (("day and act", dated, 0.29), ("successor", followed, 0.41)):
        share = found.count() / total
        rows.append(frame.against(f"replay: closed units with {told}", share, "GOV.UK", peer))
    passed = Succession.objects.filter(old__level="commune", new__level="commune")
    heirs = Counter(passed.values_list("old", flat=True))
    told_whole, told_clause = passed.filter(whole__isnull=False).count(), passed.exclude(provision="").count()
    rows += [
        row("replay: communes passing into communes, whole or part said", told_whole / passed.count()),
        row("replay: communes passing into communes, clause of the act said", told_clause / passed.count()),
        row("replay: communes divided among several", sum(n > 1 for n in heirs.values()), "units"),
    ]
    return rows


def _conserved(hung: dict[str, int]) -> list[Row]:
    """Everything that hung on a commune before still hangs on one that exists, or has an end with a reason."""
    from bonhoa_web.apparatus import models as m

    alive = m.UnitLife.objects.on(DAY).values("unit")
    now = {
        "mandate": m.Mandate.objects.on(DAY).filter(unit__in=alive).count(),
        "positionversion": m.PositionVersion.objects.on(DAY).filter(unit__in=alive).count(),
        "postversion": m.PostVersion.objects.on(DAY).filter(unit__in=alive).count(),
        "holding": m.Holding.objects.on(DAY)
        .filter(post__in=m.PostVersion.objects.on(DAY).filter(unit__in=alive).values("post"))
        .count(),
    }
    ended: Counter[str] = Counter()
    for event in m.ChangeEvent.objects.all():
        ended.update(moved["what"] for moved in event.outcome["moved"] if moved["to"] is None)
    return [
        row(
            f"replay: {name} before = moved + ended",
            now[name] + ended[name],
            "rows",
            peers={"before": count},
            ratio=round((now[name] + ended[name]) / count, 4),
        )
        for name, count in hung.items()
    ]


def _differences() -> int:
    """Units whose life, names and parents after the replay are not what the register says."""
    from bonhoa.apparatus import load_register
    from bonhoa_web.apparatus.models import UnitLife, UnitName, UnitParent

    register = load_register()
    lives: dict[str, Any] = {
        code: (start, end) for code, start, end in UnitLife.objects.values_list("unit__code", "valid_from", "valid_to")
    }
    names = dict(UnitName.objects.values_list("unit__code", "name"))
    parents: dict[str, set[Any]] = {}
    for code, parent, start, end in UnitParent.objects.values_list(
        "unit__code", "parent__code", "valid_from", "valid_to"
    ):
        parents.setdefault(code, set()).add((parent, start, end))
    wrong = [
        unit.code
        for unit in register.units()
        if lives.get(unit.code) != (unit.valid_from, unit.valid_to)
        or names.get(unit.code) != unit.name
        or parents.get(unit.code, set()) != set(register.parents_of(unit))
    ]
    if wrong:
        print("differ:", wrong[:10], file=sys.stderr)
    return len(wrong) + len(lives.keys() - {u.code for u in register.units()})


# --- opening a date --------------------------------------------------------------------------------------------------


def opening() -> list[Row]:
    """What a page of a date asks first, and the whole tree, on three dates beside today."""
    fresh_database()
    from bonhoa_web.apparatus import map_queries
    from bonhoa_web.apparatus.loading import load_national
    from bonhoa_web.apparatus.models import Unit

    load_national()
    cities = {EVE: "vn-79-to-2025", DAY: "vn-79", dt.date(2027, 1, 1): "vn-79", START: "vn-79-to-2025", NOW: "vn-79"}

    def page(day: dt.date) -> Callable[[], Any]:
        place = Unit.objects.get(code=cities[day])
        return lambda: (map_queries.branch(day), map_queries.card(place, day), map_queries.history(place))

    best = {day: _best(page(day)) for day in cities}
    whole = {day: (_best(lambda day=day: map_queries.tree(day), 5), len(map_queries.tree(day))) for day in cities}
    rows = [
        row(
            f"opening: first page of {day.isoformat()}",
            1000 * best[day],
            "ms",
            peers={f"today ({NOW.isoformat()})": round(1000 * best[NOW], 2)},
            ratio=round(best[day] / best[NOW], 2),
        )
        for day in cities
        if day != NOW
    ]
    each = {day: seconds / count for day, (seconds, count) in whole.items()}
    rows += [
        row(
            f"opening: whole tree of {day.isoformat()} ({whole[day][1]} units), per 1,000 units",
            1e6 * each[day],
            "ms",
            peers={f"today ({whole[NOW][1]} units)": round(1e6 * each[NOW], 2)},
            ratio=round(each[day] / each[NOW], 2),
        )
        for day in cities
        if day != NOW
    ]
    return rows


def _best(work: Callable[[], Any], times: int = 15) -> float:
    """Seconds of the best run."""
    best = float("inf")
    for _ in range(times):
        begun = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - begun)
    return best


# --- random writes ---------------------------------------------------------------------------------------------------


def operations(times: int = 100_000) -> list[Row]:
    """Random writes by ORM, SQL and actions: how many, and of how many the database thought otherwise."""
    fresh_database()
    from django.db import connection, transaction
    from tests.system.rules_model import Trial

    trial = Trial(seed=2025)
    begun = time.perf_counter()
    for _ in range(times // 500):
        with transaction.atomic():
            trial.run(500, check_every=500)
    seconds = time.perf_counter() - begun
    counts: Counter[str] = Counter()
    for (way, done), n in trial.counts.items():
        counts["let in" if done else "refused"] += n
        print(f"{n:7} {'let in ' if done else 'refused'} {way}", file=sys.stderr)
    wrong = Counter(surprise[0] for surprise in trial.surprises)
    server = connection.vendor
    return [
        row(f"operations: let in against the rules, {server}", wrong["let in"], "writes", seconds=round(seconds)),
        row(f"operations: refused though allowed, {server}", wrong["refused"], "writes"),
        *(row(f"operations: {told}, {server}", n, "writes") for told, n in sorted(counts.items())),
    ]


CASES = {"replay": replay, "opening": opening, "operations": operations}

if __name__ == "__main__":
    frame.main("apparatus", __doc__, CASES)
