"""The apparatus over time: bodies, their names, groups of bodies, who succeeds whom."""

from bonhoa.apparatus.register import Register, load_register

__all__ = ["Register", "load_register"]
