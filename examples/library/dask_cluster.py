"""Checks templates on a Dask cluster: python dask_cluster.py stacks/ [tcp://scheduler:8786] > relint.sarif.

Without the address of a scheduler, a cluster of processes on this machine is started and closed again.
"""

import json
import sys

from distributed import Client

import relint


def main(path: str, scheduler: str | None = None) -> None:
    """Prints the SARIF log of a file, folder or s3:// URL."""
    local = {} if scheduler else {"threads_per_worker": 1, "dashboard_address": None}
    with Client(scheduler, **local) as client:
        report = relint.check(path, executor=client.get_executor())
    print(json.dumps(relint.to_sarif(report)))


if __name__ == "__main__":
    main(*sys.argv[1:])
