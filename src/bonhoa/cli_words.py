"""What Python and the operating system complain of, in the words of the command line: (Vietnamese, English)."""

from __future__ import annotations

import errno
import re

_OS = {
    errno.ENOENT: "không có tệp hoặc thư mục này",
    errno.EISDIR: "đây là thư mục, không phải tệp",
    errno.ENOTDIR: "một phần của đường dẫn không phải thư mục",
    errno.EACCES: "không có quyền",
    errno.EPERM: "không được phép",
    errno.EROFS: "nơi này chỉ đọc",
    errno.ENOSPC: "đĩa đã đầy",
    errno.ENAMETOOLONG: "tên tệp quá dài",
    errno.EBUSY: "tệp đang được dùng",
    errno.ELOOP: "liên kết vòng",
}
_USAGE = [  # what argparse says → how it is said in Vietnamese; a test walks them
    (r"unrecognized arguments: (.+)", "không có tham số “{0}”"),
    (r"the following arguments are required: (.+)", "thiếu {0}"),
    (r"one of the arguments (.+) is required", "cần một trong các tham số {0}"),
    (r"argument (.+?): invalid choice: (.+) \(choose from (.+)\)", "{0} không nhận {1}; chọn trong: {2}"),
    (r"argument (.+?): invalid \w+ value: (.+)", "{0} không nhận giá trị {1}"),
    (r"argument (.+?): expected one argument", "{0} cần một giá trị"),
    (r"argument (.+?): expected at least one argument", "{0} cần ít nhất một giá trị"),
    (r"argument (.+?): expected (\d+) arguments?", "{0} cần {1} giá trị"),
    (r"argument (.+?): ignored explicit argument (.+)", "{0} không nhận giá trị {1}"),
    (r"argument (.+?): not allowed with argument (.+)", "{0} không đi cùng {1}"),
    (r"argument (.+?): not a date \(YYYY-MM-DD\): (.+)", "{0}: {1} không phải ngày (YYYY-MM-DD)"),
    (r"ambiguous option: (.+?) could match (.+)", "“{0}” có thể là {1}"),
]


def os_reason(error: OSError) -> tuple[str, str]:
    """Why the operating system refused."""
    english = error.strerror or str(error)
    return _OS.get(error.errno or 0, f"lỗi số {error.errno} của hệ điều hành"), english


def usage_words(message: str) -> tuple[str, str]:
    """What is wrong with the command; a message that we do not know stays as it is in both."""
    for pattern, vietnamese in _USAGE:
        found = re.fullmatch(pattern, message, re.S)
        if found:
            return vietnamese.format(*(_quoted(part) for part in found.groups())), message
    return message, message


def _quoted(part: str) -> str:
    """'x' → “x”."""
    return re.sub(r"'([^']*)'", r"“\1”", part)
