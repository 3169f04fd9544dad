"""The bundle: a trained model with a manifest that says what it is, saved, verified and loaded.

A bundle is a folder with ``model.joblib`` (features and weights), ``judged.npz`` (what it said of its own pages before
it saw them) and ``manifest.json`` (version, digests, library versions, thresholds, metrics). joblib files can run code
when loaded, so no byte of one is loaded before its digest is checked.
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import joblib
import numpy as np
from scipy import sparse
from scipy.special import expit
from sklearn.pipeline import FeatureUnion

from classifier.counting import known_words
from classifier.decision import Thresholds
from classifier.dense import DENSE_NAMES
from classifier.document import SETTINGS, ModelId, Setting
from classifier.errors import ModelError
from classifier.features import transformed
from classifier.judgements import JUDGED_FILE, Judgements
from classifier.needs import NeedModel
from classifier.quote_stage import QuoteStage
from classifier.second_stage import SecondStage
from classifier.taxonomy import flag_ids
from classifier.views import SentenceView

BUNDLE = Path(__file__).with_name("bundle")
BUNDLE_FORMAT = 7
MODEL_FILE = "model.joblib"
# A manifest's names become paths, so only these are taken.
BUNDLE_FILES = frozenset({MODEL_FILE, JUDGED_FILE})
# Files whose words and code decide what a sentence looks like to the model; weights fit no others.
_READING_CODE = """
    features.py dense.py odds.py second_stage.py char_ngrams.py words.py scope.py views.py lexicon.py phrases.py
    quotes.py
    quoted.py quote_chains.py pull_quotes.py quote_signs.py quote_form.py quote_stage.py speakers.py sourcing.py
    references.py reference_list.py citations.py
    needs.py disguise.py disguised_words.py lookalikes.py disguise.txt sentences.py scope.toml sources.toml cues/*.toml
    """.split()
_LIBRARIES = ("scikit-learn", "numpy", "scipy", "joblib", "nupunkt")
_REBUILD = "Run 'make model' (or 'pinch train') to build it anew."


@dataclass(frozen=True)
class FlagModel:
    """Fitted features, one-vs-rest weights, the second stage above them, and calibration.

    ``weights`` has shape (n_features, n_flags), ``intercepts`` (n_flags,). ``calibration`` has shape (n_flags, 2):
    slope and offset of Platt's sigmoid (Platt 1999) on the second stage's score. ``thresholds`` maps a setting to
    what decides in it. ``any_weights`` has shape (1 + ANY_RANKS,): see :func:`~classifier.decision.any_confidence`.
    ``quotes`` weighs ``unsourced-quote`` again (:func:`~classifier.detector.quotes_and_references`). ``needs``
    says what a post needs of a moderator; a model that learned no posts has none.
    """

    features: FeatureUnion
    weights: np.ndarray
    intercepts: np.ndarray
    second: SecondStage
    calibration: np.ndarray
    thresholds: dict[Setting, Thresholds]
    any_weights: np.ndarray
    quotes: QuoteStage
    needs: NeedModel | None = None

    def matrix(self, views: Sequence[SentenceView]) -> sparse.csr_matrix:
        """Features, shape (n_sentences, n_features)."""
        return transformed(self.features, views) if views else sparse.csr_matrix((0, len(self.weights)))

    def confidences(self, matrix: sparse.csr_matrix, bounds: Sequence[int]) -> np.ndarray:
        """Calibrated probabilities from features, shape (n_sentences, n_flags).

        ``bounds`` says where each page's sentences begin and end (:func:`~classifier.views.page_bounds`).
        """
        first = np.asarray(matrix @ self.weights + self.intercepts)
        return calibrate(self.second.scores(first, self._dense(matrix), bounds), self.calibration)

    def _dense(self, matrix: sparse.csr_matrix) -> np.ndarray:
        """The sentences' own dense rows, which are in the features already, scaled."""
        scaler = self._part("dense")[-1]
        start = matrix.shape[1] - len(scaler.scale_)
        width = len(DENSE_NAMES)
        return np.asarray(matrix[:, start : start + width].toarray() * scaler.scale_[:width])

    def words(self) -> frozenset[str]:
        """The words that it learned."""
        return known_words(self._part("words").vocabulary_)

    def _part(self, name: str) -> Any:
        return dict(self.features.transformer_list)[name]

    def digest(self) -> str:
        """SHA-256 of everything that decides an answer: vocabulary, weights, calibration and thresholds."""
        digest = hashlib.sha256()
        names = self.features.get_feature_names_out()
        digest.update("\n".join(map(str, names)).encode("utf-8", "surrogatepass"))
        settings = [self.thresholds[setting] for setting in SETTINGS]
        thresholds = [np.append(setting.flags, setting.any_flag or 0.0) for setting in settings]
        learned = [step.idf_ for _, step in self.features.transformer_list if hasattr(step, "idf_")]
        dense = self._part("dense")
        learned += [dense[0].mean_, dense[-1].scale_, *self.second.arrays(), *self.quotes.arrays()]
        learned += self.needs.arrays() if self.needs else ()
        for array in (self.weights, self.intercepts, self.calibration, self.any_weights, *thresholds, *learned):
            digest.update(np.ascontiguousarray(array, dtype=np.float64).tobytes())
        return digest.hexdigest()


def calibrate(scores: np.ndarray, calibration: np.ndarray) -> np.ndarray:
    """Platt's sigmoid, column by column."""
    return np.asarray(expit(scores * calibration[:, 0] + calibration[:, 1]))


def library_versions() -> dict[str, str]:
    """Versions of the libraries whose objects or behaviour are frozen in a bundle."""
    return {name: version(name) for name in _LIBRARIES}


def code_digest() -> str:
    """SHA-256 of the code and word lists that turn a sentence into features."""
    digest = hashlib.sha256()
    room = Path(__file__).parent
    for path in sorted(path for pattern in _READING_CODE for path in room.glob(pattern)):
        digest.update(path.relative_to(room).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def save_bundle(
    model: FlagModel, folder: Path, *, about: dict[str, Any], judged: Judgements | None = None
) -> dict[str, Any]:
    """Write a bundle and return its manifest. ``about`` adds what training knows (data digest, metrics).

    Without ``judged`` the model works, but cannot be compared with others.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / MODEL_FILE
    joblib.dump(model, path, compress=3)
    paths = [path, *([judged.write(folder)] if judged else ())]
    digest = model.digest()
    manifest = {
        "format": BUNDLE_FORMAT,
        "version": f"{about['release']}+{digest[:8]}",
        "digest": digest,
        "flags": list(flag_ids()),
        "files": {written.name: _sha256(written) for written in paths},
        "libraries": library_versions(),
        "code": code_digest(),
        "python": platform.python_version(),
        "thresholds": {setting: [round(float(t), 6) for t in model.thresholds[setting].flags] for setting in SETTINGS},
        "any_thresholds": {setting: model.thresholds[setting].any_flag for setting in SETTINGS},
        **about,
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", "utf-8")
    return manifest


def load_bundle(folder: Path = BUNDLE) -> tuple[FlagModel, dict[str, Any]]:
    """The model and its manifest. Raises :class:`ModelError` when a file is missing, altered or of another version."""
    manifest = read_manifest(folder)
    check_files(folder, manifest)
    model = joblib.load(folder / MODEL_FILE)
    if not isinstance(model, FlagModel) or model.digest() != manifest["digest"]:
        raise ModelError("The model's weights are not the ones its manifest names.", hint=_REBUILD)
    return model, manifest


def check_files(folder: Path, manifest: dict[str, Any]) -> None:
    """Whether a bundle's files are those its manifest names. Raises :class:`ModelError`; loads none of them."""
    for name, expected in manifest["files"].items():
        path = folder / name
        if not path.is_file():
            raise ModelError(f"The model's file {name} is missing.", hint=_REBUILD)
        try:
            digest = _sha256(path)
        except OSError as error:
            raise ModelError(f"The model's file {name} cannot be read: {error.strerror}.", hint=_REBUILD) from None
        if digest != expected:
            raise ModelError(
                f"The model's file {name} is not the one its manifest names (digests differ).", hint=_REBUILD
            )


def read_manifest(folder: Path = BUNDLE) -> dict[str, Any]:
    """A bundle's manifest, its versions checked. Raises :class:`ModelError`."""
    try:
        manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text("utf-8"))
        wanted, flags, format_ = manifest["libraries"], manifest["flags"], manifest["format"]
        code = manifest["code"]
        files = manifest["files"].keys()
        manifest["digest"], manifest["version"]
    except FileNotFoundError:
        raise ModelError("There is no trained model here yet.", hint=_REBUILD) from None
    except OSError as error:
        raise ModelError(f"The model's manifest cannot be read: {error.strerror}.", hint=_REBUILD) from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise ModelError("The model's manifest cannot be read.", hint=_REBUILD) from None
    if not {MODEL_FILE} <= files <= BUNDLE_FILES:
        raise ModelError("The model's manifest does not name a model's files.", hint=_REBUILD)
    if format_ != BUNDLE_FORMAT or flags != list(flag_ids()):
        raise ModelError("The model was made for another version of Pinch.", hint=_REBUILD)
    if code != code_digest():
        raise ModelError("The model was made by other code than the code that is here.", hint=_REBUILD)
    for name, here in library_versions().items():
        if wanted.get(name) != here:
            raise ModelError(
                f"The model was made with {name} {wanted.get(name)}, but {here} is installed.", hint=_REBUILD
            )
    return manifest


def model_id(manifest: dict[str, Any]) -> ModelId:
    """Which model a manifest speaks of."""
    return ModelId(manifest["version"], manifest["digest"])


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
