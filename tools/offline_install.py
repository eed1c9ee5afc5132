#!/usr/bin/env python3
"""Install or update Bốn Hóa from this folder, without any network.

    python3 install.py FOLDER      makes or updates FOLDER/venv; data stays in FOLDER/var and is migrated

Needs Python >= 3.11 with venv. Running it again with a newer bundle updates the same FOLDER.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent


def verify() -> None:
    """Refuse a bundle whose files are not the ones that were packed."""
    for line in (HERE / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split("  ", 1)
        path = HERE / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            sys.exit(f"install: {name} is missing or damaged; copy the bundle again")


def main() -> None:
    if sys.version_info < (3, 11):
        sys.exit(f"install: Python 3.11 or newer is needed, this is {sys.version.split()[0]}")
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    verify()
    target = Path(sys.argv[1]).resolve()
    place = target / "venv"
    if not (place / "bin" / "python").exists():
        venv.EnvBuilder(with_pip=True).create(place)
    pip = [
        place / "bin/python",
        "-m",
        "pip",
        "install",
        "-q",
        "--no-index",
        "--find-links",
        HERE / "wheels",
        "--disable-pip-version-check",
    ]
    subprocess.run([*pip, "--require-hashes", "-r", HERE / "requirements.txt"], check=True)
    subprocess.run([*pip, "--no-deps", "--force-reinstall", *(HERE / "wheels").glob("bonhoa-*.whl")], check=True)
    env = {
        **os.environ,
        "BONHOA_VAR": str(target / "var"),
        "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "bonhoa_web.settings.dev"),
    }
    subprocess.run([place / "bin/python", "-m", "django", "prepare", "--no-demo"], check=True, env=env)
    command = f"BONHOA_VAR={target / 'var'} {place / 'bin/bonhoa'}"
    print("Đã cài. Quản trị đầu tiên / Installed. The first administrator:")
    print(f'  {command} admin quantri --name "Nguyễn Văn A" --unit "UBND tỉnh Nghệ An"')
    print(f"Chạy / start:\n  {command} serve")


if __name__ == "__main__":
    main()
