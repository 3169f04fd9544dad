"""The browser extension. Python here only builds it; the packages hold none of it."""
