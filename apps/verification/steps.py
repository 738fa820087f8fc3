"""The workflow as a table (spec section 4): it guards, draws the buttons and documents the flow."""

from dataclasses import dataclass

from apps.accounts.enums import Act
from apps.verification.enums import Action, Status


@dataclass(frozen=True)
class Step:
    to: str
    act: str
    needs_note: bool = False
    until_opened: bool = False
    four_eyes: bool = False


STEPS = {
    (Status.DRAFT, Action.SUBMIT): Step(Status.SUBMITTED, Act.EDIT),
    (Status.RETURNED, Action.SUBMIT): Step(Status.SUBMITTED, Act.EDIT),
    (Status.SUBMITTED, Action.WITHDRAW): Step(Status.DRAFT, Act.EDIT, until_opened=True),
    (Status.SUBMITTED, Action.RETURN): Step(
        Status.RETURNED, Act.VERIFY, needs_note=True, four_eyes=True
    ),
    (Status.SUBMITTED, Action.VERIFY): Step(Status.VERIFIED, Act.VERIFY, four_eyes=True),
    (Status.VERIFIED, Action.CANCEL): Step(Status.CANCELLED, Act.CANCEL, needs_note=True),
}
