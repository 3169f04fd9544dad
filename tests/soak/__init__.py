"""Long runs that look for what nobody thought of: ``make soak``."""
