"""Settings: base (everywhere), dev (one machine, loopback), test, production."""
