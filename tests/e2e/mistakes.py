"""What every form must do that was sent with mistakes; for the page that a visitor has open."""

from collections.abc import Mapping, Sequence

from tests.e2e.visitor import assert_fits_everywhere, assert_frame, assert_markup


def assert_mistakes_are_told(
    visitor,
    axe_seen,
    name: str,
    button: str,
    *,
    typed: Mapping[str, str] | None = None,
    of_the_whole: Sequence[str] = (),
):
    """Type, press, and see: said at the top and at the field, in words, reachable, and kept.

    ``of_the_whole`` are lines of the summary that belong to no field.
    """
    page = visitor.page
    typed = typed or {}
    for field, text in typed.items():
        page.locator(f"main [name='{field}']").fill(text)
    with page.expect_navigation() as answer:
        page.locator("main").get_by_role("button", name=button).first.click()
    assert answer.value.status == 200
    assert_markup(answer.value)
    assert_frame(page, galat=True)
    for field, text in typed.items():
        if "password" not in field:
            assert page.locator(f"main [name='{field}']").input_value() == text
    assert_told_at_the_field(page, of_the_whole)
    assert_fits_everywhere(visitor, f"galat-{name}", axe_seen)
    assert visitor.problems == []


def assert_told_at_the_field(page, of_the_whole):
    """The summary has the focus; its lines stand at the fields too, and its links get there."""
    summary = page.locator(".errsum")
    assert page.evaluate("document.activeElement.className").split()[0] == "errsum"
    lines = texts(summary.locator("li"))
    at_fields = [text.removeprefix("Galat: ") for text in texts(page.locator(".msg > span"))]
    assert sorted(lines) == sorted([*at_fields, *of_the_whole])
    assert summary.locator("h2").inner_text() == f"Ada {len(lines)} hal yang perlu diperbaiki"
    links = summary.locator("li a").all()
    assert len(links) == len(at_fields)
    for link in links:
        link.click()
        target = link.get_attribute("href").removeprefix("#")
        assert page.evaluate("document.activeElement.id") == target


def texts(locator):
    return [text.strip() for text in locator.all_text_contents()]
