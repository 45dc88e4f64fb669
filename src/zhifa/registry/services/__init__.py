"""What can be done in the registry, each act journalled in its transaction; who may, is judged here.

The platform itself (`law.actors.SYSTEM`) may do everything but approve: it sets up a new city.
"""

from zhifa.registry.services.bodies import (
    add_deed,
    add_unit,
    change_contact,
    confirm_capacity,
    end_deed,
    end_unit,
    publish_deed,
    register_body,
)
from zhifa.registry.services.dated import add_holiday_notice, set_scope_matrix, set_setting
from zhifa.registry.services.items import (
    approve_item,
    define_item,
    end_item,
    return_item,
    submit_item,
)
from zhifa.registry.services.officers import (
    appoint,
    end_appointment,
    issue_certificate,
    lift_suspension,
    record_qualification,
    renew_certificate,
    revoke_certificate,
    suspend_certificate,
)
from zhifa.registry.services.people import (
    activate_person,
    create_person,
    deactivate_person,
    remove_second_factor,
    reset_password,
)
from zhifa.registry.services.succession import follow_on, succeed

__all__ = [
    "activate_person",
    "add_deed",
    "add_holiday_notice",
    "add_unit",
    "appoint",
    "approve_item",
    "change_contact",
    "confirm_capacity",
    "create_person",
    "deactivate_person",
    "define_item",
    "end_appointment",
    "end_deed",
    "end_item",
    "end_unit",
    "follow_on",
    "issue_certificate",
    "lift_suspension",
    "publish_deed",
    "record_qualification",
    "register_body",
    "remove_second_factor",
    "renew_certificate",
    "reset_password",
    "return_item",
    "revoke_certificate",
    "set_scope_matrix",
    "set_setting",
    "submit_item",
    "succeed",
    "suspend_certificate",
]
