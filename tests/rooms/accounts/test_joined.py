"""Sign-ins are not made outside the transaction of the service that judges who may."""

import pytest
from tests.build import AT

from zhifa.accounts import services
from zhifa.law.actors import SYSTEM


def test_nothing_is_done_outside_a_transaction(own_database):
    with pytest.raises(services.NotJoined):
        services.create_person(login_name="alone", name="甲", actor=SYSTEM, at=AT)
    with pytest.raises(services.NotJoined):
        services.set_password(person_id=SYSTEM, reason="x", actor=SYSTEM, at=AT)
    with pytest.raises(services.NotJoined):
        services.remove_second_factor(person_id=SYSTEM, reason="x", actor=SYSTEM, at=AT)
    with pytest.raises(services.NotJoined):
        services.deactivate_person(person_id=SYSTEM, reason="x", actor=SYSTEM, at=AT)
    with pytest.raises(services.NotJoined):
        services.activate_person(person_id=SYSTEM, reason="x", actor=SYSTEM, at=AT)
