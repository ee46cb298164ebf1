from failures.coding import counted_causes


def test_counted_causes_puts_roots_first_and_names_each_once():
    codings = [
        ("drift", "contributing", "probable"),
        ("leak", "root", "known"),
        ("leak", "contributing", "known"),
    ]
    assert counted_causes(codings) == ["leak", "drift"]


def test_counted_causes_leaves_out_guesses_and_other_roles():
    codings = [
        ("a", "root", "possible"),
        ("b", "trigger", "known"),
        ("c", "detection_gap", "known"),
    ]
    assert counted_causes(codings) == []
