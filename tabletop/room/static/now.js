// What a seat sees under "Now", phase by phase: what is asked of it comes first.
import { h, lengthOf } from "./live.js";
import * as part from "./parts.js";

// `page` gives: game, hour, seat, draft, say(act, fields), redraw(), pending(act), words.
export function now(page) {
  const { hour } = page;
  if (!hour.begun) return before(page);
  if (page.game.phase === "ended" && hour.round && !["reveal", "changed"].includes(hour.phase)) return [ended(page), guesses(page)];
  if (!hour.round) return after(page);
  if (["reveal", "changed"].includes(hour.phase)) return revealed(page);
  return round(page);
}

function before({ game, seat, pending, say, redraw, draft }) {
  const you = seat.you;
  const chosen = pending("declare")?.objective ?? game.objective;
  const options = game.objectives.map((each) => [each.id, each.title, each.text]);
  return [
    h("h2", {}, `Welcome, ${you.name}`),
    h("p.lead", {}, you.role ? `You are ${you.role_title}.` : "You take notes: you see what your team sees, and you do not play."),
    part.paragraphs(game.summary),
    you.role && h("p", {}, h("a", { href: "#office" }, "Read what your office knows"), ". Keep it to yourself until you mean to say it."),
    seat.can.includes("declare") && [
      h("h2", {}, "What do you want?"),
      h("p", {}, "You speak for your team. Talk with it, then declare one objective before play begins: the ending is judged by it."),
      part.radios("objective", "Your team's objective", options, draft.objective ?? chosen, (value) => { draft.objective = value; redraw(); }),
      h("button.main", { type: "button", id: "declare", disabled: !draft.objective || draft.objective === chosen,
        onclick: () => say("declare", { objective: draft.objective }) }, chosen ? "Declare this instead" : "Declare it"),
    ],
    chosen && h("p.note.strong", {}, h("span.label", {}, "Your team wants: "), game.objectives.find((each) => each.id === chosen)?.title),
    h("p.hint", {}, "Play begins when whoever leads the exercise starts it."),
  ];
}

function opening({ game, hour }) {
  return [
    h("h2", {}, game.turn_title),
    h("p.hint", {}, `Turn ${game.turn} of ${game.turns} · ${game.date} · ${game.stage_title}`),
    part.paragraphs(game.brief, "p.lead"),
    hour.phase === "read" && part.news(game.wire.filter((item) => item.turn === game.turn)),
    hour.phase === "read" && part.sources(game.brief_cites),
  ];
}

function round(page) {
  const { game, hour, seat, say, draft, redraw, pending } = page;
  if (game.flash) return [flash(page), opening(page)];
  if (hour.locked) return [locked(page), guesses(page), dissent(page)];
  const preferring = seat.can.includes("prefer");
  const locking = seat.can.includes("lock");
  const mine = pending("prefer")?.response ?? seat.preference;
  const head = hour.mates.filter((mate) => mate.head).map((mate) => mate.name).join(" or ");
  const what = { majority: "what most of you prefer", consensus: "what all of you prefer" }[hour.rule] ?? "your team's choice";
  const who = hour.rule === "control" ? "the lead of the exercise" : head || "your head";
  const tasks = {
    read: "Read what happened. Nobody speaks yet.",
    preference: "Without a word to anybody: what would you do? One tap. Nobody sees it before your team has locked.",
    talk: `Talk. Hear the office that you least want to hear. ${locking ? `Then lock ${what} below.` : `Then ${who} locks ${what}.`}`,
    lock: locking ? `Lock ${what} now.` : `Now ${who} locks ${what}. Say aloud what you expect.`,
  };
  const cards = game.responses.filter((each) => !each.closed).concat(game.responses.filter((each) => each.closed));
  return [
    h("p.note.strong", {}, seat.you.role ? tasks[hour.phase] : "You take notes. What do they talk about, and what not?"),
    locking && lockForm(page, mine),
    hour.phase === "read" && opening(page),
    hour.phase === "preference" && preferring && taps(cards, mine, say, draft),
    cards.length > 0 && !(hour.phase === "preference" && preferring) && [
      h("h2", {}, hour.phase === "read" ? "What can be done" : "The options"),
      cards.map((response) => part.card(response, {
        mine: mine === response.id,
        foot: preferring && !response.closed && h("button", {
          type: "button", id: `prefer-${response.id}`, "aria-pressed": String(mine === response.id),
          onclick: () => say("prefer", { response: response.id, reason: draft.why || null }),
        }, mine === response.id ? "This is what you would do" : "I would do this"),
      })),
    ],
    preferring && mine && [
      part.area("why", "Why? (if you like)", draft.why ?? "", (value) => { draft.why = value; }, "Your team reads it once the choice is locked, without your name."),
      h("button", { type: "button", id: "say-why", onclick: () => say("prefer", { response: mine, reason: draft.why || null }) }, "Keep this reason"),
    ],
    hour.phase === "preference" && preferring && h("details", { "data-key": "cards" }, h("summary", {}, "The cards in full"),
      cards.map((response) => part.card(response, { mine: mine === response.id }))),
    hour.phase !== "read" && h("details", { "data-key": "opening" }, h("summary", {}, "The situation again"), opening({ ...page, hour: { phase: "read" } })),
    guesses(page),
  ];
}

