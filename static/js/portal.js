/* Conveniences: every task works without this file, and nothing here submits by itself. */
"use strict";
(() => {
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const typing = (el) => el.closest("input:not([type=radio], [type=checkbox]), textarea, select");

  // What needs scripts is marked hidden and appears only now.
  $$("[data-js][hidden]").forEach((el) => { el.hidden = false; });
  // A link of the summary before leaves its field in the address, which would get the focus instead.
  const told = $(".errsum");
  if (told && location.hash) history.replaceState(history.state, "", location.pathname + location.search);
  told?.focus();

  // Menus close on Escape and on a click elsewhere.
  const closeMenus = (except) => $$("details.pk-menu[open]").forEach((menu) => {
    if (menu !== except) menu.open = false;
  });
  document.addEventListener("click", (event) => closeMenus(event.target.closest("details.pk-menu")));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = event.target.closest("details.pk-menu[open]");
    closeMenus();
    menu?.querySelector("summary").focus();
  });

  // <form data-guard>: leaving with unsaved changes asks first.
  let unsaved = false;
  document.addEventListener("input", (event) => { if (event.target.closest("form[data-guard]")) unsaved = true; });
  document.addEventListener("submit", (event) => { if (event.target.matches("[data-guard]")) unsaved = false; });
  document.addEventListener("isian:tersimpan", () => { unsaved = false; });
  window.addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });

  // One box under the last password of each form.
  $$("form").forEach((form) => {
    const fields = $$("input[type=password]", form);
    if (!fields.length) return;
    const box = document.createElement("div");
    box.className = "form-check mt-2 py-1";
    box.innerHTML = '<input class="form-check-input" type="checkbox" id="lihat-sandi"><label class="form-check-label" for="lihat-sandi">Tampilkan kata sandi</label>';
    fields.at(-1).after(box);
    $("input", box).addEventListener("change", (event) => {
      fields.forEach((field) => { field.type = event.target.checked ? "text" : "password"; });
    });
    form.addEventListener("submit", () => fields.forEach((field) => { field.type = "password"; }));
  });

  // [data-insert="text" data-into="#id"] adds a standard phrase to a note; [data-print] prints;
  // [data-dialog="#id"] opens a <dialog>.
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-insert], [data-print], [data-dialog]");
    if (!button) return;
    if ("print" in button.dataset) return window.print();
    if (button.dataset.dialog) return $(button.dataset.dialog).showModal();
    const note = $(button.dataset.into);
    note.value = (note.value.trimEnd() + "\n" + button.dataset.insert).trimStart();
    note.dispatchEvent(new Event("input", { bubbles: true }));
    note.focus();
  });

  // <main data-shortcuts>: [data-key="s"] gets focus (data-do="focus") or a click; in a row of
  // radios the next choice is taken, after the last none.
  const page = $("[data-shortcuts]");
  const press = (el) => {
    const radios = $$("input[type=radio]", el);
    if (radios.length) {
      const next = radios.findIndex((radio) => radio.checked) + 1;
      radios.forEach((radio, index) => { radio.checked = index === next; });
      (radios[next] || radios[0]).dispatchEvent(new Event("change", { bubbles: true }));
    } else if (el.dataset.do === "focus") el.focus();
    else el.click();
  };
  if (page && page.dataset.shortcuts !== "off") document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && typing(event.target)) return event.target.blur();
    if (event.key === "Enter" && event.ctrlKey) {
      const button = event.target.dataset.ctrlEnter;
      if (button) { event.preventDefault(); $(button).click(); }
      return;
    }
    if (event.ctrlKey || event.altKey || event.metaKey || typing(event.target) || $("dialog[open]")) return;
    const target = $(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`, page);
    if (target) { event.preventDefault(); press(target); }
  });

  // A part of a page that did not arrive says so; what was typed stays.
  const say = (text) => {
    const box = $("#gangguan");
    if (box) { box.textContent = text; box.hidden = false; box.scrollIntoView({ block: "nearest" }); }
  };
  document.addEventListener("htmx:sendError", () => say("Tidak ada sambungan. Isian Anda masih di halaman ini. Coba lagi."));
  document.addEventListener("htmx:responseError", (event) => say({
    403: "Sesi sudah berakhir atau akses tidak ada. Masuk kembali di tab baru, lalu coba lagi.",
    409: "Isian ini sudah berubah. Salin tulisan Anda, lalu muat ulang.",
    413: "Berkas terlalu besar. Pilih berkas yang lebih kecil.",
    503: "Portal belum dapat mengakses datanya. Isian Anda masih di sini. Coba lagi.",
  }[event.detail.xhr.status] || "Portal sedang bermasalah. Isian Anda masih di sini. Coba beberapa menit lagi."));
  document.addEventListener("htmx:beforeRequest", () => $("#gangguan")?.setAttribute("hidden", ""));
})();
