from datetime import date

import pytest

from apps.discussion.models import FollowUp


@pytest.fixture
def post(operator_bone):
    """The post that is handed over: operator of Kabupaten Bone."""
    return operator_bone.assignments.select_related("region", "user").get()


@pytest.fixture
def successor(make_user, regions):
    """Somebody of the province with an account, who has never worked for Bone."""
    return make_user("observer", regions.makassar, "pengganti")


@pytest.fixture
def ask(verifikator_sulsel):
    """ask(owner, region): a follow-up somebody has to do."""

    def make(owner, region, **fields):
        fields = {"task": "Unggah SK", "due_on": date(2026, 3, 20)} | fields
        return FollowUp.objects.create(
            owner=owner, region=region, created_by=verifikator_sulsel, **fields
        )

    return make
