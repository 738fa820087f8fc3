"""What pages ask about practice mode; answers without a request, so error pages can ask too."""

from django import template

from apps.core.practice import current
from apps.practice.roles import BY_KEY

register = template.Library()


@register.simple_tag
def role_practised():
    """The PracticeRole this page is shown to; None outside of practice mode."""
    stay = current()
    return BY_KEY.get(stay.role) if stay else None
