"""Changes of the database, run at every start by :mod:`server.store.database`."""
