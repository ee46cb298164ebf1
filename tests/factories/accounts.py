"""People and units for tests."""

import factory

from accounts.models import Membership, Unit, UnitAncestry, User


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"person{n}")
    email = factory.LazyAttribute(lambda person: f"{person.username}@example.org")
    password = factory.PostGenerationMethodCall("set_password", "correct horse")

    @classmethod
    def _after_postgeneration(cls, instance, create, results=None):
        if create:
            instance.save()


class UnitFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Unit

    name = factory.Sequence(lambda n: f"Unit {n}")
    parent = None

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        unit = super()._create(model_class, *args, **kwargs)
        UnitAncestry.objects.create(ancestor=unit, descendant=unit, distance=0)
        if unit.parent is not None:
            UnitAncestry.objects.bulk_create(
                UnitAncestry(
                    ancestor_id=above.ancestor_id,
                    descendant=unit,
                    distance=above.distance + 1,
                )
                for above in UnitAncestry.objects.filter(descendant=unit.parent)
            )
        return unit


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    unit = factory.SubFactory(UnitFactory)
    role = "viewer"
