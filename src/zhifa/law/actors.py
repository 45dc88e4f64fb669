"""Who did it: people and the system's own processes, as the journal names them."""

from typing import NewType
from uuid import UUID

ActorId = NewType("ActorId", UUID)

SYSTEM = ActorId(UUID(int=0))  # the platform itself: sequencing, imports at start, jobs
