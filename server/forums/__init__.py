"""Forums that are connected: what they send in, signed, and what is fetched from them after an outage."""
