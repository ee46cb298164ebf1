"""Who wants to hear of which events."""

from collections import defaultdict
from collections.abc import Callable, Sequence

from riskbase.shared.events.models import OutboxEvent

Subscriber = Callable[[Sequence[OutboxEvent]], None]
_by_topic: dict[str, list[str]] = defaultdict(list)
_by_name: dict[str, Subscriber] = {}


def subscribe(*topics: str) -> Callable[[Subscriber], Subscriber]:
    """Register a function called with each batch of events of `topics`.

    It runs inside the relay's transaction: its writes and the mark that the events
    were taken commit together. Anything else it does must be idempotent. When it
    raises, its writes are undone and the events come again later.
    """

    def register(function: Subscriber) -> Subscriber:
        name = f"{function.__module__}.{function.__qualname__}"
        _by_name[name] = function
        for topic in topics:
            _by_topic[topic].append(name)
        return function

    return register


def names_for(topic: str) -> Sequence[str]:
    """Return the names of a topic's subscribers, as they may be stored."""
    return _by_topic.get(topic, ())


def named(name: str) -> Subscriber:
    """Return the subscriber of this name. Raises KeyError when it is gone."""
    return _by_name[name]
