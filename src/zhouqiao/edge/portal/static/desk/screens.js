// What the desk shows. Every screen is drawn from what is on the device; nothing waits for the net.
/** @import { Field, Step, Task } from "./types.js" */
/** @import { Line } from "./sync.js" */
import { drawn, weighed } from "./form.js";
import { cited } from "./photos.js";
import { Raw, chip, clock, html, icon, kilos, left, say } from "./html.js";

/** @typedef {{ kg: number, scale: string, at: string }} Weight */
/** @typedef {{ begun: Date, weights: Map<string, Weight>, typing: string | null, digits: string, marks: Map<string, string>, photos: Map<string, import("./types.js").Photo[]>, later: Set<string>, faults: Record<string, string> }} Draft */

const demo = () => document.getElementById("desk")?.dataset.demo;

/** @param {string} title @param {string} back @param {unknown} beside */
function top(title, back, beside) {
  const arrow = back ? html`<a class="icon" href="${back}" aria-label="${say("back")}">${icon("i-left")}</a>` : "";
  return html`<header class="top">${arrow}<h1 class="grow">${title}</h1>${demo() ? html`<span class="demo">${demo()}</span>` : ""}${beside}</header>`;
}

/** What was told to the person, and how much of it is new. @param {number} unread */
function bell(unread) {
  return html`<a class="icon bell" href="/messages" aria-label="${say("messages", { n: unread })}">${icon("i-bell")}${unread ? html`<sup>${unread}</sup>` : ""}</a>`;
}

/** The list: the next task first, the rest under it. @param {Line} line @param {number} now */
export function list(line, now) {
  const tasks = line.tasks?.tasks ?? [];
  const head = top(line.tasks?.unit?.name ?? say("title"), "", html`${bell(line.tasks?.unread ?? 0)}<a class="btn quiet sm" href="/me">${icon("i-user")}<span>${say("me")}</span></a>`);
  if (line.revoked) return html`${head}<main id="main" tabindex="-1"><div class="refusal card"><h2>${say("revoked")}</h2><p class="dim">${line.queue.length ? say("revoked_kept", { n: line.queue.length }) : say("revoked_said")}</p>${line.queue.length ? html`<a class="btn go" href="/sign-in?next=/desk/">${say("sign_in")}</a>` : ""}</div></main>`;
  if (line.signedOut) return html`${head}<main id="main" tabindex="-1"><div class="refusal card"><h2>${say("signed_out")}</h2><a class="btn go" href="/sign-in?next=/desk/">${say("sign_in")}</a></div></main>`;
  const told = line.told.map(conflict);
  const open = tasks.filter((t) => next(line, t).length || waits(line, t));
  if (!open.length) return html`${head}<main id="main" tabindex="-1">${told}<div class="card empty"><svg viewBox="0 0 96 48" class="line" aria-hidden="true"><use href="/static/icons.svg#i-empty"/></svg><h2>${say(line.tasks ? "none" : "not_heard")}</h2><p class="small">${say(line.tasks ? "none_said" : "not_heard_said")}</p></div></main>`;
  return html`${head}<main id="main" tabindex="-1">${told}<ul>${open.map((t, i) => html`<li>${card(line, t, now, i === 0)}</li>`)}</ul><p class="cap">${say("heard", { clock: clock(line.heard) })}</p></main>`;
}

/** @param {Line} line @param {Task} task @param {number} now @param {boolean} first */
function card(line, task, now, first) {
  const step = next(line, task)[0];
  const tone = ["late", "breach", "due"].includes(task.status) ? task.status : "";
  return html`<a class="card task ${first ? "first" : ""}" href="#/task/${task.id}"><div class="row up"><div class="grow"><div class="what">${task.title}</div><div class="small dim">${dots(task.who, task.code)}</div></div><div><div class="left ${tone}">${left(task.due_at, now)}</div><div class="end">${chip(task.status)}</div></div></div><div class="small dim">${forecast(task)}</div>${waits(line, task) ? html`<div class="small">${chip("due", say("waits", { who: waits(line, task) }))}</div>` : first && step ? html`<span class="btn go">${step.title}</span>` : ""}</a>`;
}

/** What was forecast, kind by kind. @param {Task} task */
function forecast(task) {
  return task.about ? say("forecast", { kinds: task.about }) : "";
}

