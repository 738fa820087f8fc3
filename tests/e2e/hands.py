"""Ways of working on a page: with the pointer, without JavaScript, with the keyboard alone.

All do the same by the same words, so that one story can be walked through with each.
"""

from playwright.sync_api import expect

FARTHEST = 250  # presses of Tab until something must have been reached
STEPS = 40  # arrows within one field
CHOOSER_WAITS = 150  # tenths of a second until a file chooser must have opened


class Pointer:
    """Clicks and types."""

    def __init__(self, page):
        self.page = page

    def follow(self, name):
        self._link(name).click()

    def press(self, name):
        self._button(name).click()

    def fill(self, css, text):
        self._unfold(css)
        self.page.locator(css).fill(text)

    def check(self, css):
        self._unfold(css)
        self.page.locator(css).check()

    def pick(self, css, value):
        self._unfold(css)
        self.page.locator(css).select_option(value)

    def attach(self, css, file):
        self.page.locator(css).set_input_files(file)

    def mark_page(self, text):
        """A pin on the first page of the file."""
        form = self.page.locator("#pin-baru")
        self.page.locator("#hal-1 .pg-img").click(position={"x": 90, "y": 120})
        expect(form).to_be_visible()
        self.page.locator("#pin_teks").fill(text)
        form.get_by_role("button", name="Simpan pin").click()
        expect(self.page.locator("#hal-1 .pins")).to_contain_text(text)

    def _link(self, name):
        return self.page.locator("main").get_by_role("link", name=name).first

    def _button(self, name):
        return self.page.locator("main").get_by_role("button", name=name).first

    def _unfold(self, css):
        closed = self.page.locator(css).first.locator("xpath=ancestor::details[not(@open)]/summary")
        for summary in closed.all():
            self._open(summary)

    def _open(self, summary):
        summary.click()


class PlainPointer(Pointer):
    """Without JavaScript, where a pin has a page of its own."""

    def mark_page(self, text):
        self.page.get_by_role("link", name="Tandai halaman 1").last.click()
        self.page.locator("#pin_teks").fill(text)
        self.page.locator("input[type=image]").click(position={"x": 90, "y": 120})
        expect(self.page.locator("#hal-1 .pins")).to_contain_text(text)


class Keyboard(Pointer):
    """Tab, arrows, Space, Enter and letters: no click, no focus that was not walked to."""

    def __init__(self, page):
        super().__init__(page)
        # Listened to from the start: a browser told to hand over its choosers only when the key
        # is pressed may hear of the key first, and then opens one that nobody sees.
        self._choosers = []
        page.on("filechooser", lambda chooser: self._choosers.append(chooser))

    def follow(self, name):
        self._walk_to(self._link(name))
        self._key("Enter")

    def press(self, name):
        self._walk_to(self._button(name))
        self._key("Enter")

    def fill(self, css, text):
        self._unfold(css)
        self._walk_to(self.page.locator(css))
        self._key("Control+a")
        self.page.keyboard.type(text)

    def check(self, css):
        """A radio is reached by its group: Tab to whichever of it takes the focus, then arrows."""
        self._unfold(css)
        wanted = self.page.locator(css)
        if wanted.get_attribute("type") != "radio":
            self._walk_to(wanted)
            self._key("Space")
        else:
            group = self.page.locator(f"input[name='{wanted.get_attribute('name')}']")
            self._walk_to(group)
            for _ in range(STEPS):
                if self._has_focus(wanted):
                    break
                self._key("ArrowDown")
            if not wanted.is_checked():
                self._key("Space")
        assert wanted.is_checked()

    def pick(self, css, value):
        self._unfold(css)
        field = self.page.locator(css)
        self._walk_to(field)
        for _ in range(STEPS):
            if field.input_value() == value:
                break
            self._key("ArrowDown")
        assert field.input_value() == value

    def attach(self, css, file):
        self._walk_to(self.page.locator(css))
        self._key("Space")
        for _ in range(CHOOSER_WAITS):
            if self._choosers:
                break
            self.page.wait_for_timeout(100)
        self._choosers.pop().set_files(file)

    def mark_page(self, text):
        self._key("t")
        expect(self.page.locator("#pin_kiri")).to_be_focused()
        self.page.keyboard.type("30")
        self._key("Tab")
        self.page.keyboard.type("12,5")
        self.fill("#pin_teks", text)
        self._walk_to(self.page.locator("#pin-baru").get_by_role("button", name="Simpan pin"))
        self._key("Enter")
        expect(self.page.locator("#hal-1 .pins")).to_contain_text(text)

    def _open(self, summary):
        self._walk_to(summary)
        self._key("Enter")

    def _key(self, name):
        self.page.keyboard.press(name)

    def _walk_to(self, wanted):
        for _ in range(FARTHEST):
            if self._has_focus(wanted):
                return
            self._key("Tab")
        raise AssertionError(f"tidak terjangkau dengan Tab: {wanted}")

    @staticmethod
    def _has_focus(wanted):
        return wanted.evaluate_all("all => all.includes(document.activeElement)")
