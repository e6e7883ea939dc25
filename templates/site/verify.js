/* Tells whether a file is one that the manifest of this site lists. It is read here and sent nowhere.
   Whether the manifest is the office's only its key can tell, which a page of the same site is no place to trust. */
"use strict";
(function () {
  const form = document.getElementById("verify-form");
  const field = document.getElementById("verify-file");
  const status = document.getElementById("verify-status");
  const result = document.getElementById("verify-result");
  const shards = new Map();
  const LARGEST = 200 * 1024 * 1024;
  window.gazetteDigests = (digit, rows) => shards.set(digit, rows);

  function load(digit) {
    if (shards.has(digit)) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = form.dataset.home + "assets/digests/" + digit + ".js";
      script.onload = resolve;
      script.onerror = reject;
      document.head.append(script);
    });
  }

  /* FIPS 180-4, for pages that browsers give no crypto.subtle: those served over plain http. */
  const K = [];
  const START = [];
  for (let candidate = 2; K.length < 64; candidate++) {
    let prime = true;
    for (let factor = 2; factor * factor <= candidate; factor++) if (candidate % factor === 0) { prime = false; break; }
    if (!prime) continue;
    const bits = (root) => Math.floor((root - Math.floor(root)) * 4294967296) | 0;
    if (START.length < 8) START.push(bits(Math.sqrt(candidate)));
    K.push(bits(Math.cbrt(candidate)));
  }

  function computed(bytes) {
    const padded = new Uint8Array(((bytes.length + 72) >> 6) << 6);
    padded.set(bytes);
    padded[bytes.length] = 0x80;
    const view = new DataView(padded.buffer);
    view.setUint32(padded.length - 8, Math.floor(bytes.length / 536870912));
    view.setUint32(padded.length - 4, bytes.length << 3);
    const state = Int32Array.from(START);
    const words = new Int32Array(64);
    const turn = (word, by) => (word >>> by) | (word << (32 - by));
    for (let block = 0; block < padded.length; block += 64) {
      for (let at = 0; at < 16; at++) words[at] = view.getInt32(block + at * 4);
      for (let at = 16; at < 64; at++) {
        const near = words[at - 2], far = words[at - 15];
        words[at] = (turn(near, 17) ^ turn(near, 19) ^ (near >>> 10)) + words[at - 7] + (turn(far, 7) ^ turn(far, 18) ^ (far >>> 3)) + words[at - 16];
      }
      let [a, b, c, d, e, f, g, h] = state;
      for (let at = 0; at < 64; at++) {
        const first = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[at] + words[at]) | 0;
        const second = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        h = g; g = f; f = e; e = (d + first) | 0; d = c; c = b; b = a; a = (first + second) | 0;
      }
      [a, b, c, d, e, f, g, h].forEach((word, at) => { state[at] = (state[at] + word) | 0; });
    }
    return [...state].map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
  }

  async function sha256(buffer) {
    if (window.crypto && crypto.subtle) {
      const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", buffer));
      return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    }
    return computed(new Uint8Array(buffer));
  }

  /* The same rule as that of the command verify: a name is another one that differs in case or Unicode form only. */
  function named(name, path) {
    const published = path.slice(path.lastIndexOf("/") + 1);
    const folded = (text) => text.normalize("NFD").toLowerCase().normalize("NFD");
    return name !== published && folded(name) === folded(published) ? "（名称只差大小写或字形编码，改回清单里的名称）" : "";
  }

  async function answer(file) {
    status.dataset.state = "busy";
    result.hidden = true;
    status.textContent = "正在计算……";
    try {
      if (file.size > LARGEST) { status.textContent = "文件太大，不像本刊的文件。"; return; }
      const digest = await sha256(await file.arrayBuffer());
      await load(digest[0]);
      const found = shards.get(digest[0]).find(([known]) => known === digest);
      document.getElementById("verify-name").textContent = file.name;
      document.getElementById("verify-listed").textContent = found ? found[1] + named(file.name, found[1]) : "没有";
      document.getElementById("verify-digest").textContent = digest;
      result.hidden = false;
      status.replaceChildren();
      if (found) {
        const link = document.createElement("a");
        link.href = form.dataset.home + found[1];
        link.textContent = found[2] || found[1];
        status.append("核对一致：这个文件与本站的文件清单一致。", link);
      } else {
        status.textContent = "核对不上：本站的文件清单里没有这样的文件。它可能被改动过，可能不完整，可能是以前的一版，也可能不是本刊的文件。重新下载，再核对一次。";
      }
      status.dataset.verdict = found ? "true" : "false";
    } catch (error) {
      status.textContent = "没有核对成：文件读不出来，或核对数据没有取到。请刷新页面再试。";
    } finally {
      status.dataset.state = "done";
    }
  }

  /* The browser's own control speaks the language of the browser, this button that of the page. */
  document.getElementById("verify-choose").addEventListener("click", () => field.click());
  field.addEventListener("change", () => { if (field.files[0]) answer(field.files[0]); });
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files[0]) answer(event.dataTransfer.files[0]);
  });
  window.gazetteComputed = computed;
}());
