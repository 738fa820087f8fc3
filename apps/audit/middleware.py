"""One row for each refusal, at the one place that every answer passes."""

from django.core.exceptions import PermissionDenied

from apps.audit.refusals import is_refusal, note_refusal


class RefusalMiddleware:
    """Stands inside of the log-in and of the practice rooms: what is refused there stays there."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if is_refusal(request, response):
            note_refusal(request, response.status_code)
        return response

    def process_exception(self, request, exception):
        """The reason, where the code that refused gave one."""
        if isinstance(exception, PermissionDenied):
            request.refused_because = str(exception)
