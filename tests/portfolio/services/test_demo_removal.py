"""Removal where there is nothing to remove; see test_demo.py for the rest."""

import pytest

from portfolio.services.demo_removal import remove
from projects.models import Project
from tests.factories.projects import ProjectFactory

pytestmark = pytest.mark.django_db


def test_leaves_own_rows_alone():
    project = ProjectFactory()
    assert not any(remove().values())
    assert Project.objects.get() == project
