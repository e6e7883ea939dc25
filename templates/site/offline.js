/* Keeps the newest issue and the pages that were read, for when there is no network. The network always comes first:
   what is shown from the store says so, and from when it is. Feeds, data, PDFs and the lists for verification are
   never kept, since of them an old state could be taken for the new one. */
"use strict";
(function () {
  const { version, newest, never } = self.gazetteOffline;
  const FIXED = "gazette-newest-" + version;
  const READ = "gazette-read";
  const MOST_READ = 200;
  const NO_PAGE = "<!DOCTYPE html><html lang=\"zh-Hans-CN\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>没有网络</title><h1>没有网络</h1><p>这一页没有在这台设备上看过，没有留存。连上网络以后再打开。";
  /* In place of a picture that is not kept, such as the cover of an older issue: its words stand beside it. */
  const NO_PICTURE = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"180\" height=\"255\" viewBox=\"0 0 180 255\"><path fill=\"none\" stroke=\"gray\" d=\"M.5.5h179v254H.5z\"/><text x=\"90\" y=\"132\" fill=\"gray\" font-family=\"sans-serif\" font-size=\"16\" text-anchor=\"middle\">图片没有留存</text></svg>";
  const root = new URL("./", self.location.href);
  const absolute = (path) => new URL(path, root).href;
  const plain = (url) => { const bare = new URL(url); bare.hash = ""; bare.search = ""; return bare.href.replace(/\/index\.html$/, "/"); };
  const isKept = (url) => !never.some((path) => url.startsWith(absolute(path)));
  const fixed = new Set(newest.map((path) => plain(absolute(path))));

  /* The answer with the time at which it came. */
  async function dated(response) {
    const headers = new Headers(response.headers);
    headers.set("x-gazette-kept", String(Date.now()));
    return new Response(await response.blob(), { status: 200, headers });
  }

  async function keepNewest() {
    const store = await caches.open(FIXED);
    for (const path of newest) {
      const response = await fetch(absolute(path), { cache: "no-cache" });
      if (!response.ok) throw new Error(path);
      await store.put(plain(absolute(path)), await dated(response));
    }
  }

  async function forgetOthers() {
    for (const name of await caches.keys()) {
      if (name.startsWith("gazette-newest-") && name !== FIXED) await caches.delete(name);
    }
  }

  async function keep(url, response) {
    const copy = await dated(response);
    if (fixed.has(url)) return (await caches.open(FIXED)).put(url, copy);
    const store = await caches.open(READ);
    await store.delete(url);
    await store.put(url, copy);
    const keys = await store.keys();
    for (const key of keys.slice(0, Math.max(0, keys.length - MOST_READ))) await store.delete(key);
  }

  /* A page from the store, with a line that says so before everything else. */
  async function told(response) {
    const beijing = new Date(Number(response.headers.get("x-gazette-kept")) + 8 * 3600 * 1000).toISOString();
    const when = beijing.slice(0, 10) + " " + beijing.slice(11, 16);
    const note = "<p class=\"offline\" role=\"status\">现在没有网络：这一页是" + when + "（北京时间）留存的，可能不是最新的。</p>";
    const text = (await response.text()).replace(/<body[^>]*>/, (tag) => tag + note);
    return new Response(text, { headers: { "content-type": "text/html; charset=utf-8" } });
  }

  async function stored(url) {
    return await (await caches.open(FIXED)).match(url) || await (await caches.open(READ)).match(url);
  }

  async function page(event) {
    const url = plain(event.request.url);
    let response;
    try { response = await fetch(event.request); } catch (error) {
      const found = await stored(url);
      return found ? told(found) : new Response(NO_PAGE, { status: 503, headers: { "content-type": "text/html; charset=utf-8" } });
    }
    const kind = response.headers.get("content-type") || "";
    if (isKept(url) && response.status === 200 && !response.redirected && kind.startsWith("text/html")) {
      const copy = response.clone();
      event.waitUntil(keep(url, copy).catch(() => undefined));
    }
    return response;
  }

  /* Styles, scripts and pictures of the pages that are kept; a plain picture in place of any other. */
  async function part(event) {
    try { return await fetch(event.request); } catch (error) {
      const found = await stored(plain(event.request.url));
      if (found) return found;
      if (event.request.destination === "image") return new Response(NO_PICTURE, { headers: { "content-type": "image/svg+xml" } });
      throw error;
    }
  }

  self.addEventListener("install", (event) => event.waitUntil(keepNewest().then(() => self.skipWaiting())));
  self.addEventListener("activate", (event) => event.waitUntil(forgetOthers().then(() => self.clients.claim())));
  self.addEventListener("fetch", (event) => {
    if (event.request.method !== "GET" || !event.request.url.startsWith(root.href)) return;
    if (event.request.mode === "navigate") event.respondWith(page(event));
    else if (fixed.has(plain(event.request.url)) || event.request.destination === "image") event.respondWith(part(event));
  });
}());
