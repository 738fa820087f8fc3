/* Keeps what is typed into <form data-typed> as one goes: at the portal two seconds after the last
   change, in this browser while the portal cannot be reached, and brings it back on the next visit.
   Without this file "Simpan draf" does the same by hand. */
"use strict";
(() => {
  const PAUSE = 2e3, AGAIN = 15e3; // ms
  const OFFLINE = "Portal belum dapat dihubungi. Isian Anda tersimpan di peramban ini dan dikirim lagi begitu tersambung.";
  const shelf = {
    get: (name) => { try { return JSON.parse(localStorage.getItem(name)); } catch { return null; } },
    put: (name, value) => { try { localStorage.setItem(name, JSON.stringify(value)); } catch { /* full or forbidden */ } },
    drop: (name) => { try { localStorage.removeItem(name); } catch { /* forbidden */ } },
    names: () => { try { return Object.keys(localStorage).filter((name) => name.startsWith("isian:")); } catch { return []; } },
  };

  // A form that was sent and answered by another page has arrived.
  if (performance.getEntriesByType("navigation")[0]?.redirectCount) {
    shelf.names().filter((name) => shelf.get(name)?.sent).forEach(shelf.drop);
  }

  const form = document.querySelector("form[data-typed]");
  if (!form) return;
  const { typed: place, person } = form.dataset;
  const seen = +form.dataset.seen - performance.now() / 1e3; // the portal's clock, in seconds
  const note = form.querySelector("[data-typed-note]");
  const name = () => `isian:${person}:${place}:${form.elements.bukti.value || 0}`;
  let timer, isNew = false, sending = false;

  const content = () => {
    const data = new FormData(form);
    [...data].forEach(([key, value]) => { if (value instanceof File) data.delete(key); });
    return data;
  };
  const keepHere = (sent) => shelf.put(name(), { at: seen + performance.now() / 1e3, sent, pairs: [...content()] });

  const post = (data) => fetch(place, { method: "POST", body: data }).catch(() => null);
  // After a new log-in in another tab this page's token is old.
  const send = async (data) => {
    const answer = await post(data);
    if (answer?.status !== 403) return answer;
    const token = (await fetch(place).then((fresh) => fresh.json()).catch(() => ({}))).token;
    if (!token) return answer;
    document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((field) => { field.value = token; });
    data.set("csrfmiddlewaretoken", token);
    return post(data);
  };

  const save = async () => {
    clearTimeout(timer);
    if (sending) return;
    sending = true;
    isNew = false;
    const answer = await send(content());
    sending = false;
    const told = await answer?.json().catch(() => null);
    if (answer?.ok) {
      shelf.drop(name());
      note.textContent = `${told.pesan}.`;
      if (isNew) timer = setTimeout(save, PAUSE);
      else form.dispatchEvent(new CustomEvent("isian:tersimpan", { bubbles: true }));
    } else {
      isNew = true;
      keepHere();
      note.textContent = told?.pesan || OFFLINE;
      timer = setTimeout(save, AGAIN);
    }
  };

  form.addEventListener("input", () => {
    isNew = true;
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    if (isNew || sending) keepHere(true);
  });
  window.addEventListener("online", () => { if (isNew) save(); });

  // What was sent and refused stands in the form, and nowhere else yet.
  if ("refused" in form.dataset) {
    shelf.drop(name());
    save();
    return;
  }

  // What only this browser holds goes to the portal, which shows it in the form.
  const left = shelf.get(name());
  if (!left) return;
  if (left.at < +form.dataset.kept + 2) return shelf.drop(name());
  const data = new FormData();
  left.pairs.forEach(([key, value]) => data.append(key, value));
  data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  send(data).then((answer) => {
    if (!answer?.ok) return;
    shelf.drop(name());
    window.location.reload();
  });
})();
