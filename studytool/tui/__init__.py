"""The full-screen terminal interface, built on Textual."""
