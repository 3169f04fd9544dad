"""What a model said of its own labelled sentences while it had not seen their page files, kept beside its weights.

Training makes these confidences anyway, to calibrate by. Kept, they let two models be compared sentence by sentence
on all labelled pages, though both learned from them. The file holds digests of sentences, never their words.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from classifier.decision import Thresholds, raised
from classifier.document import SETTINGS, Setting
from classifier.errors import ModelError
from classifier.labels import LabelledPage, sentences_of

JUDGED_FILE = "judged.npz"
_KEY_BYTES = 16


@dataclass(frozen=True)
class Judgements:
    """Out-of-fold confidences, shape (n_sentences, n_flags), and what decides from them which flags are raised.

    ``keys`` names the sentences, see :func:`sentence_keys`. ``any_weights`` and ``thresholds`` are the model's own.
    """

    keys: tuple[bytes, ...]
    confidences: np.ndarray
    thresholds: dict[Setting, Thresholds]
    any_weights: np.ndarray

    def raised(self, setting: Setting = "balanced") -> np.ndarray:
        """Which flags the model raised; booleans of shape (n_sentences, n_flags)."""
        return raised(self.confidences, self.thresholds[setting], self.any_weights)

    def write(self, folder: Path) -> Path:
        """Write :data:`JUDGED_FILE` into a bundle's folder."""
        path = folder / JUDGED_FILE
        settings = [self.thresholds[setting] for setting in SETTINGS]
        np.savez_compressed(
            path,
            keys=np.frombuffer(b"".join(self.keys), dtype=np.uint8).reshape(-1, _KEY_BYTES),
            confidences=self.confidences,
            flags=np.array([setting.flags for setting in settings]),
            any_flag=np.array([np.nan if setting.any_flag is None else setting.any_flag for setting in settings]),
            any_weights=self.any_weights,
        )
        return path


def read_judgements(folder: Path) -> Judgements:
    """The judgements in a bundle whose digests were checked. Raises :class:`ModelError` when there are none."""
    try:
        with np.load(folder / JUDGED_FILE, allow_pickle=False) as held:
            any_flags = [None if np.isnan(value) else float(value) for value in held["any_flag"]]
            thresholds = zip(SETTINGS, map(Thresholds, held["flags"], any_flags), strict=True)
            keys = tuple(row.tobytes() for row in held["keys"])
            return Judgements(keys, held["confidences"], dict(thresholds), held["any_weights"])
    except FileNotFoundError:
        raise ModelError(
            "The model holds no judgements of its own pages, so it cannot be compared.",
            hint="Train it anew with 'pinch train --out FOLDER'.",
        ) from None
    except (OSError, KeyError, ValueError, EOFError, zipfile.BadZipFile):
        raise ModelError(
            f"The model's file {JUDGED_FILE} cannot be read.", hint="Train it anew with 'pinch train --out FOLDER'."
        ) from None


def sentence_keys(pages: Iterable[LabelledPage]) -> tuple[bytes, ...]:
    """Sixteen bytes for each labelled sentence: a digest of its page file, page, place and words.

    A sentence that was reworded or moved is another one, so models are only compared on what both judged.
    """
    keys = []
    for page, row in sentences_of(pages):
        place = f"{page.source}\0{page.id}\0{row.sentence.block}\0{row.sentence.start}\0{row.sentence.text}"
        keys.append(hashlib.sha256(place.encode("utf-8", "surrogatepass")).digest()[:_KEY_BYTES])
    return tuple(keys)
