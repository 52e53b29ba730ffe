"""Reads one bank in a process of its own, and prints its complaints: argument 1 is the file."""

import sys
from pathlib import Path

from studytool.bank import load
from studytool.diagnostics import render

bank = load(Path(sys.argv[1]).read_bytes(), "b.yaml", lambda path: "")
print(len(bank.notes), len(bank.diagnostics))
for complaint in bank.diagnostics[:3]:
    print(render(complaint))
