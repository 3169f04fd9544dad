"""The generated pages of the documentation: ``python -m tests.docs`` writes them, ``test_docs.py`` finds stale ones."""
