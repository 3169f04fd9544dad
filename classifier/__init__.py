"""Pinch's classifier: marks wording on health pages that asks for more trust than it has earned.

>>> from classifier import load
>>> detector = load()                                    # doctest: +SKIP
>>> detector.analyze("It is a magic bullet.").flags      # doctest: +SKIP
"""

from classifier.detector import Detector, load
from classifier.document import Block, Document, Flag, Link, Report

__all__ = ["Block", "Detector", "Document", "Flag", "Link", "Report", "load"]
