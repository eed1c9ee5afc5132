"""The command that makes the first administrator of an installation (entry point "bonhoa.commands")."""

from __future__ import annotations

import argparse
import json
import secrets

from bonhoa.common.errors import InputError
from bonhoa_web.foundation.commands import command, setup


def _who(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("username", help="tên đăng nhập (name to sign in with)")
    parser.add_argument("--name", required=True, help="họ và tên (full name)")
    parser.add_argument(
        "--unit", required=True, metavar="CODE", help="mã cơ quan (code of the body): bonhoa units --name …"
    )


@command(
    """thêm quản trị của một cơ quan, in mật khẩu dùng một lần
(add an administrator of a body, print a one-time password)

ví dụ / example:
  bonhoa admin quantri --name "Nguyễn Văn A" --unit vn-40/ubnd""",
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
        unit = ensure_unit(arguments.unit, Trail())
        if unit is None:
            raise InputError(
                "unknown_unit",
                f"Không có cơ quan mã “{arguments.unit}”; tra mã bằng: bonhoa units --name …",
                f'There is no body with code "{arguments.unit}"; look it up with: bonhoa units --name …',
            )
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
