/* Around the file field: a fresh token after a new log-in, the draft saved behind the page, what
   is left of earlier uploads. */
"use strict";
window.freshToken = (token) => {
  document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((field) => { field.value = token; });
  document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
};

// A file on its way need not stop. Gives the sentence to show; the form goes on with the version
// that was saved.
window.saveDraft = async (form) => {
  const body = new FormData(form);
  body.append("draf", "1");
  const answer = await fetch(window.location.href, { method: "POST", body }).catch(() => null);
  const page = new DOMParser().parseFromString(answer ? await answer.text() : "", "text/html");
  const words = [...page.querySelectorAll("#kabar p, .errsum li")].map((el) => el.textContent.trim()).join("; ");
  if (answer?.redirected && page.querySelector("[name=revision]")) {
    ["bukti", "revision"].forEach((name) => { form.elements[name].value = page.querySelector(`[name=${name}]`).value; });
    document.querySelector("#kabar").replaceChildren(...page.querySelectorAll("#kabar p"));
    window.history.replaceState(null, "", answer.url);
    return words;
  }
  const why = words || page.querySelector(".errsum h2")?.textContent;
  return `Draf belum tersimpan: ${why || "periksa sambungan atau masuk kembali, lalu coba lagi"}`;
};

// "Hapus" of a file of which a part has arrived.
document.addEventListener("click", async ({ target }) => {
  const button = target.closest("[data-drop]");
  if (!button) return;
  const field = button.closest("[data-upload]"), { upload: place, region } = field.dataset;
  const idle = window.sendingOf({ place, region });
  await idle.refresh();
  idle.drop({ code: button.dataset.drop });
  button.closest("li").remove();
  if (!field.querySelector("[data-drop]")) field.querySelector("[data-unfinished]").remove();
  field.querySelector("input[type=file]").focus();
});
