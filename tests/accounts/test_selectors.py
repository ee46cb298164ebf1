"""What the pages about units show to whom."""

from accounts.selectors import (
    ancestors_of,
    person_named,
    rights_of,
    unit_sheet,
    unit_tree,
)


def test_tree_starts_at_the_topmost_visible_unit(alice, pricing, elsewhere, retail):
    (root,) = unit_tree(alice)
    assert root.unit == retail
    assert [node.unit for node in root.children] == [pricing]


def test_sheet_hides_invisible_ancestors(alice, retail, pricing):
    sheet = unit_sheet(alice, pricing)
    assert list(sheet.parents) == [retail]
    assert [row.user for row in sheet.inherited] == [alice]
    assert sheet.may_manage
    assert not sheet.may_administer


def test_ancestors_come_topmost_first(organization, retail, pricing):
    assert list(ancestors_of(pricing)) == [organization, retail]


def test_rights_hold_below(bob, pricing, retail):
    rights = {row.unit: row for row in rights_of(bob)}
    assert rights[pricing].roles == ["reviewer"]
    assert "review" in rights[retail].permissions


def test_person_is_named_exactly(carol):
    assert person_named("CAROL@example.org") == carol
    assert person_named("car") is None
