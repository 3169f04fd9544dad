"""Changes of the list in the browser: looked at, written and kept with who did it while nobody else changes it.

The file is written last, so that a change that cannot be kept is not in force. Should the process die between the two,
the list counts, and is kept as one that somebody wrote into the file.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa

from classifier.errors import InputError
from classifier.own_phrases import OwnPhrases
from classifier.phrase_checks import check_last
from classifier.phrase_editing import write_list
from classifier.phrase_file import digest_of, read_text
from server.errors import ApiError
from server.moderation.audit import audit
from server.own_words.live import LivePhrases
from server.own_words.versions import changing, keep


@dataclass(frozen=True, slots=True)
class Editing:
    """Writes the list in one person's name. ``seen`` is the digest of the list that the person was shown."""

    engine: sa.Engine
    live: LivePhrases
    who: str
    seen: str

    def change(self, action: str, make: Callable[[str], str], *, is_last_new: bool = False) -> None:
        """Put the list in force that ``make`` makes of the file's text.

        Raises :class:`ApiError` where another list is there than was seen, and :class:`InputError` where the new one
        cannot be used, or its new last entry does not do what its sentences say. Then nothing was saved.
        """
        with changing(self.engine) as connection:
            changed = OwnPhrases.parse(make(self._text()), "as changed")
            if is_last_new and (problems := check_last(changed)):
                raise InputError(f"Nothing was saved: {'; '.join(problems)}.", code="bad-phrases")
            keep(connection, changed, self.who)
            audit(connection, self.who, action, f"phrases {changed.digest}", {"entries": len(changed.entries)})
            write_list(self.live.path, changed.text)

    def _text(self) -> str:
        text = read_text(self.live.path) or ""
        if (digest_of(text) if text else "") != self.seen:
            raise ApiError(
                409,
                "stale-view",
                "The list was changed after you opened the page, so nothing was saved.",
                hint="Load the page again and make your change there.",
            )
        return text
