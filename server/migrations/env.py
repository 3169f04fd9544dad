"""Runs the migrations on the connection and inside the transaction that :mod:`server.store.database` opened."""

from __future__ import annotations

from alembic import context

from server.own_words.tables import PHRASE_LISTS

connection = context.config.attributes.get("connection")
if connection is None:
    raise SystemExit("Migrations run at every start of 'pinch'; there is nothing to run by hand.")
context.configure(connection=connection, target_metadata=PHRASE_LISTS.metadata)
with context.begin_transaction():
    context.run_migrations()
