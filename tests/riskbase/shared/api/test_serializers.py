from rest_framework import serializers

from riskbase.shared.api.serializers import Strict


class Thing(Strict, serializers.Serializer):
    passed_over = frozenset({"shown"})
    name = serializers.CharField()
    number = serializers.IntegerField(read_only=True)


def test_refuse_a_misspelled_member():
    thing = Thing(data={"name": "a", "nmae": "b"})
    assert not thing.is_valid()
    assert set(thing.errors) == {"nmae"}


def test_take_back_what_was_shown():
    thing = Thing(data={"name": "a", "number": 3, "shown": True})
    assert thing.is_valid()
    assert dict(thing.validated_data) == {"name": "a"}
