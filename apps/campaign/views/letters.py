"""The letters of one mailing: what was made, and the files."""

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_safe

from apps.accounts.access import login_required, require_role
from apps.campaign import papers, services
from apps.campaign.codes import file_stem
from apps.campaign.enums import SLUG_OF, Channel
from apps.campaign.models import CampaignMessage, Mailing
from apps.campaign.queries import SENDERS

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "zip": "application/zip",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cache-Control": "private, no-store",
}


def _mailing(request, pk: int) -> Mailing:
    """Letters of the own office: they carry a signer's NIP."""
    require_role(request.user, *SENDERS)
    rows = Mailing.objects.of_offices(request.user).select_related("office", "by")
    return get_object_or_404(rows, pk=pk, channel=Channel.LETTER)


def _messages(mailing: Mailing) -> list[CampaignMessage]:
    return list(mailing.messages.select_related("region", "mailing").order_by("region__code"))


@require_safe
@login_required
def mailing(request, mailing_pk):
    """What was made, for whom, under which number; and the way to the files."""
    found = _mailing(request, mailing_pk)
    made = _messages(found)
    return render(
        request,
        "campaign/mailing.html",
        {
            "mailing": found,
            "messages_made": made,
            "zone": found.office.timezone_label if found.office else "WIB",
            "crumbs": [("Kampanye pengingat", "/kampanye/"), (str(found), "")],
        },
    )


@require_GET
@login_required
def download(request, mailing_pk, form):
    """``pdf``: one file with every letter, or the one of ?wilayah=; ``docx``: that one letter,
    or a zip with one file for each region."""
    found = _mailing(request, mailing_pk)
    made = _messages(found)
    code = request.GET.get("wilayah", "")
    if code or len(made) == 1:
        made = [item for item in made if code in ("", item.region.code)]
    if form not in ("pdf", "docx") or not made:
        raise Http404("Surat ini tidak ada.")
    only = made[0] if len(made) == 1 else None
    services.record_download(found, form=form, message=only, actor=request.user)
    if form == "pdf":
        content = [item.content for item in made]
        body = papers.letters_pdf(content, _title(made[0], only), found.at)
        return _file(HttpResponse(body), "pdf", f"{_stem(made[0], only)}.pdf")
    if only:
        body = papers.letter_docx(only.content, _title(only, only))
        return _file(HttpResponse(body), "docx", f"{_stem(only, only)}.docx")
    files = [(f"{_stem(item, item)}.docx", item.content, _title(item, item)) for item in made]
    pieces = StreamingHttpResponse(papers.zip_pieces(files))
    return _file(pieces, "zip", f"{_stem(made[0], None)}.zip")


def _title(first: CampaignMessage, only: CampaignMessage | None) -> str:
    place = only.region.full_name if only else "semua daerah terpilih"
    return f"{first.mailing.label} {first.year}, {place}"


def _stem(first: CampaignMessage, only: CampaignMessage | None) -> str:
    """Surat-pengingat-7308-Bone-2026; of several: Surat-pengingat-2026."""
    code, label = (only.region.code, only.region.label) if only else ("", "")
    return file_stem(SLUG_OF[first.kind], code, label, first.year)


def _file(response, kind: str, name: str):
    for header, value in HEADERS.items():
        response[header] = value
    response["Content-Type"] = TYPES[kind]
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response
