"""Every list of the product: what fills it, and how it is asked for."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class List:
    """A list: the sort of rows in it, its address, and who reads it."""

    route: str
    rows: str
    query: dict[str, Any] = field(default_factory=dict)
    fills: dict[str, str] = field(default_factory=dict)
    """URL argument -> attribute of the filling (its id), or =text as it is."""
    by: str = "alice"
    is_short: bool = False
    """Whether it shows the same few rows, however many there are."""

    @property
    def name(self) -> str:
        return self.route + ("?" + "&".join(self.query) if self.query else "")


MOST = {"page_size": 200}
LARGE = {"size": 100}
IN_RECORD = {"postmortem": "record"}
IN_PROJECT = {"project": "project"}
THE_PROJECT = {"pk": "project"}
THE_ASSESSMENT = {"pk": "assessment"}
IN_ASSESSMENT = {"assessment": "assessment"}
LISTS = [
    List("accounts:token-list", "tokens"),
    List("accounts:unit-list", "units"),
    List("accounts:unit-detail", "members", fills={"pk": "unit"}),
    List("accounts:person-list", "people", by="admin"),
    List("accounts:person-list", "people", {"q": "person"}, by="admin"),
    List("audit:event-list", "events", by="admin"),
    List(
        "audit:event-list",
        "events",
        {"verb": "unit", "actor": "p1"},
        by="admin",
        is_short=True,
    ),
    List("projects:project-list", "projects"),
    List(
        "projects:project-list",
        "projects",
        {"search": "project", "sector": "retail", "tier": "high", **LARGE},
    ),
    List("projects:assessment-list", "assessments"),
    List("projects:assessment-list", "assessments", {"q": "proj", "tier": "high"}),
    List("projects:assessment-review-list", "asked_reviews"),
    List(
        "projects:assessment-review",
        "evidence",
        {"of": "files"},
        THE_ASSESSMENT,
    ),
    List("projects:assessment-review", "section_reviews", fills=THE_ASSESSMENT),
    List("projects:assessment-review", "threads", {"of": "threads"}, THE_ASSESSMENT),
    List("projects:assessment-history", "answer_events", fills=THE_ASSESSMENT),
    List("projects:assessment-what-if", "scenarios", fills={"pk": "tried"}),
    List("projects:questionnaire-list", "versions"),
    List("projects:questionnaire-list", "drafts", {"written": "1"}, by="admin"),
    List(
        "projects:questionnaire-backtest-result",
        "backtest_lines",
        fills={"pk": "backtest"},
        by="admin",
    ),
    List("projects:project-detail", "project_causes", fills=THE_PROJECT),
    List("projects:project-assessments", "project_assessments", fills=THE_PROJECT),
    List("projects:project-mitigations", "project_mitigations", fills=THE_PROJECT),
    List("projects:project-outcome", "project_outcomes", fills=THE_PROJECT),
    List("projects:project-history", "project_history", fills=THE_PROJECT),
    List("failures:cause-list", "causes"),
    List("failures:cause-list", "causes", {"q": "cause"}),
    List("failures:cause-detail", "records", fills={"slug": "=leakage"}),
    List("failures:practice-list", "practices"),
    List("failures:import-list", "imports"),
    List("failures:follow-up-list", "records", {"state": "open", **LARGE}),
    List("api-follow-up-list", "records", MOST),
    List("failures:import-detail", "import_faults", fills={"pk": "import_run"}),
    List("failures:postmortem-export-list", "records", fills={"kind": "=csv"}),
    List("api-postmortem-similar", "records", fills={"pk": "record"}, is_short=True),
    List("api-import-list", "imports", MOST),
    List("api-import-fault-list", "import_faults", MOST, {"run": "import_run"}),
    List("api-postmortem-export-list", "records", fills={"kind": "=json"}),
    List("failures:practice-list", "practices", {"cause": "leakage", **LARGE}),
    List("failures:base-rate-list", "rates"),
    List("failures:base-rate-list", "rates", {"cause": "leakage", **LARGE}),
    List("failures:postmortem-list", "records"),
    List(
        "failures:postmortem-list",
        "records",
        {"q": "alarms", "cause": "leakage", "severity": "high", **LARGE},
    ),
    List("failures:postmortem-list", "records", {"q": "fialure alarmms"}),
    List("failures:postmortem-similar", "records", {"title": "Failure"}),
    List("failures:postmortem-detail", "actions", fills={"pk": "record"}),
    List("failures:comment-list", "record_comments", LARGE, {"pk": "record"}),
    List("failures:version-list", "versions_of_record", LARGE, {"pk": "record"}),
    List("api-postmortem-version-list", "versions_of_record", MOST, IN_RECORD),
    List("failures:proposal-list", "proposals", LARGE),
    List("api-proposal-list", "proposals", MOST),
    List("api-postmortem-proposal-list", "proposals", MOST, IN_RECORD),
    List("failures:attachment-list", "attachments", fills={"pk": "record"}),
    List("api-postmortem-file-list", "attachments", MOST, IN_RECORD),
    List("failures:agreement", "double_codings", is_short=True),
    List("api-postmortem-agreement", "double_codings", is_short=True),
    List("failures:postmortem-facets", "records", is_short=True),
    List("api-postmortem-facets", "records", is_short=True),
    List("failures:coding-pick", "causes", fills={"pk": "draft"}),
    List("portfolio:dashboard", "projects"),
    List("portfolio:register", "projects"),
    List("portfolio:register", "projects", {"search": "project", "tier": "high"}),
    List("portfolio:job-list", "jobs", by="admin"),
    List("api-unit-list", "units", MOST),
    List("api-unit-member-list", "members", MOST, {"unit": "unit"}),
    List("api-token-list", "tokens"),
    List("api-audit-event-list", "events", MOST, by="admin"),
    List("api-cause-list", "causes", MOST),
    List("api-practice-list", "practices", {"cause": "leakage", **MOST}),
    List("api-base-rate-list", "rates", MOST),
    List("api-postmortem-list", "records", MOST),
    List("api-postmortem-list", "records", {"q": "alarms", "severity": "high", **MOST}),
    List("api-postmortem-coding-list", "codings", MOST, IN_RECORD),
    List("api-postmortem-timeline-list", "steps", MOST, IN_RECORD),
    List("api-postmortem-action-list", "actions", MOST, IN_RECORD),
    List("api-postmortem-comment-list", "record_comments", MOST, IN_RECORD),
    List("api-project-list", "projects", MOST),
    List("api-project-list", "projects", {"search": "project", "tier": "high", **MOST}),
    List("api-project-cause-list", "project_causes", fills=IN_PROJECT),
    List("api-outcome-list", "project_outcomes", MOST, IN_PROJECT),
    List("api-mitigation-list", "project_mitigations", MOST, IN_PROJECT),
    List("api-questionnaire-list", "versions", MOST),
    List("api-questionnaire-list", "drafts", {"state": "draft", **MOST}, by="admin"),
    List(
        "api-questionnaire-backtest-list",
        "backtests",
        MOST,
        {"version": "version"},
        by="admin",
    ),
    List(
        "api-backtest-line-list",
        "backtest_lines",
        {"moved": "true", **MOST},
        {"backtest": "backtest"},
        by="admin",
    ),
    List("api-assessment-list", "assessments", MOST),
    List("api-assessment-review-list", "section_reviews", MOST, IN_ASSESSMENT),
    List("api-assessment-thread-list", "threads", MOST, IN_ASSESSMENT),
    List(
        "api-assessment-comment-list",
        "comments",
        MOST,
        {**IN_ASSESSMENT, "thread": "thread"},
    ),
    List("api-assessment-override-list", "overrides", MOST, IN_ASSESSMENT),
    List("api-assessment-evidence-list", "evidence", MOST, IN_ASSESSMENT),
    List("api-assessment-history-list", "answer_events", MOST, IN_ASSESSMENT),
    List("api-assessment-scenario-list", "scenarios", MOST, {"assessment": "tried"}),
    List("api-report-register", "projects", MOST),
    List("api-report-register", "projects", {"search": "project", **MOST}),
]
