"""Who may call, from where, and how much: checked before any view runs."""
