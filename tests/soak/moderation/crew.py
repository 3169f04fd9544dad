"""Five people with accounts and a forum with a token, made straight in the database before the server starts."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from server.moderation.accounts import Accounts
from server.store.clients import Clients
from tests.server.moderation.accounts import add_person
from tests.soak.moderation.calls import Caller
from tests.soak.moderation.forum import Forum
from tests.soak.moderation.installation import Installation
from tests.soak.moderation.moderator import Moderator
from tests.soak.moderation.notebook import Notebook

NAMES = ("Adaeze", "Boris", "Chiara", "Dilip", "Edda")


@dataclass(frozen=True, slots=True)
class Crew:
    """All who call the server, and the book that they keep together."""

    moderators: tuple[Moderator, ...]
    forum: Forum
    book: Notebook

    def cut(self) -> int:
        """How many requests got no answer and were sent again."""
        return sum(caller.cut for caller in self._callers())

    def refused(self) -> int:
        """How many requests were answered with 503 and sent again."""
        return sum(caller.refused for caller in self._callers())

    def _callers(self) -> list[Caller]:
        return [self.forum.caller, *(moderator.caller for moderator in self.moderators)]


def started_crew(made: Installation, *, size: int = len(NAMES), seed: int = 1) -> Crew:
    """Make the accounts and the token, start the server, and sign everybody in."""
    book = Notebook()
    with made.engine() as engine:
        accounts = Accounts(engine)
        for name in NAMES[:size]:
            add_person(accounts, name)
        token = Clients(engine).issue("soak").token
    made.start()
    moderators = tuple(Moderator(name, Caller(made.port), book, Random(f"{seed} {name}")) for name in NAMES[:size])
    for moderator in moderators:
        moderator.sign_in()
    return Crew(moderators, Forum(Caller(made.port), token, book), book)
