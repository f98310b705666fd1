// The line to the platform: tasks come down, intents go up in order. Nothing is dropped until the
// platform has said what became of it; an intent it has seen before is answered as before.
/** @import { Intent, Result, Tasks, Told } from "./types.js" */
import { canonical, deviceKey, forgetKey, mark, sign } from "../js/key.js";
import { Photos, cited, without } from "./photos.js";
import { Store } from "./store.js";

const AGAIN = 30_000;
const PATIENCE = 15_000;
const NAMED = 12 * 3_600_000; // a name is asked for anew after so long
const MOST = 200; // intents the platform takes at once

/** One desk's line. `changed` is called whenever what is shown may have changed. */
export class Line {
  /** @type {Tasks | null} */
  tasks = null;
  heard = 0;
  online = true;
  signedOut = false;
  revoked = false;
  /** @type {Intent[]} */
  queue = [];
  /** @type {Told[]} */
  told = [];
  #offset = 0;
  #busy = false;
  #again = false;
  #known = false;
  /** @type {string | undefined} */
  #csrf;

  /** @param {Store} store @param {number} hours @param {() => void} changed */
  constructor(store, hours, changed) {
    this.store = store;
    this.hours = hours;
    this.changed = changed;
    this.photos = new Photos(store, (method, path, headers = {}, body) => this.#speak(method, path, { "Tus-Resumable": "1.0.0", ...headers }, body));
  }

  /** Read what is kept, then talk. */
  async start() {
    await this.#recall();
    await this.photos.tidy(this.queue);
    window.addEventListener("online", () => this.talk());
    window.addEventListener("offline", () => { this.online = false; this.changed(); });
    window.setInterval(() => { if (this.queue.length || !this.online) void this.talk(); }, AGAIN);
    this.changed();
    await this.talk();
  }

  /** Where a case will be once the queue is through. @param {string} id @param {string} state @param {import("./types.js").Step[]} steps */
  stateOf(id, state, steps) {
    return this.queue.filter((i) => i.case === id).reduce((at, i) => {
      const step = steps.find((s) => s.name === i.step);
      if (!step) return at;
      return lacksHands(step, i) ? `${at}.` : step.end;
    }, state);
  }

  /** Whether a step queued here was signed by some and not yet by all. @param {import("./types.js").Task} task */
  unsigned(task) {
    return this.queue.some((i) => i.case === task.case && task.steps.some((s) => s.name === i.step && lacksHands(s, i)));
  }

  /**
   * Say that a step was taken here and now. It is on the device before this returns.
   * @param {import("./types.js").Task} task @param {string} step @param {Record<string, unknown> | null} record
   * @param {Omit<import("./types.js").Hand, "key" | "mark">[]} hands
   */
  async did(task, step, record, hands) {
    const key = await deviceKey();
    const marked = await Promise.all(hands.map(async (hand) => {
      const plain = { ...hand, key: key.id, mark: "" };
      return { ...plain, mark: await mark(key, `zhouqiao hand 1\n${canonical(plain)}`) };
    }));
    const before = this.queue.filter((i) => i.case === task.case).length;
    const said = {
      client_id: crypto.randomUUID(), person: this.tasks?.person ?? "", case: task.case, step, base_version: task.version + before,
      happened_at: seconds(new Date()), clock_offset: this.#offset, body: { record, hands: marked }, key: key.id,
    };
    await this.store.queue(await signed(said));
    await this.#recall();
    this.changed();
    void this.talk();
  }

  /** Hear of tasks, send what is queued, hear again. One talk at a time; one wanted meanwhile follows. */
  async talk() {
    if (this.revoked && !this.queue.length) return;
    this.#again = this.#busy;
    if (this.#busy) return;
    this.#busy = true;
    try {
      await this.#fetch();
      await this.#introduce();
      if (await this.#send()) await this.#fetch();
      if (this.revoked) await this.#forget();
      this.online = true;
    } catch (broken) {
      if (!(broken instanceof TypeError || broken instanceof DOMException)) throw broken;
      this.online = false;
    } finally {
      this.#busy = false;
      this.changed();
      if (this.#again) void this.talk();
    }
  }

  /** @param {string} id */
  async seen(id) {
    await this.store.untell(id);
    await this.#recall();
    this.changed();
  }

  async #recall() {
    const kept = await this.store.tasks(this.hours, Date.now());
    this.tasks = kept?.tasks ?? null;
    this.heard = kept?.heard ?? 0;
    this.queue = (await this.store.queued()).sort(inOrder);
    this.told = await this.store.told();
  }

  /** Tell the platform this device's public key, once. */
  async #introduce() {
    if (this.#known) return;
    const key = await deviceKey();
    const answer = await this.#ask("/api/desk/keys", { id: key.id, alg: key.alg, key: key.public });
    this.#known = answer.ok;
  }

  /** Send what the signed-in person did; what another did on this device waits for them. */
  async #send() {
    const mine = this.queue.filter((i) => !i.person || i.person === this.tasks?.person).slice(0, MOST);
    if (!mine.length) return false;
    for (const intent of mine) await this.#bring(intent);
    const answer = await this.#ask("/api/intents", { intents: mine });
    if (!answer.ok) return false;
    /** @type {{ results: Result[] }} */
    const { results } = await answer.json();
    for (const result of results) await this.#settle(result);
    if (this.tasks) await this.store.keepTasks(this.tasks, this.heard);
    await this.#recall();
    await this.photos.tidy(this.queue);
    return true;
  }

  /** Bring what an intent cites before it; what is refused for good is taken out of it, and told. @param {Intent} intent */
  async #bring(intent) {
    for (const name of cited(intent)) {
      const why = await this.photos.bring(name);
      if (!why) continue;
      const { signature: _, ...said } = intent;
      Object.assign(intent, await signed({ ...said, body: { ...said.body, record: without(said.body.record ?? {}, name) } }));
      await this.store.queue(intent);
      const task = this.tasks?.tasks.find((t) => t.case === intent.case);
      await this.store.tell({ client_id: name, status: "refused", words: why, case: intent.case, title: task?.title ?? "", code: task?.code ?? "", at: intent.happened_at });
    }
  }

  /** @param {Result} result */
  async #settle(result) {
    const intent = this.queue.find((i) => i.client_id === result.client_id);
    if (!intent) return;
    const task = this.tasks?.tasks.find((t) => t.case === intent.case);
    const about = { case: intent.case, title: task?.title ?? "", code: task?.code ?? "", at: intent.happened_at };
    if (result.status === "kept" || result.status === "refused") await this.store.tell({ ...result, ...about });
    const step = task?.steps.find((s) => s.name === intent.step);
    if (task && step && result.status === "done") Object.assign(task, { state: step.end, version: result.version ?? task.version });
    if (task && step && result.status === "waiting") {
      task.waiting = true;
      task.steps = task.steps.filter((s) => s !== step);
    }
    this.photos.answered(intent);
    await this.store.unqueue(intent.client_id);
  }

