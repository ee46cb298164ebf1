from failures.services import seeds


def test_release_joins_its_head_and_the_nodes_of_all_files():
    document = seeds.release_document()
    assert document["number"] == 1
    tops = {node["slug"] for node in document["nodes"] if node["parent"] is None}
    assert tops == set(document["order"])


def test_entries_have_slugs_used_once():
    for entries in (
        seeds.practice_entries(),
        seeds.rate_entries(),
        seeds.case_entries(),
    ):
        slugs = [entry["slug"] for entry in entries]
        assert len(slugs) == len(set(slugs)) > 0
