"""What was done today, and for how many days in a row, without reading the whole log."""

from __future__ import annotations

import json

from studytool.scheduling import Act
from studytool.store import Store

_ROOTS = """
WITH RECURSIVE roots(root) AS (
  SELECT min(root) FROM notes
  UNION ALL
  SELECT (SELECT min(n.root) FROM notes n WHERE n.root > roots.root) FROM roots
  WHERE roots.root IS NOT NULL
)
SELECT root FROM roots WHERE root IS NOT NULL AND root <> ?
"""
"""Every other library, each found by one step in the index."""
_STUDIED = """
SELECT EXISTS (
  SELECT 1 FROM reviews r WHERE r.day = ?1 AND r.rating IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM reviews u WHERE u.target = r.id AND u.act = 'undo')
  AND (
    EXISTS (SELECT 1 FROM notes n WHERE n.root = ?2 AND n.key = r.note)
    OR NOT EXISTS (SELECT 1 FROM json_each(?3) o JOIN notes n ON n.root = o.value
                   WHERE n.key = r.note)
  )
)
"""


def answers(store: Store, day: int) -> int:
    """Return how many answers of a study day stand; those of practice do not count."""
    rows = store.log.today(day)
    return sum(row.rating is not None and row.act is not Act.PRACTICE for row in rows)


def streak(store: Store, root: str, today: int) -> int:
    """Return for how many days in a row there are answers, as the statistics count them.

    The run ends today, or yesterday while today is still to come. Answers to notes that only
    other libraries have do not count.

    Args:
        store: The database.
        root: The library's folder.
        today: The present study day.
    """
    others = json.dumps([name for (name,) in store.connection.execute(_ROOTS, (root,))])

    def studied(day: int) -> bool:
        found = store.connection.execute(_STUDIED, (day, root, others)).fetchone()
        return bool(found[0])

    last = day = today if studied(today) else today - 1
    while studied(day):
        day -= 1
    return last - day
