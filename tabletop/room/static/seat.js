// A student's page: it draws what the host says, keeps what is not yet sent, and outlives both.
import { PHASES, Stream, h, hear, lengthOf, root, showClock, text } from "./live.js";
import { Outbox, keep, kept } from "./outbox.js";
import { now } from "./now.js";
import * as part from "./parts.js";

const at = (id) => document.getElementById(id);
const VIEWS = ["now", "situation", "office", "team"];
const wide = matchMedia("(min-width: 62rem)");
// Of this page alone: what a browser keeps for a tab is copied when the tab is doubled.
const tab = String(Math.random()).slice(2);

let frame = null;
let game = null;
let drafts = {};
let outbox = null;
let state = "live";
let fault = "";

const draftKey = () => `draft:${frame.seat.you.id}:${game?.line ?? ""}:${frame.team.round}`;
const draft = () => drafts[draftKey()] ??= kept(draftKey(), {});

// --- what came from the host

async function onFrame(next) {
  hear(next.now);
  const names = [next.team.game, next.seat.own];
  let parts;
  try {
    parts = await Promise.all(names.map(text));
  } catch { stream.later(); return; }
  if (frame && next.n < frame.n) return;
  const before = frame;
  frame = next;
  game = { ...parts[0], ...parts[1] };
  outbox ??= new Outbox(frame.seat.you.id, draw, onRefused);
  if (before && (before.team.phase !== next.team.phase || before.team.round !== next.team.round)) entered(next.team);
  draw();
  // The form is gone; what was locked stands where it began.
  if (before && !before.team.locked && next.team.locked && !writing()) scrollTo({ top: 0 });
}

function onState(next) {
  if (next === "live" && state !== "live") outbox?.send();
  state = next;
  draw();
}

function onRefused(why, act) {
  fault = `${why.charAt(0).toUpperCase()}${why.slice(1)}.`;
  if (act.act === "ticket") draft().handed = false;
  if (act.act === "dissent") draft().dissented = false;
  draw();
  at("notices").scrollIntoView({ block: "nearest" });
}

function say(act, fields) {
  fault = "";
  outbox.say(act, { round: frame.team.round, ...fields });
  keep(draftKey(), draft());
}

// --- what is drawn

// Each part is drawn again only where what it shows has changed: nobody loses a place or a word.
const shown = new Map();
function place(element, facts, build, focus) {
  const key = JSON.stringify(facts);
  if (shown.get(element) === key && !focus) return;
  shown.set(element, key);
  const open = new Set([...element.querySelectorAll("details[open]")].map((each) => each.dataset.key));
  const active = element.contains(document.activeElement) ? document.activeElement : null;
  const [id, start, end] = [focus ?? active?.id, active?.selectionStart, active?.selectionEnd];
  element.replaceChildren(...[build()].flat(9).filter((each) => each != null && each !== false && each !== ""));
  for (const each of element.querySelectorAll("details")) if (open.has(each.dataset.key)) each.open = true;
  const again = id && document.getElementById(id);
  if (!again || !(active || focus)) return;
  again.focus({ preventScroll: !focus });
  if (start != null && again.setSelectionRange) try { again.setSelectionRange(start, end); } catch { /* no text */ }
}

function draw(focus) {
  header();
  if (!frame || !game) return;
  const { team: hour, seat } = frame;
  const words = Object.fromEntries(game.forecast.answers);
  const mine = draft();
  keep(draftKey(), mine);
  const page = {
    game, hour, seat, draft: mine, say, words, root,
    redraw: (where) => draw(where), pending: (act) => outbox.pending(act),
  };
  // What is being typed is not drawn again; what was picked is.
  const { why, rationale, dissent, ticket, ...picked } = mine;
  const steady = { ...hour, ends_at: 0, remaining: 0, seconds: 0, team: null, mates: hour.mates.map((mate) => [mate.name, mate.head]) };
  place(at("now"), [frame.team.game, seat, steady, outbox.waiting.map((each) => each.op), picked], () => now(page), typeof focus === "string" ? focus : null);
  place(at("situation"), [hour.game, seat.own], situation);
  place(at("office"), [hour.game, seat.own, seat.you], office);
  place(at("team"), [hour.game, hour.team, hour.mates, seat, hour.rule, hour.said], () => team(page));
  place(at("notices"), [seat.messages, kept("read", []), fault, frame.warning, state, hour.paused], notices);
}

function header() {
  const words = { live: outbox?.waiting.length ? "sending…" : "", away: "no connection", elsewhere: "open elsewhere", gone: "seat left" };
  at("link").textContent = words[state];
  at("link").classList.toggle("lost", state !== "live");
  if (!frame) return;
  const { you } = frame.seat;
  at("who").textContent = `${frame.team.team.team} · ${you.role_title} · ${you.name}`;
  showClock(at("clock"), frame.team);
  const { phase, round, rounds } = frame.team;
  at("phase").textContent = PHASES[phase];
  document.body.dataset.phase = phase;
  at("run").value = round ? round / rounds : ["join", "brief"].includes(phase) ? 0 : 1;
  document.title = `${PHASES[phase]} · ${game?.title ?? ""}`;
}

