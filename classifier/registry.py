"""Models side by side: the shipped bundle, candidates, and which of them is in use.

A registry is a folder. Each model lies in a folder of its own, named by its version, and appears by a rename, whole or
not at all. Which one is in use stands in :mod:`~classifier.promotions`; without a word there it is the shipped bundle.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from classifier.errors import ModelError
from classifier.file_lock import locked
from classifier.model import BUNDLE, BUNDLE_FILES, check_files, load_bundle, read_manifest
from classifier.promotions import (
    BACK_TO_SHIPPED,
    MODELS_SETTING,
    POINTER,
    SHIPPED,
    WHO_MAY,
    Promotion,
    draft_name,
    is_name,
    read_promotion,
    write_promotion,
)

MODELS = Path(__file__).with_name("models")


def models_folder() -> Path:
    """Where models are kept: ``PINCH_MODELS``, else ``models`` beside the shipped bundle."""
    asked = os.environ.get(MODELS_SETTING)
    return Path(asked).expanduser() if asked else MODELS


def in_use(asked: Path | None = None) -> Path:
    """The folder of the bundle that was asked for; without one, of the promoted model, else the shipped bundle."""
    return Registry().current() if asked is None else asked


class Registry:
    """The models in one folder, beside the shipped bundle. The folder need not exist until something is added."""

    def __init__(self, folder: Path | None = None, *, shipped: Path = BUNDLE) -> None:
        self.folder = models_folder() if folder is None else folder
        self.shipped = shipped

    def names(self) -> list[str]:
        """Every model that lies here, usable or not, in the order of their names; the shipped one is not among them."""
        try:
            found = [path.name for path in self.folder.iterdir() if is_name(path.name) and path.is_dir()]
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            raise ModelError(f"The folder of models cannot be read: {error.strerror}.", hint=WHO_MAY) from None
        return sorted(found)

    def find(self, name: str) -> str:
        """The full name of a model here, of which ``name`` may be a part. Raises :class:`ModelError`.

        A name is looked up among those that are here and never joined to a path unseen.
        """
        names = self.names()
        found = [name] if name in names else [known for known in names if name and name in known]
        if len(found) != 1:
            told = "More than one model has this in its name." if found else "There is no model of this name here."
            raise ModelError(told, hint="'pinch model list' tells the names.", code="unknown-model")
        return found[0]

    def folder_of(self, name: str) -> Path:
        """The bundle's folder of ``shipped``, ``current`` or a model here. Raises :class:`ModelError`."""
        if name == SHIPPED:
            return self.shipped
        return self.current() if name == POINTER else self.folder / self.find(name)

    def promotion(self) -> Promotion | None:
        """What was promoted; None where nothing ever was. Raises :class:`ModelError`."""
        return read_promotion(self.folder)

    def current_name(self) -> str:
        """The name of the model in use."""
        found = self.promotion()
        return found.name if found else SHIPPED

    def current(self) -> Path:
        """The folder of the bundle in use. Raises :class:`ModelError` when the promoted one is gone or altered.

        Training the shipped one anew would not help then, so the message says what does.
        """
        name = self.current_name()
        if name == SHIPPED:
            return self.shipped
        folder = self.folder / name
        if not folder.is_dir():
            raise ModelError(f"The promoted model {name} is not here any more.", hint=BACK_TO_SHIPPED)
        try:
            check_files(folder, read_manifest(folder))
        except ModelError as error:
            told = f"The promoted model {name} cannot be used. {error.message}"
            raise ModelError(told, hint=f"Train it anew and promote that. {BACK_TO_SHIPPED}") from None
        return folder

    def add(self, bundle: Path) -> str:
        """Copy a bundle in, verified, and return its name. The same model twice is one. Raises :class:`ModelError`."""
        _, manifest = load_bundle(bundle)
        name = str(manifest["version"])
        if not is_name(name) or name in (SHIPPED, POINTER):
            raise ModelError("The model's version cannot be a name here.", hint="Train it anew with 'pinch train'.")
        with self._writing():
            if not (self.folder / name).is_dir():
                self._copy(bundle, name, manifest)
            elif load_bundle(self.folder / name)[1]["digest"] != manifest["digest"]:
                raise ModelError(f"Another model is called {name} here.", hint=f"Run 'pinch model remove {name}'.")
        return name

    def _copy(self, bundle: Path, name: str, manifest: dict[str, Any]) -> None:
        draft = self.folder / draft_name()
        try:
            draft.mkdir()
            for file in sorted(BUNDLE_FILES & manifest["files"].keys()):
                shutil.copyfile(bundle / file, draft / file)
            shutil.copyfile(bundle / "manifest.json", draft / "manifest.json")
            load_bundle(draft)
            draft.rename(self.folder / name)
        finally:
            shutil.rmtree(draft, ignore_errors=True)

    def promote(self, name: str, *, by: str, why: str, instead_of: str | None = None) -> Promotion:
        """Put a model into use. ``instead_of``: what must still be in use, lest two promotions cross.

        The shipped bundle is copied before it is replaced: it may be trained anew, and a rollback goes back to the same
        weights. Raises :class:`ModelError` when the model cannot be verified.
        """
        name = name if name == SHIPPED else self.find(name)
        load_bundle(self.folder_of(name))
        shipped = None if name == SHIPPED else self._copy_of_shipped()
        with self._writing():
            here = self._readable_promotion()
            was = here.name if here else SHIPPED
            if instead_of is not None and was != instead_of:
                raise ModelError(f"Meanwhile {was} was promoted.", hint="Compare with that one, and promote again.")
            if name != SHIPPED and not (self.folder / name).is_dir():
                raise ModelError(f"Meanwhile the model {name} was removed.", hint="Add it again.")
            replaced = shipped if was == SHIPPED else was
            before = (*(here.before if here else ()), *((replaced,) if replaced and replaced != name else ()))
            return write_promotion(self.folder, Promotion(name, by, why, before), was=was)

    def _copy_of_shipped(self) -> str | None:
        """Its name here; None where the shipped bundle cannot be used, so that nobody would go back to it."""
        try:
            read_manifest(self.shipped)
        except ModelError:
            return None
        return self.add(self.shipped)

    def _readable_promotion(self) -> Promotion | None:
        """A damaged file that says what is in use is replaced by the next promotion."""
        try:
            return self.promotion()
        except ModelError:
            return None

    def rollback(self, *, by: str, why: str = "rollback") -> Promotion:
        """Back to what was in use before. Raises :class:`ModelError` when there is nothing before."""
        with self._writing():
            here = self.promotion()
            if here is None or not here.before:
                raise ModelError("No model was in use before this one.", hint=BACK_TO_SHIPPED)
            *before, name = here.before
            self._want_usable(name)
            name = SHIPPED if self._is_shipped(name) else name
            return write_promotion(self.folder, Promotion(name, by, why, tuple(before)), was=here.name)

    def _want_usable(self, name: str) -> None:
        """Raises :class:`ModelError` that tells the way out: to train the shipped model anew would not help."""
        try:
            load_bundle(self.folder_of(name))
        except ModelError as error:
            told = f"The model before, {name}, cannot be used. {error.message}"
            raise ModelError(told, hint=BACK_TO_SHIPPED) from None

    def _is_shipped(self, name: str) -> bool:
        """Whether it is a copy of the shipped bundle as that is now."""
        try:
            return bool(read_manifest(self.shipped)["digest"] == read_manifest(self.folder / name)["digest"])
        except ModelError:
            return False

    def remove(self, name: str) -> str:
        """Delete a model that is neither in use nor needed by a rollback. Raises :class:`ModelError`."""
        name = self.find(name)
        with self._writing():
            here = self.promotion()
            if here and name in (here.name, *here.before):
                raise ModelError(f"The model {name} is in use, or a rollback would go back to it.")
            gone = self.folder / draft_name()
            (self.folder / name).rename(gone)
            shutil.rmtree(gone)
        return name

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One writer at a time. Raises :class:`ModelError` where the folder cannot be written to."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with locked(self.folder / ".lock"):
                yield
        except OSError as error:
            raise ModelError(f"The folder of models cannot be written to: {error.strerror}.", hint=WHO_MAY) from None
