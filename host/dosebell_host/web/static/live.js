// Keeps a page live: at each change the same address is asked for again, and the parts that are
// marked live are replaced. Without this the page is whole, and has a link to look again.
"use strict";
(() => {
  const main = document.querySelector("main[data-live]");
  if (!main || !window.EventSource) return;
  const spoken = document.getElementById("spoken");
  const away = document.getElementById("away");
  let seen = null;
  let busy = false;
  let again = false;
  // A page of many boxes looks again by the clock; what happens at the boxes here is no news to it.
  const everyS = Number(main.dataset.every);

  // Nothing is taken from under a person's hands.
  const isTyping = (part) => {
    const active = document.activeElement;
    return part.contains(active) && active.matches("input, select, textarea");
  };

  const replace = (fresh) => {
    for (const part of main.querySelectorAll("[data-live]")) {
      const name = part.dataset.live;
      const other = fresh.querySelector(`[data-live="${CSS.escape(name)}"]`);
      if (!other || part.isEqualNode(other) || isTyping(part)) continue;
      const active = document.activeElement;
      const at = [...part.querySelectorAll("a, button, summary")].indexOf(active);
      const next = document.importNode(other, true);
      part.replaceWith(next);
      // Who goes by keyboard stays where they were, also where the order has changed.
      if (at < 0) continue;
      const all = [...next.querySelectorAll("a, button, summary")];
      const same = active.href && all.find((each) => each.href === active.href);
      (same || all[at])?.focus();
    }
    const say = [...main.querySelectorAll("[data-say]")].map((each) => each.dataset.say).join(" ");
    if (spoken && spoken.textContent !== say) spoken.textContent = say;
  };

  const look = async () => {
    if (busy) { again = true; return; }
    busy = true;
    try {
      const answer = await fetch(location.href, { headers: { "dosebell-live": "1" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("main[data-live]");
      if (fresh) replace(fresh);
      else if (answer.status === 403 && !isTyping(main)) location.reload();
    } catch {
      // The page has ended; the stream asks again by itself.
    } finally {
      busy = false;
      if (again) { again = false; look(); }
    }
  };

  const stream = new EventSource("/events");
  stream.onmessage = (event) => {
    // Who serves it now may count from the beginning again.
    const isBack = away.textContent !== "";
    away.textContent = "";
    if (isBack || (!everyS && seen !== null && seen !== event.data)) look();
    seen = event.data;
  };
  stream.onerror = () => {
    away.textContent = away.dataset.words;
    // It was refused, and does not ask again: the page says how to get in.
    if (stream.readyState === EventSource.CLOSED) look();
  };
  if (everyS) setInterval(() => { if (!document.hidden) look(); }, everyS * 1000);
  window.addEventListener("pagehide", () => stream.close());
})();
