// The page for the wall: it shows what control shows, large, and nothing that can be pressed.
import { PHASES, Stream, h, hear, lengthOf, minutes, root, showClock } from "./live.js";

const at = (id) => document.getElementById(id);
let frame = null;
let key = "";

function join() {
  return h("div.join", {},
    h("img.qr", { src: `${root}/qr.svg`, alt: `QR code that leads to ${frame.address}/${frame.code}` }),
    h("div", {}, h("h2", {}, "Join here"), h("p.address", {}, frame.address),
      h("p.big-code", { "aria-label": `Code: ${[...frame.code].join(" ")}` }, frame.code),
      h("ul.counts", {}, frame.teams.map((row) => h("li", {}, h("strong", {}, row.team), ` ${row.seats}`)))));
}

function situation() {
  const view = frame.situation;
  return h("div.situation", {},
    h("div", {}, h("p.where", {}, `${frame.teams.length > 1 && frame.team ? `Team ${frame.team} · ` : ""}Turn ${view.turn} of ${view.turns} · ${view.date}`),
      h("h2", {}, view.turn_title), h("p.brief", {}, view.brief),
      h("ul.news", {}, view.news.filter((item) => item.title).slice(-2).map((item) => h("li", {}, item.title)))),
    h("div", {}, h("ol.rungs", {}, [...view.rungs].reverse().map((rung) => h(`li.${rung.state}`, {}, rung.title))),
      h("dl.gauges", {}, view.tracks.map((each) => h("div", {}, h("dt", {}, each.title), h("dd", {}, each.level || `${each.value} of ${each.high}`))))));
}

function ladder() {
  const stages = [...frame.stages].reverse();
  const on = (stage) => frame.teams.filter((row) => row.stage === stage);
  return h("div.ladder", {}, stages.map(([stage, title]) => h(`div.step${on(stage).length ? ".here" : ""}`, {},
    h("h2", {}, title), h("ul", {}, on(stage).map((row) => h("li", {}, h("strong", {}, row.team),
      h("span", {}, row.ending || row.last_choice || `turn ${row.turn}`)))))));
}

function reasons() {
  const words = { reason: "because", dissent: "dissent", preference: "in silence" };
  if (!frame.reasons.length) return h("p.brief", {}, "No reasons are shown yet.");
  return h("div.reasons", {}, frame.reasons.map((said) => h("figure", {},
    h("blockquote", {}, said.text), h("figcaption", {}, `${said.response_title}, ${words[said.kind]} · team ${said.team}, turn ${said.turn}`))));
}

function debrief() {
  const found = frame.debrief;
  return h("div.debrief", {},
    h("ul.endings", {}, found.endings.map(([team, ending]) => h("li", {}, h("strong", {}, team), h("span", {}, ending || "still plays")))),
    !found.sealed && [h("h2", {}, `What they wanted${found.own_luck ? `, in team ${found.team}` : ""}: ${found.aim_title}`), h("p.brief", {}, found.aim_text),
      h("h2", {}, "To talk about"), h("ol", {}, found.questions.slice(0, 4).map((each) => h("li", {}, each)))]);
}

function nothing() {
  const locked = frame.teams.filter((row) => row.locked).length;
  const asking = frame.round > 0 && ["preference", "talk", "lock", "read"].includes(frame.phase);
  return h("div.nothing", {}, h("p.huge", { id: "huge" }, " "),
    asking && h("p.brief", {}, `${locked} of ${frame.teams.length} teams have locked their choice`));
}

const SHOWN = { join, situation, ladder, reasons, debrief, nothing };

function draw() {
  document.body.dataset.phase = frame.phase;
  at("phase").textContent = PHASES[frame.phase] + (frame.round ? ` · round ${frame.round} of ${frame.rounds}` : "");
  at("foot").textContent = frame.what === "join" || frame.barred ? "" : `${frame.address} · ${frame.code}`;
  const { n, now, ends_at, remaining, seconds, ...facts } = frame;
  const next = JSON.stringify(facts);
  if (next === key) return;
  key = next;
  document.body.dataset.what = frame.what;
  at("wall").replaceChildren(SHOWN[frame.what]());
  tick();
  fit();
}

// What is shown may be long: the letters shrink until all of it can be seen at once.
function fit() {
  const wall = at("wall");
  let size = 100;
  wall.style.fontSize = "";
  while (size > 45 && wall.scrollHeight > wall.clientHeight + 2) {
    size -= 5;
    wall.style.fontSize = `${size}%`;
  }
}

addEventListener("resize", fit);
function tick() {
  if (!frame) return;
  const seconds = showClock(at("clock"), frame);
  const huge = at("huge");
  if (huge) huge.textContent = seconds == null ? PHASES[frame.phase] : minutes(seconds);
}
setInterval(tick, 250);

new Stream("wall", (next) => {
  hear(next.now);
  const before = frame;
  frame = next;
  if (before && before.phase !== next.phase) at("told").textContent = `${PHASES[next.phase]}. ${lengthOf(next.seconds)}`;
  draw();
}, (state) => { at("link").textContent = state === "live" ? "" : "no connection to the host"; });