  async #fetch() {
    const asked = Date.now();
    const answer = await this.#ask(`/api/desk/tasks?${this.#names(asked)}`);
    if (!answer.ok) return;
    /** @type {Tasks} */
    const tasks = await answer.json();
    const now = Date.now();
    this.#csrf = tasks.csrf;
    this.#offset = Math.round(Date.parse(tasks.now) - (asked + now) / 2) / 1000;
    for (const task of tasks.tasks) this.#name(task, tasks.person, now);
    await this.store.keepTasks(tasks, now);
    await this.#recall();
  }

  /** Whose names were told and are still kept: each telling is a look at somebody, written down. @param {number} now */
  #names(now) {
    const fresh = this.tasks?.tasks.filter((t) => t.who && now - (t.named ?? 0) < NAMED) ?? [];
    return new URLSearchParams([["person", this.tasks?.person ?? ""], ...fresh.map((t) => ["known", t.id])]);
  }

  /** Put in the name that was told before, for the same person at this desk. @param {import("./types.js").Task} task @param {string} me @param {number} now */
  #name(task, me, now) {
    const before = this.tasks?.person === me ? this.tasks.tasks.find((t) => t.id === task.id) : undefined;
    const told = task.who || !before;
    task.who = told ? task.who : before.who;
    task.named = told ? now : before.named ?? now;
    for (const step of task.steps) for (const s of step.signers) if (s.person !== me) s.name ||= task.who;
  }

  /** @param {string} path @param {unknown} [body] */
  async #ask(path, body) {
    const method = body === undefined ? "GET" : "POST";
    return this.#speak(method, path, { "Content-Type": "application/json" }, body === undefined ? undefined : JSON.stringify(body));
  }

  /** @param {string} method @param {string} path @param {Record<string, string>} headers @param {BodyInit} [body] */
  async #speak(method, path, headers, body) {
    const csrf = this.#csrf ?? document.querySelector('meta[name="csrf"]')?.getAttribute("content") ?? "";
    const answer = await fetch(path, {
      method,
      headers: { "X-CSRF-Token": csrf, Accept: "application/json", ...headers },
      body,
      signal: AbortSignal.timeout(PATIENCE),
      cache: "no-store",
    });
    this.signedOut = answer.status === 401;
    if (answer.status === 410) this.revoked = true;
    if (answer.status >= 500) throw new TypeError(`the platform answered ${answer.status}`);
    return answer;
  }

  /** This device was revoked: forget all but what waits to be handed in, and that too once it is. */
  async #forget() {
    this.tasks = null;
    await this.store.dropTasks();
    if (this.queue.length) return;
    await this.store.wipe();
    await forgetKey();
    this.told = [];
  }
}

/** Whether somebody signs a step later, on their own phone. @param {import("./types.js").Step} step @param {Intent} intent */
function lacksHands(step, intent) {
  return intent.body.hands.length < step.signers.length;
}

/** An intent with this device's mark over all of it. @param {Omit<Intent, "signature">} said @returns {Promise<Intent>} */
async function signed(said) {
  return { ...said, signature: await sign(await deviceKey(), `zhouqiao intent 1\n${canonical(said)}`) };
}

/** A moment to the second, as the platform writes it. @param {Date} at */
export function seconds(at) {
  return `${at.toISOString().slice(0, 19)}Z`;
}

/** @param {Intent} a @param {Intent} b */
function inOrder(a, b) {
  if (a.case === b.case) return a.base_version - b.base_version;
  return a.happened_at < b.happened_at ? -1 : 1;
}
