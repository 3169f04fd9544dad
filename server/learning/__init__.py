"""What moderators decided and readers sent, as labels that a model may learn from."""
