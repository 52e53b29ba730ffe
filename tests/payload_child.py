"""Runs command lines on the terminal it is started on, one for each line it gets.

Argument: a file to read from, such as a FIFO; each line of it is [arguments, variables, folder]
in JSON. After each command a line with `DONE` is printed, behind its traceback if it had one.
"""

import json
import os
import sys
import time
import traceback

from studytool.cli.main import main

DONE = "=== done ==="


def play(arguments: list[str], variables: dict[str, str], folder: str) -> None:
    """Run one command line as a process of its own would."""
    before = dict(os.environ)
    os.environ.update(variables)
    time.tzset()
    os.chdir(folder)
    sys.argv = ["studytool", *arguments]
    try:
        main()
    except SystemExit:
        pass
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os.environ.clear()
        os.environ.update(before)
    print(f"\n{DONE}", flush=True)


if __name__ == "__main__":
    with open(sys.argv[1]) as lines:  # noqa: PTH123
        for line in lines:
            play(*json.loads(line))
