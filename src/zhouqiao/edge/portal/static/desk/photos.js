// Photos: kept on the device before anything is told of them, brought in parts (tus 1.0) when there is
// a line, and let go once the platform has answered the intent that cites them.
/** @import { Intent } from "./types.js" */
/** @import { Store } from "./store.js" */

const PART = 262_144;
const NAME = /^file_[0-9a-f]{64}$/;

/** @typedef {(method: string, path: string, headers?: Record<string, string>, body?: BodyInit) => Promise<Response>} Ask */

export class Photos {
  /** Taken since this page opened, and not answered for yet. @type {Set<string>} */
  #fresh = new Set();

  /** @param {Store} store @param {Ask} ask */
  constructor(store, ask) {
    this.store = store;
    this.ask = ask;
  }

  /** Keep a photo; return its name, which is its hash. @param {Blob} taken */
  async keep(taken) {
    const bytes = await taken.arrayBuffer();
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    const name = `file_${[...hash].map((b) => b.toString(16).padStart(2, "0")).join("")}`;
    this.#fresh.add(name);
    await this.store.keepPhoto(name, bytes);
    return name;
  }

  /** An intent was answered: what it cites need not stay for its sake. @param {Intent} intent */
  answered(intent) {
    for (const name of cited(intent)) this.#fresh.delete(name);
  }

  /** Forget photos that nothing queued cites, and no step being filled in may. @param {Intent[]} queue */
  async tidy(queue) {
    await this.store.dropPhotos(new Set([...this.#fresh, ...queue.flatMap(cited)]));
  }

  /** Bring a photo whole, from where it stopped; return why it is refused for good, or nothing. @param {string} name */
  async bring(name) {
    const bytes = await this.store.photo(name);
    if (!bytes) return "";
    for (let held = await this.#begun(name, bytes.byteLength); ;) {
      if (typeof held === "string") return held;
      if (held === bytes.byteLength) return "";
      held = await this.#part(name, bytes, held);
    }
  }

  /** How much of it is there, announcing it if need be. @param {string} name @param {number} size @returns {Promise<number | string>} */
  async #begun(name, size) {
    const known = await this.store.way(name);
    if (known) {
      const there = await this.ask("HEAD", known);
      if (there.ok) return Number(there.headers.get("Upload-Offset"));
    }
    const metadata = `sha256 ${btoa(name.slice(5))}`;
    const begun = await this.ask("POST", "/api/files", { "Upload-Length": String(size), "Upload-Metadata": metadata });
    if (!begun.ok) return refused(begun);
    await this.store.keepWay(name, begun.headers.get("Location") ?? "");
    return 0;
  }

  /** @param {string} name @param {ArrayBuffer} bytes @param {number} held @returns {Promise<number | string>} */
  async #part(name, bytes, held) {
    const way = (await this.store.way(name)) ?? "";
    const headers = { "Content-Type": "application/offset+octet-stream", "Upload-Offset": String(held) };
    const answer = await this.ask("PATCH", way, headers, bytes.slice(held, held + PART));
    if (answer.ok || answer.status === 409) return Number(answer.headers.get("Upload-Offset"));
    return refused(answer);
  }
}

/** The photos an intent cites. @param {Intent} intent @returns {string[]} */
export function cited(intent) {
  const values = Object.values(intent.body.record ?? {}).flat();
  return values.filter((v) => typeof v === "string" && NAME.test(v)).map(String);
}

/** A record without one of its photos. @param {Record<string, unknown>} record @param {string} name */
export function without(record, name) {
  const rest = Object.entries(record).filter(([, v]) => v !== name);
  return Object.fromEntries(rest.map(([key, v]) => [key, Array.isArray(v) ? v.filter((one) => one !== name) : v]));
}

/** Why it is refused, in words; what may pass, like a session that ended, is no refusal. @param {Response} answer */
async function refused(answer) {
  if ([401, 403, 404, 410, 429].includes(answer.status)) throw new TypeError(`the platform answered ${answer.status}`);
  return (await answer.json()).said || String(answer.status);
}
