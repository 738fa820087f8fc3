"""Letters, WhatsApp texts and notices for the regions that were chosen."""

from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts.access import login_required
from apps.campaign import services, words
from apps.campaign.enums import SLUG_OF, Addressee, LetterKind
from apps.campaign.forms import LetterForm
from apps.campaign.letters import Sheet, letter, message
from apps.campaign.views.base import Choice, choice_of, sheet_for
from apps.papers.enums import Paper
from apps.papers.offices import signers_of

NONE_CHOSEN = "Pilih paling sedikit satu daerah, lalu tekan Siapkan surat dan pesan."
ALL_COMPLETE = "Daerah yang dipilih sudah lengkap. Tidak ada yang perlu diingatkan."


def _nothing_to_do(request, choice: Choice):
    """Back to the list, told why, where no region is left to remind; else None."""
    if choice.rows:
        return None
    messages.warning(request, ALL_COMPLETE if choice.regions else NONE_CHOSEN)
    return redirect(choice.list_address)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def prepare(request):
    """What will go out, region by region; a POST sets the letters."""
    choice = choice_of(request, request.GET)
    if answer := _nothing_to_do(request, choice):
        return answer
    sheet = sheet_for(request, choice)
    form = _form(request, choice, sheet)
    if request.method == "POST" and form.is_valid():
        return _letters_made(request, choice, form)
    return render(
        request,
        "campaign/prepare.html",
        {
            "choice": choice,
            "form": form,
            "sheet": sheet,
            "sample": letter(choice.rows[0], sheet, ""),
            "kinds": [(kind, choice.query(kind), kind == choice.kind) for kind in LetterKind],
            "slug": SLUG_OF[choice.kind],
            "texts": [_text(row, sheet) for row in choice.rows],
            "numbers": form.bound_numbers() if form.own_numbers else [],
            "nobody": [row.region.full_name for row in choice.rows if not row.officers],
            "crumbs": [("Kampanye pengingat", choice.list_address), (choice.kind.label, "")],
        },
    )


def _form(request, choice: Choice, sheet: Sheet) -> LetterForm:
    signers = signers_of(request.user, choice.audience.office)
    in_force = list(signers.in_force(sheet.letter_date)[:2])
    initial = {
        "letter_date": sheet.letter_date,
        "signer": in_force[0].pk if len(in_force) == 1 else None,
        "addressee": Addressee.OFFICE,
        "nature": sheet.template.nature,
        "copies": sheet.template.copies,
        "paper": Paper.A4,
    }
    return LetterForm(
        request.POST if request.method == "POST" else None,
        rows=choice.rows,
        signers=signers,
        today=sheet.letter_date,
        initial=initial,
    )


def _letters_made(request, choice: Choice, form: LetterForm):
    typed = {
        name: form.cleaned_data[name]
        for name in (
            "letter_date",
            "signer",
            "addressee",
            "finish_by",
            "nature",
            "attachment",
            "copies",
            "paper",
        )
    }
    mailing = services.make_letters(
        choice.audience,
        choice.rows,
        sheet_for(request, choice, **typed),
        form.numbers(),
        actor=request.user,
    )
    messages.success(request, f"{len(choice.rows)} surat dibuat dan dicatat.")
    return redirect("campaign:mailing", mailing.pk)


def _text(row, sheet) -> tuple:
    """(row, text to copy, address that opens the messenger with it)."""
    text = message(row, sheet)
    return row, text, f"https://wa.me/?{urlencode({'text': text})}"


@require_POST
@login_required
def whatsapp_sent(request):
    """Note that the texts went out by WhatsApp."""
    choice = choice_of(request, request.POST)
    if answer := _nothing_to_do(request, choice):
        return answer
    sheet = sheet_for(request, choice)
    outcome = services.mark_sent(choice.audience, choice.rows, sheet, actor=request.user)
    if outcome.done:
        names = words.regions_listed(outcome.done)
        messages.success(request, f"Dicatat: pesan WhatsApp dikirim ke {names}.")
    if outcome.again:
        names = words.regions_listed(outcome.again)
        messages.warning(request, f"Pesan ke {names} sudah dicatat hari ini.")
    return redirect(choice.list_address)


@require_POST
@login_required
def notify(request):
    """Tell the officers on the portal; not twice on one day."""
    choice = choice_of(request, request.POST)
    if answer := _nothing_to_do(request, choice):
        return answer
    sheet = sheet_for(request, choice)
    outcome = services.notify(choice.audience, choice.rows, sheet, actor=request.user)
    level = messages.SUCCESS if outcome.done else messages.WARNING
    for sentence in words.notice_result(outcome.done, outcome.again, outcome.nobody):
        messages.add_message(request, level, sentence)
    return redirect(choice.list_address)
