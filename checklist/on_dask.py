"""A Dask cluster as what screens a cohort, for a region or the country."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import Any

from checklist.errors import BadInput, Fault
from checklist.extras import needed


class _Client:
    """Dask's client, with no more asked of it than of an executor."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def submit(self, function: Callable[..., Any], *arguments: Any) -> "Future[Any]":
        """Return the future result of a function; equal work is done each time anew."""
        found: Future[Any] = self._client.submit(function, *arguments, pure=False)
        return found


@contextmanager
def connected(address: str) -> Iterator[tuple[_Client, int]]:
    """Give a client of the cluster and the number of its processes, or raise BadInput."""
    with needed("this needs Dask", "dask", option="--dask"):
        import distributed
    try:
        client: Any = distributed.Client(address, timeout="10s", set_as_default=False)
    except (OSError, ValueError) as error:
        problem = f"no cluster answers at this address ({type(error).__name__})"
        raise BadInput([Fault(problem, field="--dask")]) from None
    with client:
        processes = len(client.scheduler_info()["workers"])
        if not processes:
            raise BadInput([Fault("this cluster has no processes that work", field="--dask")])
        yield _Client(client), processes
