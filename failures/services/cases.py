"""Loading public cases: published post-mortems told in three languages."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from accounts.models import User
from failures.choices import (
    Origin,
    PostmortemState,
    Precision,
    Visibility,
)
from failures.models import (
    CauseCoding,
    FailureCause,
    Postmortem,
    PostmortemDetail,
    PostmortemText,
    Source,
)
from failures.services import copies, upserts
from failures.services.case_entries import Case, read_case
from failures.services.references import next_references
from failures.services.taxonomy import Loaded
from failures.taxonomy import LANGUAGES, Reader
from riskbase.shared.audit import trail
from riskbase.shared.events import outbox


@transaction.atomic
def load_cases(
    *, entries: Sequence[Mapping[str, Any]], at: dt.datetime, by: User | None = None
) -> Loaded:
    """Create the cases that are new, change those that differ, leave the others.

    Raises DocumentError with every fault; then nothing is written.
    """
    causes = {cause.slug: cause for cause in FailureCause.objects.current()}
    reader = Reader()
    wanted: dict[str, Case] = {}
    for entry in entries:
        case = read_case(reader, entry, frozenset(causes))
        if case.slug in wanted:
            reader.note(f"cases[{case.slug}]", "slug used twice")
        wanted[case.slug] = case
    reader.raise_if_any()
    existing = {
        row.external_id: row
        for row in Postmortem.objects.filter(origin=Origin.CASE).prefetch_related(
            "texts", "sources", "codings__cause"
        )
    }
    created = [case for case in wanted.values() if case.external_id not in existing]
    loader = _Loader(causes, at, by)
    loader.create_all(created)
    updated = sum(
        loader.update(existing[case.external_id], case)
        for case in wanted.values()
        if case.external_id in existing
    )
    return Loaded(len(created), updated, len(wanted) - len(created) - updated)


class _Loader:
    """Writes cases as rows."""

    def __init__(
        self, causes: Mapping[str, FailureCause], at: dt.datetime, by: User | None
    ) -> None:
        self.causes = causes
        self.release = next((cause.release for cause in causes.values()), None)
        self.at = at
        self.by = by

    def create_all(self, cases: Sequence[Case]) -> None:
        references = next_references(len(cases)) if cases else []
        for case, reference in zip(cases, references, strict=True):
            row = Postmortem(
                reference=reference,
                external_id=case.external_id,
                origin=Origin.CASE,
                visibility=Visibility.SHAREABLE,
                state=PostmortemState.PUBLISHED,
                published_at=self.at,
                language="en",
                detected_precision=Precision.YEAR,
                **self._values(case),
            )
            row.save(force_insert=True)
            PostmortemDetail.objects.create(postmortem=row)
            self._write_parts(row, case)
            trail.record(
                by=self.by,
                verb="case_loaded",
                target=row,
                after={"case": case.slug, "causes": row.cause_slugs},
            )
            outbox.emit(topic="postmortem.published", target=row)

    def update(self, row: Postmortem, case: Case) -> bool:
        """Bring one case in line; return whether anything differed."""
        changes = upserts.differing(row, self._values(case))
        if not changes and self._parts_of(row) == self._parts_wanted(case):
            return False
        before = trail.values_of(row, changes)
        row.version += 1
        upserts.apply(row, {**changes, "version": row.version})
        row.texts.all().delete()
        row.sources.all().delete()
        row.codings.all().delete()
        self._write_parts(row, case)
        trail.record(
            by=self.by,
            verb="case_updated",
            target=row,
            before=before,
            after=trail.values_of(row, changes),
        )
        outbox.emit(topic="postmortem.changed", target=row)
        return True

    def _values(self, case: Case) -> dict[str, Any]:
        return {**case.facts, "release": self.release}

    def _write_parts(self, row: Postmortem, case: Case) -> None:
        PostmortemText.objects.bulk_create(
            PostmortemText(postmortem=row, language=language, **case.texts[language])
            for language in LANGUAGES
        )
        Source.objects.bulk_create(
            Source(postmortem=row, **source) for source in case.sources
        )
        CauseCoding.objects.bulk_create(
            CauseCoding(
                postmortem=row,
                cause=self.causes[slug],
                role=role,
                confidence=confidence,
                quarter=row.quarter,
                sector=row.sector,
            )
            for slug, role, confidence in case.causes
        )
        copies.refresh_causes(row)
        copies.refresh_search([row.pk])

    def _parts_of(self, row: Postmortem) -> Any:
        """Return texts, sources and causes of a stored case, to compare."""
        texts = {
            text.language: {
                name: getattr(text, name)
                for name in ("title", "summary", "intended", "lessons", "loss")
            }
            | {"organization": text.organization}
            for text in row.texts.all()
        }
        sources = [
            {
                "publisher": source.publisher,
                "title": source.title,
                "year": source.year,
                "url": source.url,
            }
            for source in row.sources.all()
        ]
        causes = [
            (coding.cause.slug, coding.role, coding.confidence)
            for coding in row.codings.all()
        ]
        releases = {coding.cause.release_id for coding in row.codings.all()}
        return texts, sources, causes, releases

    def _parts_wanted(self, case: Case) -> Any:
        release = {self.release.pk} if self.release else set()
        return case.texts, case.sources, case.causes, release
