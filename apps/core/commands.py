"""What the commands of the portal share."""

from django.core.management.base import CommandError


class Galat(CommandError):
    """A failure told in Indonesian: the shell shows the name of the class in front of it."""
