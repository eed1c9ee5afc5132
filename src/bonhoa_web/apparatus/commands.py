"""The command that makes the first administrator of an installation (entry point "bonhoa.commands")."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import secrets

from bonhoa.common.errors import InputError
from bonhoa_web.foundation.commands import command, setup

NEAREST = 3


def _who(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("username", help="tên đăng nhập (name to sign in with)")
    parser.add_argument("--name", required=True, help="họ và tên (full name)")
    parser.add_argument(
        "--unit", required=True, metavar="UNIT", help="tên hoặc mã của cơ quan (name or code of the body)"
    )


@command(
    """thêm quản trị của một cơ quan, in mật khẩu dùng một lần
(add an administrator of a body, print a one-time password)

ví dụ / example:
  bonhoa admin quantri --name "Nguyễn Văn A" --unit "UBND tỉnh Nghệ An" """,
    _who,
)
def admin(arguments: argparse.Namespace) -> int:
    """Make an administrator. Whoever may run commands on the machine may do this; the audit says that it was done."""
    setup()
    from django.db import transaction
    from django.utils import timezone

    from bonhoa_web.apparatus.actions import ensure_unit
    from bonhoa_web.foundation import audit
    from bonhoa_web.foundation.actions import Trail
    from bonhoa_web.foundation.models import Grant, User
    from bonhoa_web.foundation.roles import Role

    password = "-".join(secrets.token_hex(2) for _ in range(4))
    with transaction.atomic():
        unit = ensure_unit(arguments.unit, Trail()) or ensure_unit(_code(arguments.unit, timezone.localdate()), Trail())
        if User.objects.filter(username=arguments.username).exists():
            raise InputError(
                "taken",
                f"Tên đăng nhập “{arguments.username}” đã có; hãy chọn tên khác.",
                f'The name "{arguments.username}" is taken; choose another.',
            )
        user = User.objects.create_user(
            arguments.username, password=password, full_name=arguments.name, password_is_temporary=True
        )
        Grant.objects.create(user=user, role=str(Role.ADMIN), unit=unit, valid_from=timezone.localdate())
        audit.append(None, "user.admin_by_command", user, {"username": user.username, "unit": unit.code})
    if arguments.json:
        print(json.dumps({"username": user.username, "password": password, "unit": unit.code}, ensure_ascii=False))
    else:
        print(f"{user.username}  {password}  ({unit.name}; mật khẩu dùng một lần / one-time password)")
    return 0


def _code(name: str, today: dt.date) -> str:
    """The code of the one body of this name. Raises InputError that says which bodies are near."""
    from bonhoa.apparatus.model import MatchKind
    from bonhoa_web.apparatus.snapshots import register

    match = register().resolve(name, on=today)
    if match.kind is MatchKind.UNIT and match.unit is not None:
        return match.unit.code
    near = "; ".join(f"{unit.name} ({unit.code})" for unit in match.candidates[:NEAREST])
    raise InputError(
        "unknown_unit",
        f"Không rõ “{name}” là cơ quan nào{f', gần nhất là {near}' if near else ''}; hãy ghi tên đầy đủ hoặc mã.",
        f'Which body "{name}" is, is not clear{f", nearest: {near}" if near else ""}; give its full name or its code.',
    )
