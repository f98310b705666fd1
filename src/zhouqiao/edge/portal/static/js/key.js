// The key of this device: made here, never leaves here. Ed25519 where the browser has it, else ECDSA
// P-256. The private half is not extractable; only the public half is told, once, as a JWK.

const NAME = "zhouqiao-device";

/** @typedef {{ private: CryptoKey, public: JsonWebKey, alg: "Ed25519" | "ES256", id: string }} DeviceKey */

/** Return this device's key, made on first use. @returns {Promise<DeviceKey>} */
export async function deviceKey() {
  const kept = await ask("readonly", (s) => s.get("key"));
  if (kept) return kept;
  const made = await fresh();
  await ask("readwrite", (s) => s.put(made, "key"));
  return made;
}

/** Forget this device's key (after it was revoked). */
export async function forgetKey() {
  await ask("readwrite", (s) => s.delete("key"));
}

/** Sign text; base64url. @param {DeviceKey} key @param {string} text */
export async function sign(key, text) {
  const how = key.alg === "Ed25519" ? { name: "Ed25519" } : { name: "ECDSA", hash: "SHA-256" };
  const mark = await crypto.subtle.sign(how, key.private, new TextEncoder().encode(text));
  return base64url(new Uint8Array(mark));
}

/** Sign text; standard base64, as bytes travel in our JSON. @param {DeviceKey} key @param {string} text */
export async function mark(key, text) {
  const plain = (await sign(key, text)).replaceAll("-", "+").replaceAll("_", "/");
  return plain.padEnd(Math.ceil(plain.length / 4) * 4, "=");
}

/** SHA-256 of text, in hex. @param {string} text */
export async function digest(text) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");
}

/** JSON whose keys are sorted at every depth, so that equal values have equal bytes. @param {unknown} value @returns {string} */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value !== null && typeof value === "object") {
    const known = Object.entries(value).filter(([, v]) => v !== undefined).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${known.map(([k, v]) => `${JSON.stringify(k)}:${canonical(v)}`).join(",")}}`;
  }
  return JSON.stringify(value);
}

/** @param {Uint8Array} bytes */
export function base64url(bytes) {
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

async function fresh() {
  try {
    return await make({ name: "Ed25519" }, "Ed25519");
  } catch {
    return make({ name: "ECDSA", namedCurve: "P-256" }, "ES256");
  }
}

/** @param {any} how @param {DeviceKey["alg"]} alg @returns {Promise<DeviceKey>} */
async function make(how, alg) {
  const pair = /** @type {CryptoKeyPair} */ (await crypto.subtle.generateKey(how, false, ["sign", "verify"]));
  const { kty, crv, x, y } = await crypto.subtle.exportKey("jwk", pair.publicKey);
  const shown = y ? { crv, kty, x, y } : { crv, kty, x };
  const print = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(canonical(shown)));
  return { private: pair.privateKey, public: shown, alg, id: base64url(new Uint8Array(print)) };
}

/** @param {IDBTransactionMode} mode @param {(store: IDBObjectStore) => IDBRequest} act @returns {Promise<any>} */
function ask(mode, act) {
  return new Promise((done, fail) => {
    const open = indexedDB.open(NAME, 1);
    open.onupgradeneeded = () => open.result.createObjectStore("keys");
    open.onerror = () => fail(open.error);
    open.onsuccess = () => {
      const asked = act(open.result.transaction("keys", mode).objectStore("keys"));
      asked.onsuccess = () => { open.result.close(); done(asked.result); };
      asked.onerror = () => fail(asked.error);
    };
  });
}
