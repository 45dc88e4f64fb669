"""The ways from the workbench to the portal (公示通道): here the two rooms meet that do not know each other."""

from django.db import OperationalError

from zhifa import clock
from zhifa.disclosure.packages import NotReached, NotTaken, Receipt
from zhifa.portal import services as portal
from zhifa.portal.rules import PackageRefused
from zhifa.store import StoreProblem


class Local:
    """Hands packages to the portal of the same process: the embedded default."""

    def send(self, package: bytes) -> Receipt:
        """Have the portal take the package in; see `packages.Channel`."""
        try:
            taken = portal.take_in(package, at=clock.now())
        except PackageRefused as refused:
            raise NotTaken(tuple(problem.code for problem in refused.problems)) from refused
        except StoreProblem as problem:
            raise NotReached(problem.code) from problem
        except OperationalError as problem:
            raise NotReached("portal.database") from problem
        return Receipt(
            taken.package_sha256, taken.kind, taken.key, taken.sequence, taken.received_at,
            taken.sha256,
        )  # fmt: skip
