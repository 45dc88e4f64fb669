"""The contract in docs/ is what the portal does: schema, test vector, keys."""

import json
import re
from hashlib import sha256
from pathlib import Path

from tests.rooms.portal.packages import LOG, PUBLISHER

from zhifa.portal.intake import open_package
from zhifa.portal.rules import TrustedKeys
from zhifa.portal.schema import package_schema

DOCS = Path(__file__).parents[3] / "docs"


def test_the_schema_is_drawn_from_the_types():
    written = json.loads((DOCS / "publication-package.schema.json").read_text())

    assert written == package_schema()


def test_the_example_verifies_with_the_keys_in_the_text():
    example = (DOCS / "publication-package.example.json").read_bytes()
    text = (DOCS / "publication-package.md").read_text()
    keys = dict(re.findall(r"^(publisher|log|SHA-256)\s+(\S+)$", text, re.MULTILINE))

    opened = open_package(example, TrustedKeys((keys["publisher"],), (keys["log"],)))

    assert (keys["publisher"], keys["log"]) == (str(PUBLISHER.verifier), str(LOG.verifier))
    assert sha256(example).hexdigest() == keys["SHA-256"]
    assert opened.payload.key == "海市监罚〔2026〕12号"
    assert opened.proof.tree_size == 2
