"""A portal of its own for each test: its folder and the keys it trusts."""

import pytest
from tests.rooms.portal.packages import LOG, PUBLISHER

from zhifa.portal import files


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    """Return the portal's store."""
    settings.PORTAL = {
        "folder": str(tmp_path / "portal"),
        "publisher_keys": (str(PUBLISHER.verifier),),
        "log_keys": (str(LOG.verifier),),
    }
    return files.store()
