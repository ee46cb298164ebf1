"""Background work of projects."""

from collections.abc import Mapping
from typing import Any

from projects.services import backtests
from riskbase.shared.jobs import queue


@queue.handles(backtests.KIND)
def backtest(running: queue.Running) -> Mapping[str, Any]:
    """Score a document over the past answer sheets."""
    return backtests.run(running=running)
