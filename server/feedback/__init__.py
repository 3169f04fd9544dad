"""What readers sent back about flags: told, exported as labels, and forgotten after the days that the owner set."""
