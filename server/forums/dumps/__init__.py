"""Dumps of other people's shapes, read as the posts that ``pinch posts import`` takes."""
