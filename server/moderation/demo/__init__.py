"""An invented forum to try a moderator's day on, and to measure the queue's order with.

Posts and labels were thought up one by one, by several writers, for their place in a talk. No thread, author or product
is real.
"""
