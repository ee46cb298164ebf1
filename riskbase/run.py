"""What `make run` starts: servers, preparation, web, worker, schedule, until Ctrl-C."""

import os
import sys
from collections.abc import Sequence

from riskbase.embedded.processes import ServerError
from riskbase.supervisor.commands import CommandFailedError
from riskbase.supervisor.console import Screen
from riskbase.supervisor.folder import AlreadyRunningError, DataFolder
from riskbase.supervisor.interrupts import Interrupts, StopRequested
from riskbase.supervisor.options import Options, options_of
from riskbase.supervisor.ports import NoPortError
from riskbase.supervisor.session import NotReadyError, Session, run_attached
from riskbase.supervisor.watch import GaveUpError

REFUSALS = (
    AlreadyRunningError,
    CommandFailedError,
    GaveUpError,
    NoPortError,
    NotReadyError,
    ServerError,
)


def main(arguments: Sequence[str]) -> int:
    """Run until told to stop; return 1 when something did not work."""
    options = options_of(arguments)
    screen = Screen()
    interrupts = Interrupts()
    interrupts.install()
    folder = DataFolder(options.data)
    try:
        folder.create()
        return run(options, folder, screen, interrupts)
    except StopRequested:
        screen.line("Stopped", "✓")
        return 0
    except (*REFUSALS, OSError) as error:
        screen.fail(str(error))
        return 1


def run(
    options: Options, folder: DataFolder, screen: Screen, interrupts: Interrupts
) -> int:
    """Hold the data folder and do what was asked."""
    session = Session(options, folder, screen, interrupts)
    try:
        with folder.locked():
            if options.command:
                return session.run_command()
            session.run()
    except AlreadyRunningError:
        if not options.command:
            raise
        return run_attached(options.command, os.environ | folder.published())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
