/* The office has switched off reading without a network: what browsers have kept is removed. */
"use strict";
(function () {
  async function end() {
    for (const name of await caches.keys()) if (name.startsWith("gazette-")) await caches.delete(name);
    await self.registration.unregister();
  }
  self.addEventListener("install", () => self.skipWaiting());
  self.addEventListener("activate", (event) => event.waitUntil(end()));
}());
