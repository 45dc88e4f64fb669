"""Print the data folder of this checkout; `zhifa.config.data_dir` says which and why."""

import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(CHECKOUT / "src"))

from zhifa.config.data_dir import of_checkout  # noqa: E402  (nothing is installed yet)

print(of_checkout(CHECKOUT))