// Half a minute is for one tap: every option in sight, the cards were read before.
function taps(cards, mine, say, draft) {
  return h("div.taps", { role: "group", "aria-label": "What would you do?" },
    cards.filter((response) => !response.closed).map((response) => h("button.tap", {
      type: "button", id: `prefer-${response.id}`, "aria-pressed": String(mine === response.id),
      onclick: () => say("prefer", { response: response.id, reason: draft.why || null }),
    }, response.title, h("small", {}, response.act))));
}

function lockForm({ game, hour, say, draft, redraw, pending, words }, mine) {
  const open = game.responses.filter((each) => !each.closed && each.supports.length);
  const chosen = open.find((each) => each.id === draft.response) ?? open.find((each) => each.id === mine);
  const supports = chosen ? game.supports.filter((each) => chosen.supports.includes(each.id)) : [];
  const support = supports.find((each) => each.id === draft.support) ?? supports[0];
  const ready = chosen && support;
  if (pending("lock")) return h("p.note.strong", { role: "status" }, "Sending your team's choice…");
  const send = () => { draft.sure = false; say("lock", {
    response: chosen.id, support: support.id, rationale: draft.rationale || null, forecast: draft.forecast ?? null,
  }); };
  return h("div.card", {},
    h("h2", {}, "Your team's choice"),
    part.select("lock-response", "Response", [["", "Choose one…"], ...open.map((each) => [each.id, each.title])], chosen?.id ?? "",
      (value) => { draft.response = value; draft.support = null; draft.sure = false; redraw(); }),
    supports.length > 1 && part.radios("lock-support", "With it", supports.map((each) => [each.id, each.title, each.act]), support.id,
      (value) => { draft.support = value; draft.sure = false; redraw(); }),
    part.area("rationale", "Your team's reason", draft.rationale ?? "", (value) => { draft.rationale = value; }, "One sentence: what you expect it to do."),
    part.radios("forecast", game.forecast.question, game.forecast.answers.map(([value, name]) => [value, name]), draft.forecast,
      (value) => { draft.forecast = value; }),
    draft.sure
      ? h("div", {}, h("p", { role: "status" }, `Lock “${chosen.title}”${supports.length > 1 ? `, with: ${support.title}` : ""}? Only the lead of the exercise can open it again.`),
        h("div.pair", {}, h("button", { type: "button", id: "lock-back", onclick: () => { draft.sure = false; redraw(); } }, "Back"),
          h("button.main", { type: "button", id: "lock-sure", onclick: send }, "Lock it")))
      : h("button.main", { type: "button", id: "lock", disabled: !ready, onclick: () => { draft.sure = true; redraw("lock-sure"); } }, "Lock for the team"));
}

function flash({ game, seat, draft, say, pending }) {
  const can = seat.can.includes("answer") && !pending("answer");
  return [
    h("h2", {}, `Decide now: ${game.flash.title}`),
    part.paragraphs(game.flash.text, "p.lead"),
    game.flash.answers.map((answer) => h("div.card", {}, h("h3", {}, answer.title), h("p", {}, answer.act),
      can && h("button", { type: "button", id: `answer-${answer.id}`, onclick: () => say("answer", { answer: answer.id, rationale: draft.rationale || null }) }, "Answer this"))),
    !can && h("p.hint", {}, pending("answer") ? "Sending your answer…" : "Your head answers; if nobody does, the first answer stands."),
  ];
}

function locked({ game, hour, words }) {
  const choice = hour.locked;
  const support = game.supports.length > 1 && game.supports.find((each) => each.id === choice.support);
  const total = hour.tally.reduce((sum, row) => sum + row.preferences, 0);
  return [
    h("h2", {}, "Locked"),
    h("div.note.strong", {}, h("p.lead", {}, choice.title),
      support && part.labelled("With it", support.title),
      part.labelled("Reason", choice.rationale),
      choice.forecast != null && part.labelled("Expected", words[choice.forecast])),
    total > 0 && [h("h3", {}, "What you preferred, in silence"),
      h("ul", {}, hour.tally.map((row) => h("li", {}, `${row.title}: ${row.preferences} of ${total}`)))],
    hour.said.some((each) => each.kind === "preference") && [h("h3", {}, "And why"),
      h("ul", {}, hour.said.filter((each) => each.kind === "preference").map((each) => h("li", {}, h("span.label", {}, `${each.response_title}: `), each.text)))],
    h("p.hint", {}, "All teams see what comes of it together, at the reveal."),
  ];
}