/** @param {...string} parts */
function dots(...parts) {
  return parts.filter(Boolean).join(" · ");
}

/** What was told back and wants a person's eye. @param {import("./types.js").Told} told */
function conflict(told) {
  const both = told.theirs || told.mine ? html`<div class="both"><div><b>${say("mine", { clock: clock(told.at) })}</b>${told.mine ?? ""}</div><div><b>${say("theirs")}</b>${told.theirs ?? ""}</div></div>` : "";
  return html`<section class="refusal card gap-top"><h2>${told.words}</h2><p class="small dim">${dots(told.title, told.code ?? "")}</p>${both}<div class="wrap"><button type="button" class="btn sm" data-seen="${told.client_id}">${say("seen")}</button></div></section>`;
}

/** One task: where, who, and what to do now. @param {Line} line @param {Task} task @param {number} now */
export function task(line, task, now) {
  const steps = next(line, task);
  const main = waits(line, task) ? undefined : steps[0];
  const others = steps.filter((s) => s !== main);
  const call = task.phone ? html`<a class="btn" href="tel:${task.phone}">${icon("i-phone")}${say("call")}</a>` : "";
  const map = task.place ? html`<div class="map" id="map" data-you="${task.who}" data-boat="${line.tasks?.unit?.name ?? ""}"><div class="canvas" role="img" aria-label="${say("map", { km: task.km ?? "—" })}"></div><span class="age">${say("heard", { clock: clock(line.heard) })} · ${say("schematic")}</span></div>` : "";
  const far = task.km === null ? "" : html`<div class="small dim">${say("by_sea", { km: task.km.toFixed(1) })}${task.eta ? html` · ${say("eta", { clock: clock(task.eta) })}` : ""}</div>`;
  return html`${top(task.title, "#/", chip(task.status))}<main id="main" tabindex="-1">${map}<div class="who"><div><b class="lead">${task.who}</b><div class="small dim">${task.code}</div><div class="small dim">${forecast(task)}</div>${far}</div>${call}</div>
  ${line.online && task.photos?.length ? html`<div class="photos">${task.photos.map((p, n) => html`<a href="${p}"><img src="${p}" alt="${say("photo_n", { n: n + 1 })}" loading="lazy" width="72" height="72"></a>`)}</div>` : ""}
  <dl class="fig"><dt>${say("left_word")}</dt><dd><span class="n">${left(task.due_at, now)}</span></dd></dl>
  ${waits(line, task) ? html`<section class="card pad16 gap-top" role="status"><b>${say("waits", { who: waits(line, task) })}</b><p class="small dim">${say("waits_said")}</p></section>` : ""}
  ${others.length ? html`<details class="gap-top"><summary class="btn quiet">${say("otherwise")}</summary><div class="stack">${others.map((s) => html`<a class="btn wide" href="#/task/${task.id}/${s.name}">${s.title}</a>`)}</div></details>` : ""}</main>
  ${main ? html`<div class="dock">${plain(main) ? html`<button type="button" class="btn go wide" data-take="${main.name}">${main.title}</button>` : html`<a class="btn go wide" href="#/task/${task.id}/${main.name}">${main.title}</a>`}<p class="small dim">${say("kept_here")}</p></div>` : ""}`;
}

