"""Template tags of the simulator's pages."""
