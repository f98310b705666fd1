// What the desk keeps on the device: encrypted with a key that cannot leave it, and forgotten when
// we have not heard from the platform for too long, or when it says this device is revoked.
/** @import { Intent, Tasks, Told } from "./types.js" */

const NAME = "zhouqiao-desk";
const HOUR = 3_600_000;
const STORES = ["kept", "intents", "told", "photos"];

/** An open store. */
export class Store {
  /** @param {IDBDatabase} db @param {CryptoKey} key */
  constructor(db, key) {
    this.db = db;
    this.key = key;
  }

  /** Open, or make, the store of this device. */
  static async open() {
    const db = await opened();
    let key = await asked(db.transaction("keys").objectStore("keys").get("store"));
    if (!key) {
      key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
      await asked(db.transaction("keys", "readwrite").objectStore("keys").put(key, "store"));
    }
    return new Store(db, key);
  }

  /** @param {Tasks} tasks @param {number} heard */
  async keepTasks(tasks, heard) {
    await this.#put("kept", "tasks", { tasks, heard });
  }

  /** The last tasks heard of, or none once they are too old. @param {number} hours @param {number} now @returns {Promise<{ tasks: Tasks, heard: number } | null>} */
  async tasks(hours, now) {
    const kept = await this.#get("kept", "tasks");
    if (kept && now - kept.heard > hours * HOUR) {
      await this.dropTasks();
      return null;
    }
    return kept;
  }

  /** Forget the tasks, and who they are for. */
  async dropTasks() {
    await asked(this.db.transaction("kept", "readwrite").objectStore("kept").delete("tasks"));
  }

  /** Queue an intent, whole, before anything else is told. @param {Intent} intent */
  async queue(intent) {
    await this.#put("intents", intent.client_id, intent);
  }

  /** Intents not sent yet, in the order they happened. @returns {Promise<Intent[]>} */
  async queued() {
    return this.#all("intents");
  }

  /** @param {string} id */
  async unqueue(id) {
    await asked(this.db.transaction("intents", "readwrite").objectStore("intents").delete(id));
  }

  /** Keep what a person must see. @param {Told} told */
  async tell(told) {
    await this.#put("told", told.client_id, told);
  }

  /** @returns {Promise<Told[]>} */
  async told() {
    return this.#all("told");
  }

  /** @param {string} id */
  async untell(id) {
    await asked(this.db.transaction("told", "readwrite").objectStore("told").delete(id));
  }

  /** Keep a photo until what cites it was answered. @param {string} name @param {ArrayBuffer} bytes */
  async keepPhoto(name, bytes) {
    await this.#seal("photos", name, bytes);
  }

  /** @param {string} name @returns {Promise<ArrayBuffer | null>} */
  async photo(name) {
    const row = await asked(this.db.transaction("photos").objectStore("photos").get(name));
    return row ? this.#open(row) : null;
  }

  /** Where a photo is being brought to. @param {string} name @param {string} address */
  async keepWay(name, address) {
    await this.#put("kept", `way ${name}`, address);
  }

  /** @param {string} name @returns {Promise<string | null>} */
  async way(name) {
    return this.#get("kept", `way ${name}`);
  }

  /** Forget photos nothing queued cites any more. @param {Set<string>} cited */
  async dropPhotos(cited) {
    for (const name of await asked(this.db.transaction("photos").objectStore("photos").getAllKeys())) {
      if (cited.has(name)) continue;
      await asked(this.db.transaction("photos", "readwrite").objectStore("photos").delete(name));
      await asked(this.db.transaction("kept", "readwrite").objectStore("kept").delete(`way ${name}`));
    }
  }

  /** Forget everything, keys first: what is left cannot be read. */
  async wipe() {
    await asked(this.db.transaction("keys", "readwrite").objectStore("keys").clear());
    for (const name of STORES) {
      await asked(this.db.transaction(name, "readwrite").objectStore(name).clear());
    }
  }

  /** @param {string} store @param {string} id @param {unknown} value */
  async #put(store, id, value) {
    await this.#seal(store, id, new TextEncoder().encode(JSON.stringify(value)));
  }

  /** @param {string} store @param {string} id @param {BufferSource} plain */
  async #seal(store, id, plain) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, this.key, plain);
    await asked(this.db.transaction(store, "readwrite").objectStore(store).put({ iv, sealed }, id));
  }

  /** @param {string} store @param {string} id @returns {Promise<any>} */
  async #get(store, id) {
    const row = await asked(this.db.transaction(store).objectStore(store).get(id));
    return row ? this.#read(row) : null;
  }

  /** @param {string} store @returns {Promise<any[]>} */
  async #all(store) {
    const rows = await asked(this.db.transaction(store).objectStore(store).getAll());
    return Promise.all(rows.map((/** @type {any} */ row) => this.#read(row)));
  }

  /** @param {{ iv: Uint8Array<ArrayBuffer>, sealed: ArrayBuffer }} row */
  async #read(row) {
    return JSON.parse(new TextDecoder().decode(await this.#open(row)));
  }

  /** @param {{ iv: Uint8Array<ArrayBuffer>, sealed: ArrayBuffer }} row @returns {Promise<ArrayBuffer>} */
  async #open(row) {
    return crypto.subtle.decrypt({ name: "AES-GCM", iv: row.iv }, this.key, row.sealed);
  }
}

/** @returns {Promise<IDBDatabase>} */
function opened() {
  return new Promise((done, fail) => {
    const open = indexedDB.open(NAME, 2);
    open.onupgradeneeded = () => {
      for (const name of ["keys", ...STORES]) {
        if (!open.result.objectStoreNames.contains(name)) open.result.createObjectStore(name);
      }
    };
    open.onsuccess = () => done(open.result);
    open.onerror = () => fail(open.error);
  });
}

/** @template T @param {IDBRequest<T>} request @returns {Promise<any>} */
function asked(request) {
  return new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });
}
