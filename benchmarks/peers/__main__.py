"""Builds one peer in a process of its own and prints the seconds; reading the records is not counted.

python -m benchmarks.peers fts5 RECORDS FOLDER
"""

import sys
from pathlib import Path

from benchmarks import peers, records
from benchmarks.figures import took


def main(name: str, file: Path, folder: Path) -> None:
    """Read the records once for nothing, then once for the peer."""
    reading = took(lambda: sum(1 for _ in records.read(file)))
    folder.mkdir(parents=True)
    peer = peers.opened(name, folder)
    whole = took(lambda: peer.build(records.read(file)))
    peer.close()
    sys.stdout.write(f"{whole - reading}")


main(sys.argv[1], *map(Path, sys.argv[2:]))
