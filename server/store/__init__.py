"""The store: which browsers and programs may call, and the one-time codes that let a new one in. All SQL lives here."""

from server.store.clients import Client, Clients, IssuedClient
from server.store.codes import Codes
from server.store.database import Store, open_store

__all__ = ["Client", "Clients", "Codes", "IssuedClient", "Store", "open_store"]
