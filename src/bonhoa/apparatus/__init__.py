"""The apparatus over time: bodies, their names, groups of bodies, who succeeds whom."""
