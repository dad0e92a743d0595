// Pieces of the seat's page: each builds elements from plain data, and knows nothing else.
import { h } from "./live.js";

export const paragraphs = (text, kind = "p") =>
  (text || "").split("\n").filter((line) => line.trim()).map((line) => h(kind, {}, line));

export const labelled = (label, text) => text && h("p", {}, h("span.label", {}, `${label}: `), text);

const INSTRUMENTS = {
  diplomatic: "Diplomatic", informational: "Informational", military: "Military", economic: "Economic",
};

export function sources(cites) {
  if (!cites?.length) return null;
  return h("details", { "data-key": "sources" }, h("summary", {}, `Sources (${cites.length})`),
    h("ul", {}, cites.map((each) => h("li", {}, each.text, " ",
      h("small", {}, `${each.source}${each.where ? `, ${each.where}` : ""}.`),
      each.contested && h("small", {}, ` Contested: ${each.contested}`)))));
}

// A response's card; `foot` is what can be done with it.
export function card(response, { mine = false, foot = null } = {}) {
  return h(`div.card${mine ? ".mine" : ""}${response.closed ? ".shut" : ""}`, { id: `card-${response.id}` },
    h("h3", {}, h("span", {}, response.title), h("small", {}, INSTRUMENTS[response.instrument])),
    h("p", {}, response.act),
    response.course && h("p.hint", {}, "The present course: it stands if nobody chooses."),
    response.closed && labelled("Closed", response.closed),
    !response.closed && labelled("Who must agree", response.consent),
    h("details", { "data-key": `card-${response.id}` }, h("summary", {}, "For and against"),
      h("p", {}, h("span.label", {}, `For, ${response.favour.by}: `), response.favour.text),
      h("p", {}, h("span.label", {}, `Against, ${response.against.by}: `), response.against.text),
      labelled("What we do not know", response.unknown),
      sources([...response.favour.cites, ...response.against.cites, ...response.cites])),
    foot);
}

export function ladder(rungs) {
  const words = { here: "where we stand", passed: "passed", ahead: "not reached" };
  return h("ol.ladder", { "aria-label": "The ladder" }, rungs.map((rung) =>
    h(`li.${rung.state}`, { "aria-current": rung.state === "here" ? "step" : null },
      rung.title, h("span.unseen", {}, `, ${words[rung.state]}`),
      rung.state !== "ahead" && rung.reached.map((each) => h("small", {}, each)))));
}

const signed = (delta) => (delta > 0 ? `+${delta}` : String(delta).replace("-", "−"));

// How far a gauge is filled; set as a property, because our policy allows no styles in markup.
function filled({ value, low, high }) {
  const bar = h("div");
  bar.style.width = `${(100 * (value - low)) / Math.max(1, high - low)}%`;
  return bar;
}

export function track(each, { causes = true } = {}) {
  const moved = each.value - each.before;
  const value = each.level || `${each.value} of ${each.high}`;
  return h("div.track", {},
    h("div.row", {}, h("span", {}, each.title), h("span", {}, value, moved !== 0 && ` (${signed(moved)})`)),
    h("div.meter", { role: "meter", "aria-label": each.title, "aria-valuemin": each.low, "aria-valuemax": each.high,
      "aria-valuenow": each.value, "aria-valuetext": value }, filled(each)),
    h("div.ends", {}, h("small", {}, each.low_means), h("small", {}, each.high_means)),
    causes && each.changes.length > 0 && h("ul.causes", {}, each.changes.map((change) =>
      h("li", {}, `${signed(change.delta)} ${change.cause}: ${change.reason}`))));
}

export function news(items) {
  return h("ul.wire", {}, items.map((item) => h("li", {},
    item.title && h("h3", {}, item.title), h("small", {}, `${item.date} · ${item.by}${item.private ? " · for your office alone" : ""}`),
    h("p.text", {}, item.text))));
}

export function aftermath(found, question, words) {
  const made = found.decision;
  return [
    made && h("div.note.strong", {},
      h("p.lead", {}, made.response_title, made.support !== "none" && ` — ${made.support_title}`),
      made.by_default && h("p", {}, "By default: nobody settled it in time."),
      labelled("Your team's reason", made.rationale)),
    found.items.filter((item) => item.kind !== "decision").map((item) => h("div.note", {},
      item.title && h("h3", {}, item.title), h("small", {}, item.by), h("p.text", {}, item.text))),
    found.ladder && h("div.note.strong", {}, h("p", {}, found.ladder),
      found.stage_before !== found.stage_after && h("p", {}, `${found.stage_before} → ${found.stage_after}`)),
    made?.forecast != null && h("div.note", {},
      h("p", {}, h("span.label", {}, question), ` You said: ${words[made.forecast].toLowerCase()}.`),
      h("p", {}, made.came ? "It came." : "It did not come.")),
  ];
}

export function decisions(list, words) {
  if (!list.length) return h("p.hint", {}, "None yet.");
  const whose = (made) => made.standing ? ` · by the standing order “${made.standing}”` : made.by_default ? " · by default" : "";
  return h("ul.wire", {}, list.map((made) => h("li", {},
    h("h3", {}, made.response_title),
    h("small", {}, `Turn ${made.turn}, ${made.date}${whose(made)}`),
    labelled("Reason", made.rationale),
    made.forecast != null && h("p", {}, h("span.label", {}, "Forecast: "), words[made.forecast],
      made.came == null ? "" : made.came ? ". It came." : ". It did not come."))));
}

// A choice of a few, as radio buttons that a thumb can hit.
export function radios(name, legend, options, chosen, onChange) {
  return h("fieldset", {}, h("legend", {}, legend), h("div.choices", {}, options.map(([value, words, small]) =>
    h("label.choice", {}, h("input", {
      type: "radio", name, value: String(value), id: `${name}-${value}`, checked: String(value) === String(chosen),
      onchange: () => onChange(value),
    }), h("span", {}, words, small && h("small", {}, small))))));
}

export function select(id, label, options, chosen, onChange) {
  return [h("label", { htmlFor: id }, label), h("select", { id, onchange: (event) => onChange(event.target.value) },
    options.map(([value, words]) => h("option", { value, selected: value === chosen }, words)))];
}

export function area(id, label, value, onInput, hint) {
  return [h("label", { htmlFor: id }, label), hint && h("p.hint", { id: `${id}-hint` }, hint),
    h("textarea", { id, maxLength: 1000, value, oninput: (event) => onInput(event.target.value),
      "aria-describedby": hint ? `${id}-hint` : null })];
}
