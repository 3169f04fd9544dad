"""Discourse: the shapes that it speaks, and the way to ask it."""
