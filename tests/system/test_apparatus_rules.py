"""Random writes, past the actions and through them: the database does what a brute-force model says."""

import pytest
from django.db import connection
from tests.system.rules_model import Trial

from bonhoa_web.apparatus import dated

pytestmark = pytest.mark.django_db


def test_neither_orm_nor_sql_nor_action_gets_round_the_rules() -> None:
    trial = Trial(seed=20251126)
    trial.run(300, check_every=100)
    assert trial.surprises == []
    ways = {way for way, _ in trial.counts}
    assert any(way.startswith("event") for way in ways) and any(way.startswith("overwrite") for way in ways)
    assert sum(n for (way, done), n in trial.counts.items() if way.startswith("insert") and done) > 20
    assert sum(n for (way, done), n in trial.counts.items() if way.startswith("insert") and not done) > 20


@pytest.mark.parametrize("guard", ["one_lead_per_function", "one_line_parent"])
def test_the_model_notices_a_database_without_its_guard(guard: str) -> None:
    """The trial can fail: with one rule taken away it soon finds a write that should not have got in."""
    model = next(m for m in dated.guarded_models() if any(c.name == guard for c in m._meta.constraints))
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"DROP TRIGGER {guard}")
        else:
            cursor.execute(f"ALTER TABLE {model._meta.db_table} DROP CONSTRAINT {guard}")
    trial = Trial(seed=1)
    with pytest.raises(AssertionError):
        trial.run(2000, check_every=2000)
        assert trial.surprises == []