/** One step: its form, its scale, its signatures. @param {Line} line @param {Task} task @param {Step} step @param {Draft} draft */
export function step(line, task, step, draft) {
  const words = line.tasks?.words ?? {};
  const scale = step.form ? weighed(step.form) : undefined;
  if (scale && draft.typing) return entry(task, step, scale, draft, words);
  const need = missing(step, draft, scale);
  const fields = step.form ? drawn(step.form, words, draft.faults, draft.photos) : [];
  const other = Object.entries(draft.faults).filter(([name]) => !step.form?.fields.some((f) => f.name === name && !["point"].includes(f.kind))).map(([, said]) => said);
  return html`${top(step.title, `#/task/${task.id}`, chip(task.status))}<main id="main" tabindex="-1"><div class="who"><div><b class="lead">${task.who}</b><div class="small dim">${task.code}</div><div class="small dim">${forecast(task)}</div></div></div>
  <form id="form" class="formset" novalidate>${scale ? kinds(scale, draft, words, task, line.tasks?.tolerance ?? 0.1) : ""}${fields}<p class="mend" role="alert">${other.join(" ")}</p></form>
  ${step.signers.length > 0 ? pads(step, draft, line.tasks?.person ?? "") : ""}</main>
  <div class="dock"><button type="button" class="btn ${need ? "" : "go"} wide" id="finish" aria-disabled="${need ? "true" : "false"}" aria-describedby="need">${step.signers.length > 0 ? icon("i-doc") : ""}${step.finish}</button><p id="need" class="small dim" aria-live="polite">${need || say("kept_here")}</p></div>`;
}

/** The scale: one row a kind, the total, and what was forecast. @param {Field} scale @param {Draft} draft @param {Record<string, string>} words @param {Task} task @param {number} tolerance */
function kinds(scale, draft, words, task, tolerance) {
  const choice = scale.fields?.find((f) => f.kind === "choice");
  const label = choice?.label ?? "";
  const rows = (choice?.options ?? []).map((option) => {
    const weight = draft.weights.get(option);
    const word = words[`${label}.${option}`] ?? option;
    const note = words[`${label}.${option}.note`];
    const hazardous = words[`${label}.${option}.hazardous`];
    const steady = weight ? html`<div class="steady"><svg aria-hidden="true"><use href="/static/icons.svg#s-ok"/></svg>${say(weight.scale === "by_hand" ? "by_hand_at" : "steady_at", { clock: clock(weight.at) })}</div>` : note ? html`<div class="cap">${note}</div>` : "";
    return html`<li class="${weight ? "" : "todo"}">${icon(words[`${label}.${option}.icon`] ?? "i-scale")}<div><div>${word}${hazardous ? html` <span class="st plain">${hazardous}</span>` : ""}</div>${steady}</div><button type="button" class="btn quiet" data-weigh="${option}" aria-label="${weight ? `${kilos(weight.kg)}kg ` : ""}${say(weight ? "again_of" : "weigh_of", { kind: word })}">${weight ? html`<span class="n">${kilos(weight.kg)}<small>kg</small></span>` : say("weigh")}</button></li>`;
  });
  const total = [...draft.weights.values()].reduce((sum, w) => sum + w.kg, 0);
  const sum = draft.weights.size ? html`<li class="sum"><span></span><span><span class="dim">${say("sum", { n: draft.weights.size })}</span><span class="cap block">${against(total, task.forecast_kg, tolerance)}</span></span><span class="n">${kilos(total)}<small>kg</small></span></li>` : "";
  return html`<ul class="card kinds" aria-label="${say("by_kind")}">${rows}${sum}</ul>`;
}

/** @param {number} total in hundredths @param {string | null} forecast @param {number} tolerance */
function against(total, forecast, tolerance) {
  if (!forecast || !Number(forecast)) return "";
  const share = total / 100 / Number(forecast) - 1;
  const slots = { n: (Math.abs(share) * 100).toFixed(1), limit: Math.round(tolerance * 100) };
  if (Math.abs(share) <= tolerance) return say(share < 0 ? "less_within" : "more_within", slots);
  return say(share < 0 ? "less_over" : "more_over", slots);
}

/** The keys for one weight. @param {Task} task @param {Step} step @param {Field} scale @param {Draft} draft @param {Record<string, string>} words */
function entry(task, step, scale, draft, words) {
  const choice = scale.fields?.find((f) => f.kind === "choice");
  const word = words[`${choice?.label}.${draft.typing}`] ?? draft.typing ?? "";
  const keys = ["1", "2", "3", "4", "5", "6", "7", "8", "9", ".", "0", "back"];
  return html`${top(word, `#/task/${task.id}/${step.name}`, "")}<main id="main" tabindex="-1"><div class="entry"><output id="typed" aria-live="polite">${draft.digits || "0"}</output><small>kg</small></div><p class="mend" role="alert">${draft.faults["weight"] ?? ""}</p><div class="keys">${keys.map((k) => html`<button type="button" class="btn" data-key="${k}" aria-label="${k === "back" ? say("rub_out") : k === "." ? say("point") : k}">${k === "back" ? icon("i-undo") : k}</button>`)}</div><p class="small dim gap-top">${say("by_hand_note")}</p></main>
  <div class="dock"><button type="button" class="btn go wide" data-record aria-disabled="${draft.digits ? "false" : "true"}">${say("record")}</button><p class="small dim">${say("record_note", { kind: word })}</p></div>`;
}

/** @param {Step} step @param {Draft} draft @param {string} me */
function pads(step, draft, me) {
  return html`<div class="sect"><h2>${say(step.signers.length > 1 ? "both_sign" : "one_signs")}</h2>${draft.weights.size ? html`<span class="cap">${say("covers", { n: draft.weights.size })}</span>` : ""}</div><div class="pads">${step.signers.map((s) => {
    const path = draft.marks.get(s.role) ?? "";
    return html`<div class="pad ${draft.later.has(s.role) ? "" : "open"} ${path ? "signed" : ""}" data-pad="${s.role}" ${draft.later.has(s.role) ? "data-elsewhere aria-disabled=true" : ""} tabindex="0" role="application" aria-label="${say("pad", { who: s.name })}"><b>${s.name}</b> ${s.word}<span class="hint">${say(draft.later.has(s.role) ? "on_own_phone" : "sign_here")}</span><svg class="sig" viewBox="0 0 150 100" aria-hidden="true"><path d="${path}"/></svg><span class="base"></span><span class="foot">${say("cannot_write")}</span></div>`;
  })}</div><div class="row under-pads">${step.signers.map((s) => draft.marks.get(s.role)
    ? html`<button type="button" class="btn quiet sm grow" data-wipe="${s.role}" aria-label="${say("wipe_of", { who: s.name })}">${say("wipe")}</button>`
    : draft.later.has(s.role) ? html`<button type="button" class="btn quiet sm grow" data-here="${s.role}">${say("sign_here_after_all")}</button>`
    : html`<button type="button" class="btn quiet sm grow" data-thumb="${s.role}" aria-label="${say("thumb_of", { who: s.name })}">${icon("i-thumb")}${say("thumb")}</button>`)}</div>${step.signers.filter((s) => s.person !== me && !draft.later.has(s.role) && !draft.marks.get(s.role)).map((s) => html`<button type="button" class="btn quiet wide later" data-later="${s.role}">${icon("i-phone")}${say("later", { who: s.name || s.word })}</button>`)}`;
}

/** What is still missing, in words; nothing when the step can be taken. @param {Step} step @param {Draft} draft @param {Field | undefined} scale */
export function missing(step, draft, scale) {
  if (scale && !draft.weights.size) return say("need_weight");
  const gone = step.signers.filter((s) => !draft.marks.get(s.role) && !draft.later.has(s.role));
  if (gone.length > 1) return say("need_signs", { n: gone.length });
  return gone[0] ? say("need_sign", { who: gone[0].name }) : "";
}

/** What is kept here and not sent yet. @param {Line} line */
export function kept(line) {
  const rows = line.queue.map((i) => {
    const about = line.tasks?.tasks.find((t) => t.case === i.case);
    const named = about?.steps.find((s) => s.name === i.step)?.title ?? i.step;
    return html`<li><div class="row"><b class="grow">${named}</b><time class="cap">${clock(i.happened_at)}</time></div><div class="small dim">${dots(about?.title ?? "", about?.code ?? "", cited(i).length ? say("photos_kept", { n: cited(i).length }) : "")}</div></li>`;
  });
  return html`${top(say("kept_title"), "#/", "")}<main id="main" tabindex="-1">${rows.length ? html`<ul class="card kept">${rows}</ul>` : html`<p class="dim">${say("kept_none")}</p>`}<p class="cap note">${say("kept_said")}</p></main>`;
}

/** Steps that can be taken as things stand here, the main one first. @param {Line} line @param {Task} task */
export function next(line, task) {
  const state = line.stateOf(task.case, task.state, task.steps);
  return task.steps.filter((s) => s.start === state).sort((a, b) => Number(b.main) - Number(a.main));
}

/** Whose hand a step signed here still waits for, or nothing. @param {Line} line @param {Task} task */
function waits(line, task) {
  return line.unsigned(task) || task.waiting ? task.who : "";
}

/** Whether a step is only a tap. @param {Step} step */
export function plain(step) {
  const asks = step.form?.fields.some((f) => !["point", "time"].includes(f.kind) && f.required !== false);
  return !asks && step.signers.length === 0;
}

export { Raw };
