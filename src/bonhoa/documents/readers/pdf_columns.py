"""The two columns at the head of an act, issuer left and motto right, where a PDF has them line by line."""

from __future__ import annotations

import re
from collections.abc import Callable

CharBox = Callable[[int], tuple[float, float, float, float]]
"""Index of a character → left, bottom, right, top in points."""

_MOTTO = re.compile(r"CỘNG\s+H(?:ÒA|OÀ)\s+XÃ\s+HỘI|ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM")
_FIRST_LINES, _BELOW = 15, 8
_GAP = 8.0  # points between the columns; a blank between words has a third of it


def untangled(lines: list[str], at: list[int], box: CharBox) -> tuple[list[str], list[int]]:
    """The lines of a page with the left column of its head before the right one; unchanged if it has no such head.

    `at`: the index of each line's first character. Only a line in which something stands left of the motto, a gap
    away from it, makes a head of two columns; it ends with the first line that crosses from one into the other.
    """
    for number, line in enumerate(lines[:_FIRST_LINES]):
        motto = _MOTTO.search(line)
        if motto is None or not line[: motto.start()].strip():
            continue
        before = at[number] + len(line[: motto.start()].rstrip()) - 1
        border = box(at[number] + motto.start())[0]
        if border - box(before)[2] < _GAP:
            return lines, at
        return _by_column(lines, at, box, number, border)
    return lines, at


def _by_column(lines: list[str], at: list[int], box: CharBox, motto: int, border: float) -> tuple[list[str], list[int]]:
    columns: tuple[list[tuple[str, int]], list[tuple[str, int]]] = ([], [])
    end = 0
    while end < min(len(lines), motto + _BELOW):
        line, first = lines[end], at[end]
        shown = [i for i, c in enumerate(line) if not c.isspace()]
        cut = next((i for i in shown if box(first + i)[0] >= border - 1), len(line))
        left = [i for i in shown if i < cut]
        crosses = cut < len(line) and left and box(first + cut)[0] - box(first + left[-1])[2] < _GAP
        if crosses or (left and box(first + left[-1])[2] > border + 1):
            if end > motto:
                break
            return lines, at  # something above the motto goes over both columns: no head as we know it
        for column, a, b in ((columns[0], 0, cut), (columns[1], cut, len(line))):
            if words := line[a:b].strip():
                column.append((words, first + a + len(line[a:b]) - len(line[a:b].lstrip())))
        end += 1
    head = [*columns[0], *columns[1]]
    return [w for w, _ in head] + lines[end:], [i for _, i in head] + at[end:]
