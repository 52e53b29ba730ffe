"""Checks a folder of banks with little time and memory, and prints its complaints.

Argument 1 is the folder; behind it, `craft` applies the rules of the craft. The limits are far
above what is needed, and far below what reading takes whose time grows with the square of a
file's size.
"""

import resource
import sys
from pathlib import Path

from studytool.check import check
from studytool.diagnostics import render
from studytool.library import load_library

CRAFT = sys.argv[2:] == ["craft"]
SECONDS, BYTES = (40, 500_000_000) if CRAFT else (6, 300_000_000)

resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
library = load_library(Path(sys.argv[1]))
found = check(library, Path(sys.argv[1]), craft=CRAFT)
print(sum(len(bank.notes) for bank in library.banks.values()), len(found))
for complaint in found:
    print(render(complaint))
