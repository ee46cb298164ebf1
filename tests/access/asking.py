"""Asks as each persona, and judges the answer."""

from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any

from django.db import transaction
from django.test import Client
from django.urls import reverse

from riskbase.shared.audit.models import AuditEvent
from tests.access.routes import Route
from tests.access.rows import ADMIN, PUBLIC, SIGNED_IN, Act, Case
from tests.access.world import PERSONAS, World, role_in

FEW = ("nobody", "alice")
"""Asked where everybody may."""
NOWHERE = "retail"
"""Any place does where a case does not depend on it."""


@dataclass(frozen=True)
class Question:
    """One request of one persona."""

    route: Route
    case: Case
    method: str
    place: str
    persona: str

    @property
    def act(self) -> Act:
        return self.case.acts[self.method]

    def __str__(self) -> str:
        return (
            f"{self.persona}: {self.method} {self.route.name}"
            f" [{self.case.label or '-'}] in {self.place}"
        )


class Asking:
    """A signed-in client per persona; every request is undone."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._cookies: dict[str, SimpleCookie] = {"nobody": SimpleCookie()}
        for name, person in world.people.items():
            client = Client()
            client.force_login(person)
            self._cookies[name] = client.cookies
        self.audited = AuditEvent.objects.count()
        """Before any request, for every request is undone."""

    def ask(
        self, persona: str, method: str, path: str, body: Any = None, **headers: str
    ) -> tuple[Any, int]:
        """Return the answer and how many writes were audited; undo them."""
        client = Client(raise_request_exception=False)
        client.cookies = SimpleCookie(self._cookies[persona].output(header="", sep=";"))
        options: dict[str, Any] = {"headers": headers}
        if method != "GET" and path.startswith("/api/"):
            options |= {"data": body or {}, "content_type": "application/json"}
            # Whatever the version: it is the right that is asked about.
            headers.setdefault("If-Match", "*")
        elif method == "POST":
            options["data"] = body or {}
        with transaction.atomic():
            response = getattr(client, method.lower())(path, **options)
            writes = AuditEvent.objects.count() - self.audited
            transaction.set_rollback(True)
        return response, writes

    def path(self, question: Question) -> str:
        case = question.case
        arguments = self.world.arguments(case.fills, question.place)
        path = reverse(question.route.name, kwargs={**arguments, **case.literal})
        query = question.act.query
        return path + (query(self.world, question.place) if callable(query) else query)

    def faults(self, question: Question) -> list[str]:
        """Ask, and return what is wrong with the answer."""
        act = question.act
        body = act.body(self.world, question.place) if act.body else None
        answer, writes = self.ask(
            question.persona, question.method, self.path(question), body
        )
        found = [
            *self._wrong_status(question, answer, writes),
            *self._told(question, answer),
        ]
        return [f"{question}: {fault}" for fault in found]

    def _wrong_status(self, question: Question, answer: Any, writes: int) -> list[str]:
        code, verdict = answer.status_code, decide(question)
        if code >= 500 and code not in question.act.granted:
            return [f"{code} {getattr(answer, 'exc_info', None) or ''}"]
        if verdict == "granted":
            return _not_granted(question, answer)
        wanted = {
            "hidden": question.act.outsider,
            "refused": question.act.refused,
            "unknown": {401 if question.route.is_api else 302},
        }[verdict]
        faults = [] if code in wanted else [f"{code}, not {verdict} {sorted(wanted)}"]
        if code == 302 and verdict == "unknown" and not leads_to_login(answer):
            faults.append(f"leads to {answer['Location']}, not to the login")
        if writes:
            faults.append(f"wrote {writes} times although {verdict}")
        return faults

    def _told(self, question: Question, answer: Any) -> list[str]:
        persona = question.persona
        text = answer.getvalue().decode(errors="replace") + str(answer.headers)
        return [
            f"tells of {secret.text}"
            for secret in self.world.secrets
            if persona not in secret.readers
            and secret.text in text
            and secret.topic not in question.case.shows
        ]


def decide(question: Question) -> str:
    """Return granted, refused (403), hidden (404) or unknown (log in first)."""
    case, act, persona = question.case, question.act, question.persona
    if PUBLIC in act.allowed:
        return "granted"
    if persona == "nobody":
        return "unknown"
    held = {persona, SIGNED_IN, *roles_of(question)}
    if held.isdisjoint(case.visible):
        return "hidden"
    return "refused" if held.isdisjoint(act.allowed) else "granted"


def roles_of(question: Question) -> set[str]:
    """Return the roles that count: in the object's unit, or anywhere."""
    from_places = [question.place]
    if not question.case.in_units:
        from_places = ["retail", "elsewhere"]
    return {role_in(question.persona, place) for place in from_places} - {""}


def _not_granted(question: Question, answer: Any) -> list[str]:
    code, wanted = answer.status_code, question.act.granted
    if wanted:
        return [] if code in wanted else [f"{code}, not {sorted(wanted)}"]
    refusals = {401, 403, 404, 405}
    if question.method == "GET":
        refusals |= set(range(400, 500))
    if code in refusals:
        return [f"{code} although allowed"]
    # The login page itself sends on who is signed in; never back to itself.
    if code == 302 and leads_to_login(answer):
        return [f"sent to {answer['Location']} although allowed"]
    return []


def leads_to_login(answer: Any) -> bool:
    return str(answer.headers.get("Location", "")).startswith(reverse("account_login"))


def questions(route: Route, cases: list[Case], world: World) -> list[Question]:
    """Return every request the table speaks of for this route."""
    asked = []
    for case in cases:
        is_public = all(PUBLIC in act.allowed for act in case.acts.values())
        places = world.places_of(case.fills.values()) if case.in_units else [NOWHERE]
        if not places:
            message = f"{route.name}: no place has {case.label}"
            raise LookupError(message)
        asked += [
            Question(route, case, method, place, persona)
            for place in places
            for method in case.acts
            for persona in (FEW if is_public else PERSONAS)
            # Nobody and the administrator have no place.
            if place == places[0] or role_in(persona, place) != ADMIN
            if place == places[0] or persona != "nobody"
        ]
    return asked
