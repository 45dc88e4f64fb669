"""Which body a cell means (执法主体): by code, credit code, full or short name."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from zhifa.registry.selectors import Body
from zhifa.registry.sheets.cells import RowReader


class Bodies:
    """The registered bodies, to be found by what an office calls them."""

    def __init__(self, bodies: Iterable[Body], *, on: date) -> None:
        self.all = list(bodies)
        self._by_name: defaultdict[str, list[Body]] = defaultdict(list)
        for one in self.all:
            identity = one.identity
            names = {identity.code, identity.credit_code, identity.name, identity.short_name}
            for name in names - {""}:
                self._by_name[name].append(one)
        self._on = on

    def find(self, text: str) -> list[Body]:
        """Return the bodies that are called so: those that exist on the day, else those of the past."""
        found = self._by_name.get(text, [])
        exact = [one for one in found if one.identity.code == text]
        return exact or [one for one in found if one.exists(self._on)] or found

    def read(self, reader: RowReader, key: str, *, default: str = "") -> Body | None:
        """Return the body that a row names, or the default; refuses the row if there is not one."""
        text = reader.text(key) or default
        if not text:
            reader.refuse(key, "import.body_missing")
            return None
        found = self.find(text)
        if len(found) != 1:
            code = "import.body_ambiguous" if found else "import.body_unknown"
            reader.refuse(key, code, text)
            return None
        return found[0]
