"""Recipe: what in this program decides an outcome, as a digest, so that what another program made is made anew."""

from __future__ import annotations

import re
from functools import cache
from hashlib import sha256
from pathlib import Path

_PACKAGE = Path(__file__).parent
_IMPORTED = re.compile(r"^\s*from ingest\.(\w+)[\w.]* import", re.MULTILINE)


@cache
def digest_of_code(*modules: str) -> str:
    """A digest of these modules of the package and of all of it that they import, directly or through others.

    Of the readers, which are a package of their own, every module counts, and what they import doesn't.
    """
    sources: dict[str, bytes] = {}
    wanted = list(modules)
    while wanted:
        module = wanted.pop()
        if module in sources:
            continue
        file = _PACKAGE / f"{module}.py"
        if file.exists():
            sources[module] = file.read_bytes()
            wanted += _IMPORTED.findall(file.read_text(encoding="utf-8"))
        else:
            sources[module] = b"".join(path.read_bytes() for path in sorted((_PACKAGE / module).glob("*.py")))
    return sha256(b"".join(source for _, source in sorted(sources.items()))).hexdigest()
