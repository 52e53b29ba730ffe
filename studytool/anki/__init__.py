"""The Anki exchange: notetypes, HTML, packages and the manifest of change times."""
