"""Opens the store in a folder, as a process of its own; prints `ok` when all is well."""

import sys
import time
from datetime import date
from pathlib import Path

from studytool.store import Store

if __name__ == "__main__":
    time.sleep(max(0.0, float(sys.argv[2]) - time.time()))
    store = Store.open(Path(sys.argv[1]), date(2024, 10, 4))
    mode = store.connection.execute("PRAGMA journal_mode").fetchone()[0]
    store.close()
    print("ok", store.log.device, mode)
