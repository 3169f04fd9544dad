"""A moderator at work in a browser: takes the next post, looks at the list, decides, leaves notes, takes back."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from random import Random
from urllib.parse import urlencode

from tests.server.moderation.accounts import GOOD
from tests.soak.moderation.calls import Answer, Caller
from tests.soak.moderation.notebook import Act, Notebook

OUTCOMES = ("upheld", "dismissed", "unsure", "escalated")
_UNDO_SHARE, _LIST_SHARE, _NOTE_SHARE = 0.1, 0.3, 0.1
_PAGE = "text/html"
_CSRF = re.compile(r'name="csrf_token" value="([^"]+)"')
_SEEN = re.compile(r'id="decision".*?name="seen" value="([^"]+)"', re.DOTALL)
_POST = re.compile(r"/queue/(\d+)")
_DONE = re.compile(r"[?&]done=(\d+)")


@dataclass(slots=True)
class Moderator:
    """One person's browser."""

    name: str
    caller: Caller
    book: Notebook
    random: Random
    csrf: str = ""

    def sign_in(self) -> None:
        """By name and password, as the form does."""
        page = self._get("/sign-in")
        self.csrf = _CSRF.findall(page.text)[0]
        answer = self.send("/sign-in", name=self.name, password=GOOD)
        if answer.status != 303:
            raise RuntimeError(f"{self.name} could not sign in: {answer.status}")
        self.csrf = _CSRF.findall(self._get("/account").text)[0]

    def work_once(self) -> bool:
        """One round: the list now and then, a post, its decision. False when no post was free."""
        if self.random.random() < _LIST_SHARE:
            self._read("list", "/queue")
        opened = self._note("next", self.send("/queue/next"), 303)
        found = _POST.match(opened.location)
        if not found:
            return False
        number = int(found[1])
        page = self._read("post", opened.location)
        seen = _SEEN.search(page.text)
        if not seen:
            return self._surprise(f"a post that was just claimed has no form to decide it ({page.status})")
        if self.random.random() < _NOTE_SHARE:
            self._leave_note(number)
        decision = self._decide(number, seen[1])
        if decision and self.random.random() < _UNDO_SHARE:
            self._undo(number, decision)
        return True

    def decide(self, number: int, seen: str, outcome: str, request_id: str) -> Answer:
        """Press a button of the form of a post."""
        return self.send(f"/queue/{number}/decide?go=list", seen=seen, outcome=outcome, request_id=request_id)

    def send(self, path: str, **fields: str) -> Answer:
        """Send a form."""
        body = urlencode({"csrf_token": self.csrf, **fields})
        return self.caller.call("POST", path, body, Accept=_PAGE, Content_Type="application/x-www-form-urlencoded")

    def _get(self, path: str) -> Answer:
        return self.caller.call("GET", path, Accept=_PAGE)

    def _decide(self, number: int, seen: str) -> str | None:
        """Decide, and note that it was acknowledged; the id of the decision."""
        request_id, outcome = secrets.token_hex(16), self.random.choice(OUTCOMES)
        answer = self._note("decide", self.decide(number, seen, outcome, request_id), 303)
        done = _DONE.search(answer.location)
        if answer.status == 303 and done:
            self.book.acts.append(Act(f"{request_id}.{number}", "decide", number, self.name, outcome))
        return done[1] if done else None

    def _undo(self, number: int, decision: str) -> None:
        request_id = secrets.token_hex(16)
        answer = self.send(f"/queue/decisions/{decision}/undo", request_id=request_id)
        # An unsure post waits for a second look: another may have been quicker, and says so.
        if answer.status != 409:
            self._note("undo", answer, 303)
        if answer.status == 303:
            self.book.acts.append(Act(request_id, "undo", number, self.name, None))

    def _leave_note(self, number: int) -> None:
        request_id = secrets.token_hex(16)
        answer = self.send(f"/queue/{number}/notes", text="Seen.", request_id=request_id)
        if self._note("note", answer, 303).status == 303:
            self.book.notes.append((request_id, number))

    def _read(self, kind: str, path: str) -> Answer:
        return self._note(kind, self._get(path), 200)

    def _note(self, kind: str, answer: Answer, wanted: int) -> Answer:
        self.book.times.append((kind, answer.milliseconds))
        if answer.status != wanted:
            self._surprise(f"{kind} was answered with {answer.status}")
        return answer

    def _surprise(self, words: str) -> bool:
        self.book.surprises.append(words)
        return False
