"""Causes and post-mortems for tests."""

import datetime as dt

import factory
from django.utils import timezone

from failures.models import (
    CauseCoding,
    FailureCause,
    Postmortem,
    PostmortemDetail,
    PostmortemText,
    Practice,
    TaxonomyRelease,
)
from failures.services import copies
from tests.factories.accounts import UnitFactory, UserFactory


def words(text):
    return {"en": text, "ru": f"{text} (ru)", "zh-hans": f"{text} (zh)"}


class ReleaseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TaxonomyRelease
        django_get_or_create = ["number"]

    number = 1
    label = "2026.1"
    digest = "0" * 64
    published_at = factory.LazyFunction(timezone.now)
    is_current = True


class CauseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FailureCause
        django_get_or_create = ["release", "slug"]

    release = factory.SubFactory(ReleaseFactory)
    parent = None
    slug = factory.Sequence(lambda n: f"cause-{n}")
    position = factory.Sequence(lambda n: n)
    title = factory.LazyAttribute(lambda cause: words(cause.slug.replace("-", " ")))
    definition = factory.LazyAttribute(lambda cause: words(f"About {cause.slug}"))
    stages = ["training"]
    warning_signs = factory.LazyFunction(lambda: [words("A sign")])
    checks = factory.LazyFunction(lambda: [words("A check")])
    robustness_related = True


class PracticeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Practice

    slug = factory.Sequence(lambda n: f"practice-{n}")
    title = factory.LazyAttribute(lambda practice: words(practice.slug))
    kind = "prevent"
    effect = "0.30"
    cause_slugs = ["leakage"]


class PostmortemFactory(factory.django.DjangoModelFactory):
    """A draft of an own project; `title=` and `summary=` go to its prose."""

    class Meta:
        model = Postmortem
        skip_postgeneration_save = True

    class Params:
        published = factory.Trait(
            state="published", published_at=factory.LazyFunction(timezone.now)
        )
        case = factory.Trait(
            published=True,
            origin="case",
            unit=None,
            author=None,
            visibility="shareable",
            external_id=factory.Sequence(lambda n: f"case:number-{n}"),
        )

    reference = factory.Sequence(lambda n: f"PM-T{n:04d}")
    unit = factory.SubFactory(UnitFactory)
    author = factory.SubFactory(UserFactory)
    outcome = "failed"
    detected_on = dt.date(2026, 3, 2)

    @factory.post_generation
    def title(self, create, extracted, **kwargs):
        PostmortemText.objects.create(
            postmortem=self,
            language=self.language,
            title=extracted or f"Failure {self.reference}",
            summary=kwargs.get("summary", "A model failed in operation."),
        )
        PostmortemDetail.objects.create(postmortem=self)
        copies.refresh_search([self.pk])


class CodingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CauseCoding

    postmortem = factory.SubFactory(PostmortemFactory)
    cause = factory.SubFactory(CauseFactory)
    role = "root"
    confidence = "known"
    evidence = "The replay shows it."

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        coding = super()._create(model_class, *args, **kwargs)
        copies.refresh_causes(coding.postmortem)
        return coding
