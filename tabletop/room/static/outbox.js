// What this page has said and the host has not yet confirmed: kept through reloads and drops,
// sent again until it is taken, each under an id of its own, so that it counts exactly once.
import { root } from "./live.js";

const KEY = `tabletop${root}:`;

export function keep(name, value) {
  try { localStorage.setItem(KEY + name, JSON.stringify(value)); } catch { /* full, or not allowed */ }
}
export function kept(name, otherwise) {
  try { return JSON.parse(localStorage.getItem(KEY + name)) ?? otherwise; } catch { return otherwise; }
}

function newId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export class Outbox {
  constructor(seat, onChange, onRefused) {
    this.name = `outbox:${seat}`;
    this.waiting = kept(this.name, []);
    this.onChange = onChange;
    this.onRefused = onRefused;
    this.busy = false;
    addEventListener("online", () => this.send());
    this.send();
  }

  // Of the same kind of act in the same round only the last one counts, while it is not sent.
  say(act, fields) {
    this.waiting = this.waiting.filter((each, place) =>
      (place === 0 && this.busy) || each.act !== act || each.round !== fields.round || each.team !== fields.team);
    this.waiting.push({ op: newId(), act, ...fields });
    this.changed();
    this.send();
  }

  pending(act) { return [...this.waiting].reverse().find((each) => each.act === act); }

  changed() { keep(this.name, this.waiting); this.onChange(); }

  async send() {
    clearTimeout(this.timer);
    if (this.busy || !this.waiting.length) return;
    this.busy = true;
    const first = this.waiting[0];
    let wait = 0;
    try {
      const answer = await fetch(`${root}/act`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(first),
        signal: AbortSignal.timeout?.(8000),
      });
      if (answer.status === 429) wait = 1000 * Number(answer.headers.get("Retry-After") || 1);
      else if (answer.status >= 500) wait = 1500;
      else {
        this.waiting = this.waiting.filter((each) => each !== first);
        if (!answer.ok) this.onRefused((await answer.json()).error, first);
      }
    } catch { wait = 1500; }
    this.busy = false;
    this.changed();
    if (this.waiting.length) this.timer = setTimeout(() => this.send(), wait);
  }
}
