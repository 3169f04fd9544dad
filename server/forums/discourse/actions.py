"""What is done in a Discourse after a decision, where the team allows it: flag a post, or flag and hide it.

Before anything is done the post is looked at, so that a message that comes twice does it once. By Discourse's source
(app/controllers/post_actions_controller.rb, lib/post_action_creator.rb, lib/post_action_destroyer.rb): ``POST
/post_actions`` flags, with ``take_action`` by staff it also hides; ``DELETE /post_actions/ID`` takes one's own flag
back, but only within ``post_undo_action_window_mins`` (10 minutes); ``PUT /posts/ID/unhide`` shows a post again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from server.forums.callbacks import outcome_of
from server.forums.connections import DiscourseForum
from server.forums.courier import Brought, NotBrought
from server.forums.outbox import Letter
from server.forums.wire import MOST_READ, Answered, Wire

# Of PostActionType. 7, "notify_moderators", would open a conversation that cannot be taken back.
INAPPROPRIATE = 4
_SHOWN = "shown again; "


@dataclass(frozen=True, slots=True)
class Actions:
    """Does in one Discourse what a decision asks for."""

    forum: DiscourseForum
    wire: Wire

    def __call__(self, letter: Letter, /) -> Brought | NotBrought:
        """Flag (and hide) what was upheld; take it back where that no longer stands."""
        post_id = str(letter.body["post_id"])
        if not (post_id.isascii() and post_id.isdigit()):
            return Brought("nothing done: the forum knows no post of this name")
        answer = self._ask("GET", f"/posts/{post_id}.json")
        post = answer.json() if answer else None
        if answer is None or not isinstance(post, dict):
            return _failed(answer)
        # A proxy's own page of "not found" is no word of the forum.
        if answer.status in (404, 410) and post.get("error_type") == "not_found":
            return Brought("nothing done: the forum has no such post")
        if not answer.is_good:
            return _failed(answer)
        if letter.body["standing"] == "upheld":
            return self._flag(post_id, post)
        return self._take_back(post_id, post)

    def _flag(self, post_id: str, post: Mapping[str, Any]) -> Brought | NotBrought:
        is_hiding = self.forum.act == "hide"
        if _own_flag(post) is not None:
            # Discourse takes a second flag of one account for none, so nothing hides it again.
            shown = ", and is shown: hide it there by hand" if is_hiding and post.get("hidden") is False else ""
            return Brought(f"nothing done: it carries our flag already{shown}")
        asked = {"id": post_id, "post_action_type_id": str(INAPPROPRIATE)}
        answer = self._ask("POST", "/post_actions.json", asked | ({"take_action": "true"} if is_hiding else {}))
        if answer is None or not answer.is_good:
            return _failed(answer)
        if not is_hiding:
            return Brought("flagged")
        after = answer.json()
        is_hidden = isinstance(after, dict) and after.get("hidden") is True
        return Brought("flagged and hidden" if is_hidden else "flagged, not hidden: api_user is no moderator there")

    def _take_back(self, post_id: str, post: Mapping[str, Any]) -> Brought | NotBrought:
        """The post is shown again first: after its flag is taken back nothing tells any more that it was ours."""
        flag = _own_flag(post)
        if flag is None:
            return Brought("nothing done: it carries no flag of ours")
        shown = _SHOWN if post.get("hidden") is True and self.forum.act == "hide" else ""
        if shown:
            answer = self._ask("PUT", f"/posts/{post_id}/unhide.json")
            if answer is None or not answer.is_good:
                return _failed(answer)
        if not flag.get("can_undo"):
            return Brought(f"{shown}our flag stays: too late to take it back there")
        answer = self._ask("DELETE", f"/post_actions/{post_id}.json", {"post_action_type_id": str(INAPPROPRIATE)})
        if answer is None or not answer.is_good:
            return _failed(answer)
        return Brought(f"{shown}our flag was taken back")

    def _ask(self, method: str, path: str, form: Mapping[str, str] | None = None) -> Answered | None:
        key = self.forum.api_key.get_secret_value() if self.forum.api_key else ""
        headers = {"Api-Key": key, "Api-Username": self.forum.api_user, "Accept": "application/json"}
        body = urlencode(form).encode() if form else None
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        return self.wire.send(method, f"{self.forum.url}{path}", headers=headers, body=body, most=MOST_READ)


def _own_flag(post: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The flag of whoever asks, if the post carries one."""
    summary = post.get("actions_summary")
    for action in summary if isinstance(summary, list) else ():
        if isinstance(action, dict) and action.get("id") == INAPPROPRIATE and action.get("acted"):
            return action
    return None


def _failed(answer: Answered | None) -> NotBrought:
    outcome = outcome_of(answer)
    return outcome if isinstance(outcome, NotBrought) else NotBrought("answered what is no post")
