"""Background work of failures."""

from collections.abc import Mapping
from typing import Any

from failures.services import importing, imports
from riskbase.shared.jobs import queue


@queue.handles(imports.KIND)
def import_file(running: queue.Running) -> Mapping[str, Any]:
    """Check an uploaded file of post-mortems, or import it."""
    return importing.run(running=running)
