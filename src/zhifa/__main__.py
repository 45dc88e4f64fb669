"""`python -m zhifa` is the same as the command `zhifa`."""

from zhifa.config.cli import main

raise SystemExit(main())
