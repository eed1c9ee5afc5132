"""Random writes, past the actions and through them: the database does what a brute-force model says."""

import pytest
from tests.system.rules_model import Trial

pytestmark = pytest.mark.django_db


def test_neither_orm_nor_sql_nor_action_gets_round_the_rules() -> None:
    trial = Trial(seed=20251126)
    trial.run(300, check_every=100)
    ways = {way for way, _ in trial.counts}
    assert any(way.startswith("event") for way in ways) and any(way.startswith("overwrite") for way in ways)
    assert sum(n for (way, done), n in trial.counts.items() if way.startswith("insert") and done) > 20
    assert sum(n for (way, done), n in trial.counts.items() if way.startswith("insert") and not done) > 20
