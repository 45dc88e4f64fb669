"""Where the public test data lies; tests that need it skip, loudly, where it is absent."""

from pathlib import Path

import pytest

SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"

needs_shared_data = pytest.mark.skipif(
    not SHARED_DATA.is_dir(),
    reason="the public test data (../shared/data) is not beside the checkout",
)
