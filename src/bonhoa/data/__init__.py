"""Law and reference as dated data; each file names its source and whether it is checked."""
