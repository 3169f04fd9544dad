"""The queue of posts that a forum sends in: what is kept of them, in which order they stand, what was decided."""
