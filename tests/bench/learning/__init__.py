"""What a model learns from decisions, honest and poisoned.

``python -m tests.bench.learning honest|poisoned|poisoned-f1``.
"""
