"""Read a manuscript and say where it cites wrongly, before a reviewer does."""
