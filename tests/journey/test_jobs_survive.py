"""A job whose process is killed in the middle is done by the next process: once, and to its end."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.migrated import migrated

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = {"DJANGO_SETTINGS_MODULE": "bonhoa_web.settings.dev"}
# A process that knows a slow kind of job. It writes a line when it begins and when it ends.
PROCESS = """
import os, sys, time, django
django.setup()
from pathlib import Path
from bonhoa_web.foundation import jobs
from bonhoa_web.foundation.models import Job
from django.db import transaction
var, seconds, new = Path(os.environ["BONHOA_VAR"]), float(sys.argv[1]), int(sys.argv[2])
def tell(line):
    with (var / "told").open("a") as out: out.write(line + "\\n")
def work(job):
    tell(f"begin {job.pk}")
    for done in range(10):
        jobs.progress(job, done, 10)
        time.sleep(seconds / 10)
    tell(f"end {job.pk}")
jobs.register("slow", work)
with transaction.atomic():
    for _ in range(new): jobs.enqueue("slow", "x", None)
assert jobs.start()
deadline = time.monotonic() + 40
while Job.objects.exclude(status__in=["done", "failed"]).exists() and time.monotonic() < deadline: time.sleep(0.1)
print(sorted(Job.objects.values_list("status", flat=True)))
jobs.stop()
"""


def environment(var: Path) -> dict[str, str]:
    return {k: v for k, v in os.environ.items() if k != "DATABASE_URL"} | SETTINGS | {"BONHOA_VAR": str(var)}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of an installation that was just set up."""
    var = tmp_path_factory.mktemp("var")
    shutil.copy(migrated(), var / "bonhoa.sqlite3")
    return var


@pytest.fixture
def env(prepared: Path, tmp_path: Path) -> dict[str, str]:
    shutil.copytree(prepared, tmp_path, dirs_exist_ok=True)
    return environment(tmp_path)


def told(tmp_path: Path) -> list[str]:
    path = tmp_path / "told"
    return path.read_text().splitlines() if path.exists() else []


def test_a_killed_job_is_taken_up_by_the_next_process(env: dict[str, str], tmp_path: Path) -> None:
    first = subprocess.Popen([sys.executable, "-c", PROCESS, "30", "3"], env=env, cwd=ROOT)
    deadline = time.monotonic() + 30
    while len(told(tmp_path)) < 3 and time.monotonic() < deadline:
        time.sleep(0.05)
    first.send_signal(signal.SIGKILL)
    first.wait(10)
    assert sorted(told(tmp_path)) == ["begin 1", "begin 2", "begin 3"]

    second = subprocess.run(
        [sys.executable, "-c", PROCESS, "0.2", "1"], env=env, cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert second.returncode == 0, second.stderr
    assert second.stdout.strip().splitlines()[-1] == "['done', 'done', 'done', 'done']"
    lines = told(tmp_path)[3:]
    once_more = [f"{what} {n}" for what in ("begin", "end") for n in (1, 2, 3, 4)]
    assert sorted(lines) == once_more


def test_two_processes_never_run_the_jobs_of_one_installation(env: dict[str, str]) -> None:
    code = """
import subprocess, sys, django
django.setup()
from bonhoa_web.foundation import jobs
assert jobs.start()
other = "import django; django.setup(); from bonhoa_web.foundation import jobs; print(jobs.start())"
assert subprocess.run([sys.executable, "-c", other], capture_output=True, text=True).stdout.strip() == "False"
jobs.stop()
assert jobs.start()
jobs.stop()
"""
    done = subprocess.run([sys.executable, "-c", code], env=env, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
