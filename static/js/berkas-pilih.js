/* What was chosen: looked at before it is sent, and photos of pages put in order by buttons. */
"use strict";
window.isPhoto = ({ name, type }) => /^image/.test(type) || /\.(jpe?g|png|hei[cf])$/i.test(name);
window.byName = (a, b) => a.name.localeCompare(b.name, "id", { numeric: true });

// What a look at the files tells already: the sentence, or nothing. `limit` in bytes.
window.fileFault = (files, { limit, most, sentences }, sizes) => {
  const said = JSON.parse(sentences), photos = files.every(isPhoto);
  const size = files.reduce((sum, file) => sum + file.size, 0);
  if (files.some(({ name }) => /\.hei[cf]$/i.test(name))) return said.apple;
  if (!photos && files.length > 1) return files.some(isPhoto) ? said.mixed : said.pdfs;
  if (files.length > most) return said.many;
  return photos && size > limit && said.large.replace("{size}", sizes(size));
};

// What went on from an earlier part may have been another file of that name and size.
window.isOtherFile = async ({ file, resumed }, sha256) => {
  if (!resumed || isPhoto(file) || !window.crypto?.subtle) return false;
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("") !== sha256;
};

window.photoList = ({ list, row, items, words, say, removed }) => {
  const draw = () => {
    list.replaceChildren(...items.map(({ file }, at) => {
      const line = row.content.cloneNode(true);
      line.querySelector("span").textContent = `${at + 1}. ${words(file)}`;
      line.querySelectorAll("button").forEach((button) => {
        const step = +button.dataset.move;
        button.querySelector("span").textContent = ` ${file.name}`;
        button.hidden = step < 0 ? !at : step > 0 && at === items.length - 1;
        button.addEventListener("click", () => (step ? move(at, step) : remove(at)));
      });
      return line;
    }));
  };

  // The focus goes along with the photo, to another of its buttons where that one is gone.
  const focus = (at, step) => {
    const buttons = [...list.children[at].querySelectorAll("button:not([hidden])")];
    (buttons.find((button) => +button.dataset.move === step) || buttons[0]).focus();
  };

  const move = (at, step) => {
    items.splice(at + step, 0, ...items.splice(at, 1));
    draw();
    focus(at + step, step);
    say(`${items[at + step].file.name} sekarang halaman ${at + step + 1} dari ${items.length}`);
  };

  const remove = (at) => {
    const [item] = items.splice(at, 1);
    draw();
    if (items.length) focus(Math.min(at, items.length - 1), 0);
    removed(item);
  };

  return draw;
};
