"""The demo keeps away from a database in use. (A file of its own: the story's tests share one loaded demo.)"""

import pytest
from django.core.management import CommandError, call_command

from bonhoa_web.apparatus.models import Unit
from bonhoa_web.foundation.models import User


@pytest.mark.django_db
def test_it_does_not_touch_a_database_in_use() -> None:
    User.objects.create(username="nguoi-that")
    with pytest.raises(CommandError, match="đã có người dùng"):
        call_command("load_demo")
    assert not Unit.objects.exists()