function notices() {
  const read = kept("read", []);
  const whys = {
    away: "No connection to the host. What you read and wrote stays here; the page comes back by itself.",
    elsewhere: "Your seat is open in a newer tab. Only one of them can be used.",
    gone: "This seat is no longer yours here: it was moved to another phone, or taken away.",
  };
  return [
    whys[state] && h("div.notice", {}, h("div", {}, h("p", {}, whys[state])),
      state === "elsewhere" && h("button", { type: "button", onclick: () => stream.again() }, "Use this one"),
      state === "gone" && h("a", { href: `${root}/again` }, "I have a code")),
    frame.team.paused && state === "live" && h("div.notice", {}, h("div", {}, h("p", {}, "The clock is paused."))),
    frame.warning && h("div.notice", {}, h("div", {}, h("p", {}, frame.warning))),
    fault && h("div.notice", { role: "alert" }, h("div", {}, h("p", {}, fault)),
      h("button", { type: "button", onclick: () => { fault = ""; draw(); } }, "Close")),
    frame.seat.messages.filter((each) => !read.includes(each.number)).map((each) => h("div.notice", {},
      h("div", {}, each.title && h("p.label", {}, each.title), h("p", {}, each.text)),
      h("button", { type: "button", "aria-label": "Close this message", onclick: () => { keep("read", [...read, each.number]); draw(); } }, "Close"))),
  ];
}

function situation() {
  const items = [...game.wire].reverse();
  return [
    h("h2", {}, game.stage_title), h("p.hint", {}, `Turn ${game.turn} of ${game.turns} · ${game.date}`),
    part.paragraphs(game.brief), h("h2", {}, "The ladder"), part.ladder(game.rungs),
    h("h2", {}, "Where things stand"), game.tracks.map((each) => part.track(each)),
    h("h2", {}, "The wire"), items.length ? part.news(items) : h("p.hint", {}, "Nothing yet."),
  ];
}

function office() {
  const role = game.role;
  if (!role) return [h("h2", {}, "Recorder"), h("p", {}, "You see what your team sees. Note who spoke first, who was not heard, and what was taken for granted.")];
  return [
    h("h2", {}, role.title), part.paragraphs(role.brief),
    role.private && h("div.note.strong", {}, h("h3", {}, "For your eyes"), part.paragraphs(role.private)),
    h("h2", {}, "Your goals"), h("ul", {}, role.goals.map(([goal, met]) => h("li", {}, goal, met != null && h("span.label", {}, met ? " Met." : " Not met.")))),
  ];
}

const RULES = {
  head: "The head of the team decides.", majority: "The majority decides.",
  consensus: "You decide by consensus.", control: "The lead of the exercise enters the choice.",
};

function team({ hour, seat, words }) {
  return [
    h("h2", {}, `Team ${hour.team.team}`), h("p", {}, RULES[hour.rule]),
    h("ul.mates", {}, hour.mates.filter((mate) => !mate.empty).map((mate) => h("li", {},
      h("span", {}, mate.name, mate.id === seat.you.id && " (you)", h("small", {}, `${mate.role_title}${mate.head ? " · decides" : ""}`)),
      h("small", {}, hour.round > 0 && mate.role && (mate.preferred ? "has a preference" : ""))))),
    seat.can.includes("stand") && seat.doctrines.length > 0 && [
      part.select("stand", "Turns that nobody decides are played by", seat.doctrines, hour.team.standing, (doctrine) => say("stand", { doctrine })),
      h("p.hint", {}, "Your team's standing order: a policy that plays on for you.")],
    h("h2", {}, "What you decided"), part.decisions(game.decisions, words),
    hour.said.some((each) => each.kind === "dissent") && [h("h2", {}, "Dissents"),
      h("ul", {}, hour.said.filter((each) => each.kind === "dissent").map((each) => h("li", {}, h("span.label", {}, `Turn ${each.turn}, ${named(each.seat)}: `), each.text)))],
    seat.messages.length > 0 && [h("h2", {}, "From the lead of the exercise"), h("ul", {}, seat.messages.map((each) => h("li", {}, each.title && `${each.title}: `, each.text)))],
    h("p", {}, h("a", { href: `${root}/mine`, download: "" }, "Keep what you did, as a file")),
  ];
}

const named = (seat) => frame.team.mates.find((mate) => mate.id === seat)?.name ?? "somebody";

// --- moving about

const writing = () => document.activeElement?.matches("textarea, input, select") ?? false;

function entered(hour) {
  at("told").textContent = `${PHASES[hour.phase]}. ${lengthOf(hour.seconds)}`;
  // Whoever reads or writes something is not torn away from it.
  if (hour.phase !== "talk" && hour.phase !== "lock" && !writing()) { location.hash = "#now"; scrollTo({ top: 0 }); }
}

function go() {
  const wanted = VIEWS.includes(location.hash.slice(1)) ? location.hash.slice(1) : "now";
  const beside = wide.matches && wanted === "now" ? "situation" : wanted;
  for (const view of VIEWS) at(view).hidden = view !== beside && !(wide.matches && view === "now");
  for (const link of document.querySelectorAll(".tabs a")) {
    if (link.hash === `#${wanted}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

addEventListener("hashchange", () => { go(); if (!wide.matches) scrollTo({ top: 0 }); });
wide.addEventListener("change", go);
addEventListener("beforeunload", () => { if (frame) keep(draftKey(), draft()); });
document.addEventListener("visibilitychange", () => { if (frame) keep(draftKey(), draft()); });
document.addEventListener("input", () => { if (frame) keep(draftKey(), draft()); });
setInterval(() => { if (frame) showClock(at("clock"), frame.team); }, 250);

const note = at("note");
if (!kept("noted", false)) { if (note.showModal) note.showModal(); else note.setAttribute("open", ""); }
note.addEventListener("close", () => keep("noted", true));
go();
const stream = new Stream(`tab=${tab}`, onFrame, onState);
