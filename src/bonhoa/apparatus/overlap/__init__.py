"""Overlap of mandates in other words: statements taken apart, candidates by weighted MinHash, verified part by part.

`statements` takes one statement apart, `index` holds many and finds the like of one ("does this already exist?"),
`search` finds the overlapping pairs of a map. Nothing is imported here: `index` and `search` bring numpy (extra
`analysis`).
"""
