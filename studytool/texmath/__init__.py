"""LaTeX formulas as text: a parser with offsets and a one-line setting in Unicode."""
