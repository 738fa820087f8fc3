/* "Terbaca dari berkas": arrives by itself, but a field is filled only when "Pakai" is pressed. */
"use strict";
(() => {
  const box = () => document.querySelector("#terbaca");
  if (!box()) return;
  const form = box().closest("form"), step = box().dataset.isian;
  let wanted;

  const load = async (address) => {
    wanted = address;
    const answer = await fetch(address).catch(() => null);
    if (wanted !== address || !answer?.ok || answer.redirected) return;
    box().outerHTML = await answer.text();
    again();
  };
  const again = () => {
    const next = (wanted = box().dataset.lagi);
    if (next) setTimeout(() => wanted === next && load(next), 3000);
  };
  document.addEventListener("berkas:siap", ({ detail }) => load(`/berkas/${detail.dokumen}/terbaca/?isian=${step}`));
  again();

  const fields = (name) => [...form.querySelectorAll(`[name="${name}"]`)];
  const chosen = (all) => (all[0].type === "radio" ? all.find((radio) => radio.checked) : all[0]);
  const valueOf = (name) => chosen(fields(name))?.value ?? "";
  const set = ([name, text]) => {
    const all = fields(name);
    if (all[0].type === "radio") all.forEach((radio) => { radio.checked = radio.value === text; });
    else all[0].value = text;
    const field = chosen(all) || all[0], fold = field.closest("details");
    if (fold && text) fold.open = true;
    ["input", "change"].forEach((kind) => field.dispatchEvent(new Event(kind, { bubbles: true })));
    return field;
  };
  const swap = (button) => {
    const values = Object.entries(JSON.parse(button.dataset.isi)), word = button.firstChild;
    button.dataset.isi = JSON.stringify(Object.fromEntries(values.map(([name]) => [name, valueOf(name)])));
    word.data = word.data === "Pakai" ? "Urungkan" : "Pakai";
    return values.map(set)[0];
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("#terbaca [name=pakai]");
    if (!button) return;
    event.preventDefault();
    if (button.dataset.isi) return swap(button).focus();
    const start = JSON.parse(box().dataset.awal);
    const blank = [...box().querySelectorAll("[data-isi]")].filter((each) => each.firstChild.data === "Pakai"
      && Object.keys(JSON.parse(each.dataset.isi)).every((name) => ["", start[name]].includes(valueOf(name))));
    blank.forEach(swap);
    box().querySelector("[role=status]").textContent = `${blank.length} isian terisi dari berkas, belum disimpan. Periksa, lalu simpan.`;
  });
})();
