// The stream of snapshots, long texts, and building elements: what both live pages share.

export const root = document.body.dataset.root;

// An element of text and children alone: nothing that anybody wrote is ever read as markup.
export function h(tag, attributes = {}, ...children) {
  const [name, ...classes] = tag.split(".");
  const element = document.createElement(name);
  if (classes.length) element.className = classes.join(" ");
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key in element && key !== "list" && key !== "form") element[key] = value;
    else if (value !== false && value != null) element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat(3).filter((each) => each != null && each !== false && each !== ""));
  return element;
}

// Long texts by address: each is fetched once, and again until it comes.
const texts = new Map();
export function text(name) {
  if (!texts.has(name)) {
    texts.set(name, fetch(`${root}/text/${name}`).then((answer) => {
      if (!answer.ok) throw new Error(String(answer.status));
      return answer.json();
    }).catch((fault) => { texts.delete(name); throw fault; }));
  }
  return texts.get(name);
}

// Keeps a stream open: the host beats every ten seconds, and who hears nothing for 25 calls again.
// A phone that wakes up may hold a dead stream that looks open, so waking is a reason as well.
const SILENT = 25000;
export class Stream {
  constructor(query, onFrame, onState) {
    this.query = query;
    this.onFrame = onFrame;
    this.onState = onState;
    this.tries = 0;
    this.over = false;
    this.heard = 0;
    for (const name of ["pageshow", "online"]) addEventListener(name, () => this.wake());
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.wake(); });
    setInterval(() => { if (Date.now() - this.heard > SILENT) this.open(); }, 5000);
    this.open();
  }

  wake() {
    if (!this.source || this.source.readyState !== 1 || Date.now() - this.heard > 12000) this.open();
  }

  open() {
    if (this.over) return;
    clearTimeout(this.timer);
    this.source?.close();
    const source = new EventSource(`${root}/stream?${this.query}`);
    this.source = source;
    this.heard = Date.now();
    source.onmessage = (event) => {
      this.heard = Date.now();
      this.tries = 0;
      this.onState("live");
      this.onFrame(JSON.parse(event.data));
    };
    source.addEventListener("beat", () => { this.heard = Date.now(); });
    for (const last of ["elsewhere", "gone", "bye"]) {
      source.addEventListener(last, () => this.ended(last));
    }
    source.onerror = () => this.failed(source);
  }

  ended(last) {
    this.source.close();
    if (last === "bye") { this.onState("away"); this.later(); return; }
    this.over = true;
    this.onState(last);
  }

  async failed(source) {
    source.close();
    if (source !== this.source || this.over) return;
    this.onState("away");
    if (this.tries % 5 === 2) {
      // A stream does not tell why it was refused; a seat that was taken away does not come back.
      const answer = await fetch(`${root}/stream?${this.query}&once`, { method: "HEAD" }).catch(() => null);
      if (answer?.status === 401) { this.over = true; this.onState("gone"); return; }
    }
    this.later();
  }

  later() {
    // All phones of a class lose the host at once; they need not all come back at once.
    const wait = Math.min(400 + 150 * this.tries, 3000) * (0.75 + Math.random() / 2);
    this.tries += 1;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.open(), wait);
  }

  again() { this.over = false; this.tries = 0; this.open(); }
}

// The host's clock, as this machine sees it: the least delay of all frames is nearest the truth.
let ahead = Infinity;
export function hear(now) { ahead = Math.min(ahead, Date.now() / 1000 - now); }
export function left(hour) {
  if (hour.ends_at == null) return hour.remaining;
  return hour.ends_at - (Date.now() / 1000 - ahead);
}

export function minutes(seconds) {
  const whole = Math.max(0, Math.ceil(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

// Shows the clock of the phase; nothing of it is read aloud but what the phase itself says.
export function showClock(element, hour) {
  const seconds = left(hour);
  const still = hour.paused || seconds == null;
  const over = seconds != null && seconds <= 0;
  let words = seconds == null ? "" : minutes(seconds);
  if (hour.paused) words = seconds == null ? "paused" : `paused at ${words}`;
  else if (hour.held && over) words = "held";
  if (element.textContent !== words) element.textContent = words;
  element.classList.toggle("still", still);
  element.classList.toggle("short", !still && seconds <= 15);
  return seconds;
}

export const PHASES = {
  join: "Taking seats", brief: "Briefing", read: "Read", preference: "Your silent preference",
  talk: "Talk", lock: "Lock the choice", reveal: "The reveal", changed: "What changed",
  endings: "Endings", hot_wash: "Hot wash", ticket: "Exit ticket", pause: "Break", over: "The end",
};

export function lengthOf(seconds) {
  if (!seconds) return "";
  if (seconds < 90) return `${seconds} seconds`;
  return seconds % 60 ? `${minutes(seconds)} minutes` : `${seconds / 60} minutes`;
}
