"""The execution room: plans under review, tasks, reports of units, verification."""
