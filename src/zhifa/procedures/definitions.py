"""Every procedure there is, in every version (程序定义): a case keeps the one it was opened under."""

from zhifa.procedures.model import Procedure
from zhifa.procedures.penalty import ORDINARY_PENALTY

ALL: tuple[Procedure, ...] = (ORDINARY_PENALTY,)


class NoSuchProcedure(LookupError):
    """There is no procedure of that name, or not in that version."""


def get(key: str, version: str) -> Procedure:
    """Return a procedure in one version. Raises NoSuchProcedure."""
    for procedure in ALL:
        if (procedure.key, procedure.version) == (key, version):
            return procedure
    raise NoSuchProcedure(key, version)


def latest(key: str) -> Procedure:
    """Return the newest version of a procedure. Raises NoSuchProcedure."""
    versions = [procedure for procedure in ALL if procedure.key == key]
    if not versions:
        raise NoSuchProcedure(key)
    return max(versions, key=lambda procedure: procedure.version)
