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
    undoes: bool = False  # a decision, by whoever took it, within UNDO_FOR


STEPS = {
    (Status.DRAFT, Action.SUBMIT): Step(Status.SUBMITTED, Act.EDIT),
    (Status.RETURNED, Action.SUBMIT): Step(Status.SUBMITTED, Act.EDIT),
    (Status.SUBMITTED, Action.WITHDRAW): Step(Status.DRAFT, Act.EDIT, until_opened=True),
    (Status.SUBMITTED, Action.RETURN): Step(
        Status.RETURNED, Act.VERIFY, needs_note=True, four_eyes=True
    ),
    (Status.SUBMITTED, Action.VERIFY): Step(Status.VERIFIED, Act.VERIFY, four_eyes=True),
    (Status.VERIFIED, Action.CANCEL): Step(Status.CANCELLED, Act.CANCEL, needs_note=True),
    (Status.VERIFIED, Action.UNDO): Step(Status.SUBMITTED, Act.VERIFY, undoes=True),
    (Status.RETURNED, Action.UNDO): Step(Status.SUBMITTED, Act.VERIFY, undoes=True),
    # The region disputed the return and was right: it waits again as it was sent.
    (Status.RETURNED, Action.REQUEUE): Step(Status.SUBMITTED, Act.ANSWER, needs_note=True),
}
