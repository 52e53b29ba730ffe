"""Rules of the craft: how notes are written so that they can be learned."""
