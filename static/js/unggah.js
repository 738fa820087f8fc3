/* Sends files in parts (tus 1.0.0), goes on after a broken line, a reload, a new log-in.
   tell("sending" | "joining" | "login" | "broken", seconds, error)
   items: {file, received, code, whole} in page order; the caller may change them */
"use strict";
window.sendingOf = ({ place, region, what, tell }) => {
  const PAUSES = [1, 2, 5, 10], AT_LAST = 30; // seconds
  const PATIENCE = 12e4; // ms for one answer
  const STALE = [403, 404, 409]; // old token, upload gone, another tab: look once more
  const items = [];
  const sum = (of) => items.reduce((total, item) => total + of(item), 0);
  const received = () => sum((item) => item.received);
  const address = (item) => `${place}${item.code}/`;
  const base64 = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
  let token, part, stop, woken, go, cancelled;

  // Fails with {status, pesan}; no status: no answer came.
  const ask = async (method, url, headers, body) => {
    const limit = stop = new AbortController();
    const bell = setTimeout(() => limit.abort(), PATIENCE);
    try {
      const answer = await fetch(url, {
        method, body, signal: limit.signal,
        headers: { "Tus-Resumable": "1.0.0", "X-CSRFToken": token, ...headers },
      });
      if (answer.ok) return answer;
      throw { ...await answer.json().catch(() => 0), status: answer.status };
    } finally {
      clearTimeout(bell);
    }
  };

  // What is on its way there; a fresh token, also for this page's forms.
  const refresh = async () => {
    const now = await (await ask("GET", `${place}?wilayah=${region}`)).json();
    ({ token, potongan: part } = now);
    freshToken(token);
    return now.berlangsung;
  };

  const offset = (item, answer) => {
    item.received = +answer.headers.get("Upload-Offset");
    tell("sending");
  };

  // Where the server stands; without a code: found by name and size, or begun.
  const locate = async (item, known) => {
    const { name, size } = item.file;
    if (item.code) {
      const answer = await ask("HEAD", address(item)).catch((error) => { if (error.status !== 404) throw error; });
      if (answer) return offset(item, answer);
    }
    const found = known.find((one) => one.nama === name.normalize("NFC") && one.ukuran === size
      && !items.some((other) => other.code === one.kode));
    Object.assign(item, { code: found?.kode, received: found?.diterima || 0, resumed: !!found });
    if (!found) item.code = (await ask("POST", place, {
      "Upload-Length": size, "Upload-Metadata": `filename ${base64(name)},region ${base64(region)}`,
    })).headers.get("Location").split("/").at(-2);
    tell("sending");
  };

  const send = async () => {
    const known = await refresh();
    for (let item; (item = items.find((one) => !one.whole)); item.whole = true) {
      await locate(item, known);
      while (item.received < item.file.size) {
        const begin = Date.now();
        offset(item, await ask("PATCH", address(item), {
          "Content-Type": "application/offset+octet-stream", "Upload-Offset": item.received,
        }, item.file.slice(item.received, item.received + part)));
        const took = Date.now() - begin; // ms; some seconds for each part, on any line
        if (took < 2e3 && part < 2 ** 21) part *= 2;
        else if (took > 1e4 && part > 2 ** 16) part /= 2;
      }
    }
  };

  // The document made of all items.
  const join = async () => {
    await send();
    tell("joining");
    const body = new FormData();
    items.forEach((item) => body.append("unggahan", item.code));
    body.append("apa", what);
    return (await ask("POST", `${place}selesai/`, {}, body)).json();
  };

  // Wait for the seconds to pass, or for wake().
  const rest = async (state, seconds, error) => {
    woken = false;
    for (let left = seconds; left > 0 && !woken; left -= 1) {
      tell(state, left, error);
      await new Promise((done) => { go = done; setTimeout(done, 1000); });
    }
  };

  // Until it is done; an answer that will not change is thrown.
  const persist = async (work) => {
    for (let failures = 0, before; ; failures += 1) {
      before = received();
      try { return await work(); } catch (error) {
        const { status = 0 } = error;
        if (cancelled) throw error;
        if (received() > before) failures = 0;
        if (status === 404) items.forEach((item) => { item.whole = false; });
        if (STALE.includes(status) && !failures) continue;
        if (status === 401) await rest("login", Infinity);
        else if (status < 400 || status > 499 || status === 429) await rest("broken", PAUSES[failures] || AT_LAST, error);
        else throw error;
      }
      if (cancelled) throw {};
    }
  };

  const wake = () => { woken = true; go?.(); };
  const drop = (item) => { if (item.code) ask("DELETE", address(item)).catch(() => 0); };
  return {
    items, received, refresh, wake, drop,
    size: () => sum((item) => item.file.size),
    send: () => persist(send),
    join: () => persist(join),
    cancel: () => { cancelled = true; stop?.abort(); wake(); items.forEach(drop); },
  };
};
