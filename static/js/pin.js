/* Pins in place: a click on a page, or "Tandai halaman", opens the form beside it. Without this
   file each page leads to a form of its own. */
"use strict";
(() => {
  const pane = () => document.getElementById("berkas");
  const form = () => document.getElementById("pin-baru");
  const field = (name) => form().elements[name];

  // A mark at the spot clicked, until the pin is saved.
  const show = (figure, left, top) => {
    document.getElementById("pin-calon")?.remove();
    figure.querySelector(".pg-img")?.insertAdjacentHTML("beforeend",
      `<svg id="pin-calon" class="pin-marks" aria-hidden="true"><circle class="new" cx="${left}%" cy="${top}%" r="13"/></svg>`);
  };
  const open = (figure, page, left, top) => {
    const text = (part) => (part === undefined ? "" : part.toFixed(1).replace(".", ","));
    field("hal").value = page;
    field("kiri").value = text(left);
    field("atas").value = text(top);
    if (left !== undefined) show(figure, left, top);
    figure.append(form());
    form().hidden = false;
    field(left === undefined ? "kiri" : "teks").focus({ preventScroll: left !== undefined });
  };
  const close = () => {
    document.getElementById("pin-calon")?.remove();
    form().hidden = true;
    form().closest("figure")?.focus({ preventScroll: true });
  };
  const percent = (part, whole) => Math.min(Math.max(part / whole, 0), 1) * 100;

  document.addEventListener("click", (event) => {
    if (!form() || event.defaultPrevented) return;
    const link = event.target.closest("[data-pin-add]");
    const image = event.target.closest("[data-pin]");
    if (event.target.closest("[data-pin-close]")) close();
    else if (link) {
      const figure = document.getElementById(`hal-${link.dataset.pinAdd}`);
      if (!figure) return;
      event.preventDefault();
      if (figure.closest("details")) figure.closest("details").open = true;
      open(figure, link.dataset.pinAdd);
    } else if (image) {
      const box = image.getBoundingClientRect();
      open(image.closest("figure"), image.dataset.pin,
        percent(event.clientX - box.left, box.width), percent(event.clientY - box.top, box.height));
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target.closest?.("#pin-baru")) close();
  });

  // Only the pages come back: marks and notes on the other side stay as they are.
  document.addEventListener("submit", (event) => {
    if (event.target !== form()) return;
    event.preventDefault();
    const page = field("hal").value;
    const at = pane().querySelector(".doc").scrollTop;
    htmx.ajax("POST", form().action, {
      source: form(), target: "#berkas", select: "#berkas", swap: "outerHTML",
    }).then(() => {
      const doc = pane().querySelector(".doc");
      if (doc) doc.scrollTop = at;
      pane().querySelector(`#hal-${page}`)?.focus({ preventScroll: true });
    });
  });
})();
