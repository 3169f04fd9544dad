"""Changes of the list in the browser: the file is written, and the version kept with who did it, or neither."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from classifier.errors import InputError
from classifier.output import whole_file
from classifier.own_phrases import OwnPhrases
from classifier.phrase_checks import check_phrases
from classifier.phrase_file import digest_of, read_text
from server.errors import ApiError
from server.moderation.audit import audit
from server.own_words.live import LivePhrases
from server.own_words.versions import keep
from server.store.writing import writing


@dataclass(frozen=True, slots=True)
class Editing:
    """Writes the list in one person's name."""

    engine: sa.Engine
    live: LivePhrases
    who: str

    def text(self, seen: str) -> str:
        """The file's text, if it is still the one that was shown. Raises :class:`ApiError` where it is not."""
        text = read_text(self.live.path) or ""
        if (digest_of(text) if text else "") != seen:
            raise ApiError(
                409,
                "stale-view",
                "The list was changed after you opened the page, so nothing was saved.",
                hint="Load the page again and make your change there.",
            )
        return text

    def save(self, text: str, action: str, *, is_last_new: bool = False) -> None:
        """Put a list in force. Raises :class:`InputError` where it cannot be used, or its new last entry does not do
        what its sentences say.
        """
        changed = OwnPhrases.read_from(text, "as changed")
        last = f"entry {len(changed.entries)}: "
        problems = [problem for problem in check_phrases(changed) if problem.startswith(last)] if is_last_new else []
        if problems:
            raise InputError(f"Nothing was saved: {'; '.join(problems)}.", code="bad-phrases")
        with writing(self.engine) as connection:
            keep(connection, changed, self.who)
            audit(connection, self.who, action, f"phrases {changed.digest}", {"entries": len(changed.entries)})
            self._write(text)

    def _write(self, text: str) -> None:
        try:
            with whole_file(str(self.live.path)) as file:
                file.write(text)
        except OSError as error:
            raise InputError(f"The file of the list cannot be written: {error.strerror or 'unknown reason'}.") from None
