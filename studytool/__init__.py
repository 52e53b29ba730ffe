"""Spaced repetition in the terminal from plain-text question banks."""

__version__ = "0.1.0"
