"""Published fact-checks: read from files, kept on this machine, matched against flagged claims."""
