/* Kampanye: counts what is ticked, and copies a message. Without it both are done by hand. */
"use strict";
(() => {
  const list = document.querySelector("[data-pilihan]"), count = document.querySelector("[data-jumlah]");
  if (list && count) {
    const show = () => {
      const chosen = list.querySelectorAll("[name=wilayah]:checked").length;
      count.textContent = chosen ? `${chosen} daerah dipilih` : "Belum ada yang dipilih";
    };
    list.addEventListener("change", show);
    window.addEventListener("pageshow", show); // coming back, the browser restores the ticks
    show();
  }

  const copy = async (field) => {
    try {
      await navigator.clipboard.writeText(field.value);
    } catch { // an address without https has no clipboard
      field.select();
      document.execCommand("copy");
    }
  };
  document.querySelectorAll("[data-salin]").forEach((button) => {
    const word = button.firstChild, field = document.getElementById(button.dataset.salin);
    button.hidden = false;
    button.addEventListener("click", async () => {
      await copy(field);
      word.data = "Tersalin";
      setTimeout(() => { word.data = "Salin"; }, 3000);
    });
  });
})();
