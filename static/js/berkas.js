/* The file field: what is chosen is sent by itself (unggah.js), the form stays usable meanwhile. */
"use strict";
(() => {
  const field = document.querySelector("[data-upload]");
  if (!field) return;
  const input = field.querySelector("input[type=file]"), { form } = input;
  const board = fileBoard(field, input), { part } = board, box = part("sending");
  const carried = form.querySelector("input[type=hidden][name=document]");
  const { upload: place, region, what } = field.dataset;
  let sending, state, left, trouble, waiting, draft = "", draw;

  const tell = (...news) => {
    [state, left, trouble] = news;
    const { items } = sending, name = sending.photos ? `${items.length} foto` : items[0].file.name;
    board.show(state, { name, left, trouble, waiting, draft, size: sending.size(), received: sending.received() });
  };
  const end = () => {
    sending = waiting = state = undefined;
    draft = "";
    board.hide();
    part("photos").replaceChildren();
  };
  const cancel = () => { sending?.cancel(); input.value = ""; end(); };

  const choose = (chosen) => {
    const photos = chosen.every(isPhoto), adding = photos && sending?.photos && state !== "joining";
    const held = adding ? sending.items.map(({ file }) => file) : [];
    const sentence = fileFault([...held, ...chosen], field.dataset, board.sizes);
    board.refuse(sentence);
    if (sentence) { input.value = ""; return; }
    part("unfinished")?.remove();
    if (!adding) {
      sending?.cancel();
      end();
      const mine = sending = sendingOf({ place, region, what, tell: (...news) => mine === sending && tell(...news) });
      mine.photos = photos;
      draw = photoList({
        list: part("photos"), row: part("photo"), items: mine.items, say: board.say,
        words: (file) => `${file.name} (${board.sizes(file.size)})`,
        removed: (item) => { mine.drop(item); if (mine.items.length) tell(state, left, trouble); else cancel(); },
      });
    }
    sending.items.push(...chosen.sort(byName).map((file) => ({ file, received: 0 })));
    if (photos) draw();
    if (!adding || state === "photos") run(!photos);
  };

  const run = async (join) => {
    const mine = sending, { items } = mine;
    try {
      let made = await (join ? mine.join() : mine.send());
      if (mine !== sending) return;
      if (!join) return tell("photos");
      if (await isOtherFile(items[0], made.sha256)) {
        Object.assign(items[0], { code: "", received: 0, whole: false });
        made = await mine.join();
      }
      if (mine === sending) receive(made);
    } catch (error) {
      if (mine !== sending) return;
      const faulty = items.find((item) => !item.whole);
      if (error.status === 422) items.length = 0; // gone there already
      board.refuse(error.pesan || "Berkas tidak dapat dikirim. Muat ulang halaman ini, lalu coba lagi");
      if (!mine.photos || !faulty || items.length < 2) return cancel();
      items.splice(items.indexOf(faulty), 1); // the other photos go on
      draw();
      run();
    }
  };

  const receive = (made) => {
    const button = waiting;
    end();
    carried.value = made.dokumen;
    field.querySelectorAll("[type=radio]:checked").forEach((radio) => { radio.checked = false; });
    board.received(made);
    ready(made.dokumen);
    if (button) form.requestSubmit(button);
  };
  const ready = (dokumen) => document.dispatchEvent(new CustomEvent("berkas:siap", { detail: { dokumen } }));

  input.addEventListener("change", () => { if (input.files.length) choose([...input.files]); });
  // Its bytes went, or go, their own way.
  form.addEventListener("formdata", ({ formData }) => formData.delete(input.name));
  box.addEventListener("click", ({ target }) => {
    const what = target.closest("[data-do]")?.dataset.do;
    if (what === "cancel") { cancel(); input.focus(); board.say("Pengiriman dibatalkan"); }
    if (what === "resume") sending.wake();
    if (what === "join") run(true);
  });
  window.addEventListener("focus", () => { if (state === "login") sending.wake(); });
  window.addEventListener("online", () => { if (state === "broken") sending.wake(); });
  window.addEventListener("beforeunload", (event) => { if (sending) event.preventDefault(); });

  // A draft is saved at once, everything else as soon as the file is there.
  form.addEventListener("submit", async (event) => {
    if (!sending) return;
    event.preventDefault();
    event.stopPropagation();
    const button = event.submitter;
    if (state !== "photos" && button?.name === "draf") draft = `. ${await saveDraft(form)}`;
    else waiting = button;
    if (state === "photos") return run(true);
    if (!sending) return board.say(draft.slice(2));
    tell(state, left, trouble);
    box.scrollIntoView({ block: "nearest" });
  });
  form.addEventListener("input", ({ target }) => { if (target !== input) waiting = undefined; });

  field.addEventListener("change", ({ target }) => {
    if (target.type !== "radio") return;
    cancel();
    board.refuse();
    part("received").hidden = true;
    ready(target.value);
  });
})();
