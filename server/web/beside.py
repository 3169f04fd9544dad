"""Everything that stands beside a post in the moderators' queue, built in one go for its page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from flask import request

from classifier.taxonomy import FlagKind, flag_kinds
from server.context.crisis_lines import region_of
from server.moderation.actor import actor
from server.moderation.context import PostContext, context_of
from server.moderation.corrections import browser_offset
from server.moderation.hard import TOLD, Hard
from server.moderation.macros import all_macros
from server.moderation.notes import Note, notes_of
from server.moderation.record import Record, record_of
from server.moderation.refusals import no_such_post
from server.moderation.replies import Replies, replies_for
from server.moderation.similar import Similar, similar_to
from server.moderation.subject import Subject, find_subject
from server.moderation.thread import Thread, thread_around
from server.parts import parts
from server.web.forms import new_request_id
from server.web.queue_choice import check_number
from server.web.veil import is_veil_on


@dataclass(frozen=True, slots=True)
class Beside:
    """What the templates ``queue/_*.html`` show. ``hard`` is why the post's own words are veiled, if they are.

    ``me`` is who looks: only their own notes can be deleted. ``request_id`` makes a form that is sent twice one note.
    """

    subject: Subject
    thread: Thread | None
    record: Record | None
    similar: Similar
    notes: tuple[Note, ...]
    replies: Replies
    context: PostContext
    me: str
    request_id: str
    is_veil_on: bool
    kinds: tuple[FlagKind, ...]
    told: Mapping[Hard, str]

    @property
    def hard(self) -> Hard | None:
        """Why the post stands behind the veil; None when it does not."""
        return self.subject.post.hard if self.is_veil_on else None

    @property
    def titles(self) -> dict[str, str]:
        """The flags' names for people."""
        return {kind.id: kind.title for kind in self.kinds}

    @property
    def flags_json(self) -> str:
        """The post's flags for the script that corrects them, with offsets as a browser counts its line ends."""
        post, titles = self.subject.post, self.titles
        text = post.text or ""
        return json.dumps(
            [
                {
                    "flag": flag.flag,
                    "title": titles[flag.flag],
                    "start": browser_offset(text, flag.start),
                    "end": browser_offset(text, flag.end),
                }
                for flag in post.flags
            ]
        )


def beside(post_number: int) -> Beside:
    """What stands beside one post. Raises :class:`~server.errors.ApiError` (404) for a number that is no post's."""
    mine = parts()
    macros = all_macros(mine.store.engine)
    with mine.store.engine.connect() as connection:
        subject = find_subject(connection, check_number(post_number))
        if subject is None:
            raise no_such_post()
        thread, record = thread_around(connection, subject), record_of(connection, subject)
        similar, notes = similar_to(connection, subject, mine.near_copies), notes_of(connection, post_number)
    region = region_of(None, None, request.headers.get("Accept-Language", ""))
    context = context_of(
        subject, cards=mine.cards, factchecks=mine.factchecks, retractions=mine.retractions, region=region
    )
    return Beside(
        subject,
        thread,
        record,
        similar,
        notes,
        replies_for(subject, macros, context.cards),
        context,
        me=actor(),
        request_id=new_request_id(),
        is_veil_on=is_veil_on(),
        kinds=flag_kinds(),
        told=TOLD,
    )
