from django import template

from apps.backup.standing import standing

register = template.Library()


@register.simple_tag
def backup_standing():
    """How the backups stand, for the front page of the administration."""
    return standing()
