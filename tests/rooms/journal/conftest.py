import pytest
from django.conf import settings

from zhifa_verify.note import Verifier


@pytest.fixture
def log_keys():
    """The public keys of the log of this test run."""
    return [Verifier.parse(key) for key in settings.JOURNAL["log_keys"]]


@pytest.fixture
def record(own_database):
    """A database with real commits, in which the sequencer's login sees what was appended."""
    return own_database
