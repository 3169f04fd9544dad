"""A team's own phrase list on a running server: taken up as it changes, kept in versions, brought to waiting posts."""
