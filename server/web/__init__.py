"""The pages: rendered here, with a little script on top."""
