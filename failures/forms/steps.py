"""The five steps of the guided form: which fields, in which groups, with what help."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from failures.coding.amounts import AMOUNTS
from failures.coding.dates import DATES, PRECISION


@dataclass(frozen=True)
class Group:
    """Fields under one heading; the less common ones are folded away."""

    title: Promise
    fields: tuple[str, ...]
    folded: bool = False


@dataclass(frozen=True)
class Step:
    """One page of the form."""

    slug: str
    title: Promise
    lead: Promise
    groups: tuple[Group, ...]

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(name for group in self.groups for name in group.fields)


STEPS = (
    Step(
        "intended",
        _("What was intended"),
        _("Start with the plan. It is the yardstick for all that follows."),
        (
            Group(
                _("The project"),
                ("title", "intended", "acceptance_statement", "system", "language"),
            ),
            Group(
                _("What kind of project"), ("sector", "task", "modality", "sourcing")
            ),
            Group(
                _("The system"),
                ("method_family", "model_version", "developer", "deployer"),
                folded=True,
            ),
            Group(
                _("What was promised"),
                ("metric", "metric_unit", "target", "promised", "human_agreement"),
                folded=True,
            ),
        ),
    ),
    Step(
        "happened",
        _("What happened"),
        _(
            "Describe events and conditions, not people. Everybody did what made sense then."
        ),
        (
            Group(_("In short"), ("summary", "outcome", "severity")),
            Group(_("In detail"), ("actual", "diagnosis", "context", "impact")),
            Group(
                _("Whom it affected"),
                (
                    "severity_rationale",
                    "affected_groups",
                    "affected_low",
                    "affected_high",
                    "harmed_count",
                ),
                folded=True,
            ),
            Group(
                _("Measured against the promise"),
                ("training", "test", "operation", "met_offline", "met_offline_on"),
                folded=True,
            ),
            Group(
                _("Data, model and surroundings"),
                (
                    "data_difference",
                    "data_misunderstood",
                    "bias_origin",
                    "upstream_change",
                    "counterexamples",
                    "environment",
                ),
                folded=True,
            ),
            Group(
                _("What it cost"),
                (*AMOUNTS, "currency", "cost_basis", "loss"),
                folded=True,
            ),
            Group(
                _("Success and value"),
                ("declared_success", "value_delivered", "long_term_effect"),
                folded=True,
            ),
        ),
    ),
    Step(
        "dates",
        _("Timeline and dates"),
        _(
            "When could it have been seen, and when was it? The distance is what we learn from. Where a day is a guess, choose month or year."
        ),
        (
            Group(
                _("Dates"),
                tuple(n for date in DATES for n in (date, PRECISION[date])),
            ),
            Group(
                _("Stages"), ("stage_introduced", "stage_detectable", "stage_detected")
            ),
            Group(
                _("How it came to light"),
                ("detection", "detected_by", "detection_story", "surprise"),
            ),
            Group(
                _("Course of the work"),
                (
                    "stalled_stage",
                    "days_before_baseline",
                    "plumbing_percent",
                    "warning_given",
                    "residual_risk_recorded",
                ),
                folded=True,
            ),
        ),
    ),
    Step(
        "causes",
        _("Causes"),
        _(
            "Which causes of the taxonomy were at work? Each with its role, your confidence and the evidence."
        ),
        (Group(_("Looking back"), ("correction_known", "avoidable")),),
    ),
    Step(
        "follow-up",
        _("Follow-up"),
        _("What will be different next time, and how will we know?"),
        (Group(_("Lessons"), ("lessons", "went_well", "lucky")),),
    ),
)
BY_SLUG = {step.slug: step for step in STEPS}

HELP = {
    "title": _("Name the system and what went wrong, not who was involved."),
    "intended": _("Which decision or process was to get better, and by how much?"),
    "acceptance_statement": _(
        "The quality that was agreed: not below X under conditions Y in at least Z percent of cases."
    ),
    "system": _("Model, data sources and place in the workflow, in a few lines."),
    "language": _("The language you write in. The record is stored as you wrote it."),
    "sector": _("Where the system was to work. Records are compared within a sector."),
    "task": _("What the model does."),
    "modality": _("What the model sees."),
    "sourcing": _("Whether the team had the model in its own hands."),
    "metric": _("The figure that was to tell success, for example recall."),
    "promised": _("The value that was promised or expected."),
    "human_agreement": _("How often qualified people agree on the same cases."),
    "summary": _(
        "Three sentences: what was to happen, what happened instead, and why it matters."
    ),
    "outcome": _("A near miss counts too: it was noticed in time."),
    "severity": _("The harm to people or money, as far as it is known."),
    "actual": _("What was observed, in order. Facts first, explanations later."),
    "diagnosis": _("What you examined, and what it showed."),
    "impact": _("Who or what was affected, and how badly."),
    "training": _("The same metric, as reached in training."),
    "test": _("The same metric, on the test data."),
    "operation": _("The same metric, in real use."),
    "met_offline": _(
        "It tells “never reached the goal” from “reached it and lost it”."
    ),
    "met_offline_on": _("When it was reached offline for the first time."),
    "data_difference": _("What the model met in operation that it had not met before."),
    "data_misunderstood": _("What a column, a label or a gap turned out to mean."),
    "bias_origin": _("Sample, labels, history or design: where it entered."),
    "upstream_change": _(
        "A source, schema or rule that changed, and who depends on it."
    ),
    "counterexamples": _("Single cases that show the failure best."),
    "environment": _("Versions of code, data, libraries and hardware."),
    "cost": _(
        "The loss altogether. Left open, it is what was wasted, the repair and what was missed, added up."
    ),
    "spent": _("All that the project took, of use or not."),
    "wasted": _("The part that brought nothing."),
    "remediation": _("Repair, compensation, fines."),
    "opportunity": _("What could have been earned or saved in the time."),
    "currency": _("One for all these amounts."),
    "cost_basis": _("An estimate is welcome; say that it is one."),
    "harmed_count": _("People who came to harm, as far as it is known."),
    "loss": _("What was lost that money does not tell: time, trust, chances."),
    "declared_success": _("What was reported as a success, and by which yardstick."),
    "value_delivered": _("What remained useful in spite of the failure."),
    "long_term_effect": _("What has changed since: habits, rules, trust."),
    "method_family": _("For example gradient boosting, convolutional network, rules."),
    "model_version": _("The version that failed, as your registry names it."),
    "developer": _("The team, vendor or lab. Organizations and roles, not persons."),
    "deployer": _("The organization or unit that used it."),
    "metric_unit": _("Percent, seconds, euros; leave it open for a plain share."),
    "target": _("The value from which the system would have been of use."),
    "context": _("Deadlines, incentives, tools, handovers: what made it likelier."),
    "severity_rationale": _(
        "What makes it this severe, and not one step more or less."
    ),
    "affected_groups": _("Groups of people, processes or places; no names."),
    "affected_low": _("The lowest credible count. Leave both open when nobody knows."),
    "affected_high": _("The highest credible count; the same number when it is exact."),
    "acknowledged_on": _("When somebody took charge of it."),
    "mitigated_on": _("When the harm stopped, even if the fault remained."),
    "reviewed_on": _("When the team looked back on it together."),
    "detected_by": _("A role, such as nurse, on-call engineer or auditor."),
    "introduced_on": _("When the fault entered, even though nobody could know."),
    "detectable_on": _("The first day on which a check could have shown it."),
    "detected_on": _("When somebody noticed. Needed for publication."),
    "resolved_on": _("When it was corrected, or the system withdrawn."),
    "stage_introduced": _("The step of the work in which the fault entered."),
    "stage_detectable": _("The earliest step in which a check could have shown it."),
    "stage_detected": _("The step in which it was noticed."),
    "detection": _("What brought it to light."),
    "detection_story": _(
        "What was noticed first, and what kept it from being noticed earlier."
    ),
    "surprise": _("What everybody had taken for granted until then."),
    "stalled_stage": _("Where the work came to a halt, if it did."),
    "days_before_baseline": _(
        "Days until a first simple solution stood for comparison."
    ),
    "plumbing_percent": _("A rough share is enough."),
    "warning_given": _("A warning that found no listener is a fact about the process."),
    "residual_risk_recorded": _("Whether the risk had been written down and accepted."),
    "correction_known": _("Whether the team could say what would have put it right."),
    "avoidable": _("With what was known at the time, not with hindsight."),
    "lessons": _("What others should know before they start something similar."),
    "went_well": _("What limited the damage or helped to find it."),
    "lucky": _("Where it could have come worse, and only chance prevented it."),
}


def step_after(slug: str) -> Step | None:
    """Return the step that follows, None after the last."""
    index = [step.slug for step in STEPS].index(slug)
    return STEPS[index + 1] if index + 1 < len(STEPS) else None