function dissent({ seat, draft, say, pending, hour }) {
  if (!seat.can.includes("dissent")) return null;
  if (pending("dissent")) return h("p.hint", { role: "status" }, "Sending your dissent…");
  if (draft.dissented) return h("p.note.strong", { role: "status" }, "Your dissent is on the record.");
  return h("details", { "data-key": "dissent" }, h("summary", {}, "You preferred something else. Put it on the record"),
    part.area("dissent", "Why you would have chosen otherwise", draft.dissent ?? "", (value) => { draft.dissent = value; }, "Your team and the lead of the exercise can read it, with your name."),
    h("button", { type: "button", id: "say-dissent", onclick: () => { if (draft.dissent?.trim()) { draft.dissented = true; say("dissent", { reason: draft.dissent }); } } }, "Enter my dissent"));
}

function guesses({ game, seat, draft, say, redraw, words }) {
  if (!seat.can.includes("guess") || !seat.teams.length) return null;
  const made = draft.guesses ?? {};
  return [h("h2", {}, "While you wait: what of the others?"), h("p", {}, game.forecast.question),
    seat.teams.map((row) => part.select(`guess-${row.team}`, `Team ${row.team}, ${row.stage_title}`,
      [["", "No forecast"], ...game.forecast.answers.map(([value, name]) => [String(value), name])], made[row.team] ?? "",
      (value) => { if (!value) return; draft.guesses = { ...made, [row.team]: value }; say("guess", { team: row.team, forecast: Number(value) }); }))];
}

function revealed(page) {
  const { game, hour, words } = page;
  const found = game.aftermath;
  return [
    game.phase === "ended" && ended(page),
    found && [h("h2", {}, hour.phase === "reveal" ? "What came of it" : "What changed, and why"),
      hour.phase === "reveal" && part.aftermath(found, game.forecast.question, words),
      hour.phase === "changed" && [found.ladder && h("p.note.strong", {}, found.ladder),
        found.tracks.length ? found.tracks.map((each) => part.track(each)) : h("p", {}, "No gauge moved.")]],
    hour.phase === "changed" && found && h("details", { "data-key": "again" }, h("summary", {}, "What came of it, again"), part.aftermath(found, game.forecast.question, words)),
    dissent(page),
  ];
}

function ended({ game }) {
  const ending = game.ending;
  if (!ending) return null;
  return [h("h2", {}, ending.title), part.paragraphs(ending.epilogue, "p.lead")];
}

function after(page) {
  const { game, hour, seat, draft, say, pending, root, words } = page;
  const goals = game.role?.goals ?? [];
  return [
    ended(page),
    goals.some(([, met]) => met != null) && [h("h2", {}, "Your goals"), h("ul", {}, goals.map(([text, met]) =>
      h("li", {}, text, met != null && h("span.label", {}, met ? " Met." : " Not met."))))],
    hour.shared && game.ending?.aim_title && [h("h2", {}, "What they wanted"), h("p.lead", {}, game.ending.aim_title), part.paragraphs(game.ending.aim_text),
      game.ending.tells.length > 0 && [h("h3", {}, "What could have been noticed"), h("ul", {}, game.ending.tells.map((each) => h("li", {}, each)))]],
    hour.shared && game.ending?.questions.length > 0 && [h("h2", {}, "To talk about"), h("ol", {}, game.ending.questions.map((each) => h("li", {}, each)))],
    seat.can.includes("ticket") && hour.phase !== "endings" && (draft.handed || pending("ticket")
      ? h("p.note.strong", { role: "status" }, pending("ticket") ? "Sending your exit ticket…" : "Your exit ticket is in. Thank you.")
      : [h("h2", {}, "Exit ticket"), part.area("ticket", "What do you think otherwise now than an hour ago?", draft.ticket ?? "", (value) => { draft.ticket = value; }, "Only the lead of the exercise reads it."),
        h("button.main", { type: "button", id: "hand-in", onclick: () => { if (draft.ticket?.trim()) { draft.handed = true; say("ticket", { text: draft.ticket }); } } }, "Hand it in")]),
    h("h2", {}, "What you decided"), part.decisions(game.decisions, words),
    hour.shared && h("p", {}, h("a", { href: `${root}/debrief` }, "Read the whole debrief")),
    h("p", {}, h("a", { href: `${root}/mine`, download: "" }, "Keep what you did, as a file")),
  ];
}
