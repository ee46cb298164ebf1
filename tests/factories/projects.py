"""Projects, questionnaires and assessments for tests."""

import datetime as dt

import factory

from failures.models import FailureCause, TaxonomyRelease
from projects.models import (
    Answer,
    Assessment,
    Project,
    Questionnaire,
    QuestionnaireVersion,
)
from projects.scoring import digest
from tests.factories.accounts import UnitFactory, UserFactory

AT = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)

CAUSES = {
    "leakage": None,
    "lk-split": "leakage",
    "unclear-problem": None,
    "up-hype": "unclear-problem",
    "deployment": None,
}


def words(text):
    """The same text in every language, marked with it."""
    return {"en": text, "ru": f"{text} (ru)", "zh-hans": f"{text} (zh)"}


def taxonomy_of(causes=None):
    """Return the current release; make one with these causes (slug: parent) if absent."""
    if release := TaxonomyRelease.objects.filter(is_current=True).first():
        return release
    release = TaxonomyRelease.objects.create(
        number=1, label="v1", digest="0" * 64, published_at=AT, is_current=True
    )
    made = {}
    for position, (slug, parent) in enumerate((causes or CAUSES).items()):
        made[slug] = FailureCause.objects.create(
            release=release,
            parent=made.get(parent),
            slug=slug,
            position=position,
            title=words(slug.replace("-", " ").capitalize()),
            definition=words(f"What {slug} is."),
            stages=["problem_framing"],
            warning_signs=[],
            checks=[],
            robustness_related=False,
        )
    return release


def question(code, kind="single", **extra):
    """A question with its three texts; extra keys replace or add."""
    return {
        "code": code,
        "kind": kind,
        "text": words(f"Text of {code}?"),
        "help": words(f"Help of {code}."),
        "why": words(f"Why {code}."),
        "sources": {"seeds": ["S0.17"], "literature": []},
        **extra,
    }


def choice(code, signal, **extra):
    return {"code": code, "text": words(f"Choice {code}"), "signal": signal, **extra}


def small_document(code="small", version=1, **changes):
    """Two sections with every kind of question, a branch, a floor and a gate."""
    problem = [
        question(
            "stated",
            weights={"unclear-problem": 3, "up-hype": 6},
            choices=[choice("signed", 0.0), choice("oral", 0.5), choice("none", 1.0)],
            unknown_signal=0.8,
        ),
        question(
            "who_asked",
            weights={"up-hype": 4},
            visible_when="not (stated == 'signed')",
            choices=[choice("users", 0.0), choice("fashion", 1.0)],
            allow_not_applicable=True,
        ),
        question("sentence", kind="text", allow_unknown=False),
        question(
            "people",
            dimension="impact",
            weight=6,
            choices=[choice("few", 0.0), choice("many", 1.0)],
        ),
    ]
    data = [
        question(
            "split",
            weights={"lk-split": 5, "leakage": 3},
            choices=[
                choice("locked", 0.0),
                choice("none", 1.0, floor={"cause": "leakage", "score": 75}),
            ],
        ),
        question(
            "signs",
            kind="multiple",
            combine="sum",
            weights={"lk-split": 4},
            choices=[choice("nothing", 0.0), choice("a", 0.4), choice("b", 0.6)],
        ),
        question(
            "stable",
            kind="scale",
            weights={"deployment": 5},
            signals=[1.0, 0.75, 0.5, 0.25, 0.0],
            low_label=words("never"),
            high_label=words("always"),
        ),
        question(
            "share",
            kind="number",
            weights={"deployment": 5},
            unit=words("%"),
            minimum=0,
            maximum=100,
            breakpoints=[[0, 1.0], [100, 0.0]],
        ),
        question("started", kind="date", allow_unknown=False),
    ]
    sections = [("problem", problem), ("data", data)]
    return {
        "code": code,
        "version": version,
        "title": words("Small intake"),
        "description": words("For tests."),
        "minutes": 5,
        "method": "weighted",
        "completeness_threshold": 0.8,
        "sections": [
            {
                "code": section,
                "title": words(section.capitalize()),
                "description": words(f"About {section}."),
                "minutes": 2,
                "questions": questions,
            }
            for section, questions in sections
        ],
        "gates": [
            {
                "code": "no_problem",
                "when": "stated == 'none'",
                "effect": "require_review",
                "message": words("Nobody has stated the problem."),
            }
        ],
        **changes,
    }


class QuestionnaireFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Questionnaire
        django_get_or_create = ("code",)

    code = "small"


class QuestionnaireVersionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = QuestionnaireVersion
        django_get_or_create = ("questionnaire", "number")

    questionnaire = factory.SubFactory(QuestionnaireFactory)
    number = 1
    state = "published"
    published_at = AT
    document = factory.LazyAttribute(
        lambda version: small_document(version.questionnaire.code, version.number)
    )
    digest = factory.LazyAttribute(lambda version: digest(version.document))

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        taxonomy_of()
        return super()._create(model_class, *args, **kwargs)


class ProjectFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Project

    reference = factory.Sequence(lambda n: f"T-{n:04}")
    name = factory.Sequence(lambda n: f"Project {n}")
    unit = factory.SubFactory(UnitFactory)
    owner = factory.SubFactory(UserFactory)
    sector = "retail"


class AssessmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Assessment

    project = factory.SubFactory(ProjectFactory)
    questionnaire_version = factory.SubFactory(QuestionnaireVersionFactory)


class AnswerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Answer

    assessment = factory.SubFactory(AssessmentFactory)
    question = "stated"
    state = "answered"
    value = "oral"
