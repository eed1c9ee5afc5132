# One line per target; everything is done by tools/dev.py (Python >= 3.11, nothing else).
setup run test check browser gold bench messages lock wheel bundle:
	@python3 tools/dev.py $@
.PHONY: setup run test check browser gold bench messages lock wheel bundle
