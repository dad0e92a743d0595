"""One screen a module; each is imported when it is first shown, so that start-up stays light."""
