/* What the file field says: how far a file is, what was received, what was refused. */
"use strict";
window.fileBoard = (field, input) => {
  const part = (name, root = field) => root.querySelector(`[data-${name}]`);
  const box = part("sending"), words = part("words", box), bar = box.querySelector("progress"), told = part("told");
  let state = "";

  const sizes = (...bytes) => {
    const large = bytes.at(-1) < 1048576 ? 0 : 1;
    return bytes.map((count) => (count / 1024 ** (large + 1)).toLocaleString("id-ID", { maximumFractionDigits: large }))
      .join(" dari ") + [" KB", " MB"][large];
  };
  // For screen readers; the same words twice are said once.
  const say = (text) => { if (told.textContent !== text) told.textContent = text; };

  // state: "sending", "broken" (seconds left, trouble), "login", "photos" or "joining". `draft` follows.
  const show = (now, { name, size, received, left, trouble, waiting, draft }) => {
    const share = Math.floor((100 * received) / size || 0);
    const more = (waiting && now !== "login" ? ". Isian lain sudah dapat disimpan sebagai draf" : "") + draft;
    const text = {
      sending: `${waiting ? "Berkas masih dikirim" : name}: ${sizes(received, size)}`,
      broken: `${trouble?.status ? "Portal sedang bermasalah" : "Sambungan terputus"} pada ${share}%. Dicoba lagi dalam ${left} detik`,
      login: `Sesi sudah berakhir pada ${share}%. Masuk kembali di tab baru, lalu lanjutkan. Isian dan bagian yang sudah diterima tetap ada`,
      photos: `${name} sudah diterima. Periksa urutan halamannya`,
      joining: "Berkas sedang diperiksa",
    }[now] + more;
    words.textContent = text;
    bar.max = size || 1;
    bar.value = received;
    if (now !== state || more) say(text.replace(/ Dicoba.*detik/, ""));
    else if (now === "sending") say(`${share - (share % 10)}% diterima`);
    box.hidden = false;
    box.querySelectorAll("[data-in]").forEach((el) => { el.hidden = !el.dataset.in.split(" ").includes(now); });
    state = now;
  };

  const hide = () => { box.hidden = true; state = ""; };

  // A refusal looks like any other error of a field; without a sentence it is taken away.
  const refuse = (sentence) => {
    const id = `${input.id}_error`;
    document.getElementById(id)?.remove();
    field.classList.toggle("bad", !!sentence);
    input.setAttribute("aria-invalid", !!sentence);
    input.setAttribute("aria-describedby", `${input.id}_helptext${sentence ? ` ${id}` : ""}`);
    if (!sentence) return;
    const error = part("refused").content.cloneNode(true);
    part("words", error).textContent = sentence;
    input.before(error);
    say(`Galat: ${sentence}`);
  };

  const received = ({ alamat, nama, ukuran, halaman }) => {
    const note = part("received");
    Object.assign(note.querySelector("a"), { href: alamat, textContent: nama });
    note.querySelector("span").textContent = `${sizes(ukuran)}, ${halaman} halaman`;
    note.hidden = false;
    part("held")?.remove();
    say(note.textContent);
  };

  return { part, sizes, say, show, hide, refuse, received };
};
