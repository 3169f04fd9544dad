"""The commands that ``pinch`` adds to the classifier's."""
