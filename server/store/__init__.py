"""The store: who may call, the one-time codes that let a new one in, and readers' feedback. All SQL lives here."""

from server.store.clients import Client, Clients, IssuedClient
from server.store.codes import Codes
from server.store.database import Store, open_store
from server.store.feedback import Choice, Feedback, FeedbackStore, KeptFeedback, Verdict

__all__ = [
    "Choice",
    "Client",
    "Clients",
    "Codes",
    "Feedback",
    "FeedbackStore",
    "IssuedClient",
    "KeptFeedback",
    "Store",
    "Verdict",
    "open_store",
]
