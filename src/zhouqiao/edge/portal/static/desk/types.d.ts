// The shapes that travel between the desk and the platform.

export type Spot = [number, number];

/** One thing asked (`document.form.Field`). */
export interface Field {
  name: string; kind: string; label: string; required?: boolean; many?: boolean; fewest?: number; often?: number;
  unit?: string; step?: string; least?: string; most?: string; shortest?: number; longest?: number;
  options?: string[]; fields?: Field[]; media?: string[];
}

export interface FormSpec { name: string; doc: string; fields: Field[] }

export interface Signer { role: string; person: string; name: string; word: string }

/** A step this desk may take: from `start` to `end`; the `main` one is the big button. */
export interface Step {
  name: string; start: string; end: string; title: string; finish: string; done: string; main: boolean;
  form: FormSpec | null; signers: Signer[]; covers: string[];
}

export interface Task {
  id: string; case: string; version: number; state: string; title: string; who: string; code: string; about: string; phone: string;
  status: "ok" | "due" | "late" | "breach" | "unknown"; due_at: string | null; forecast_kg: string | null;
  place: { lon: number; lat: number; name: string } | null; km: number | null; eta: string | null; route: Spot[];
  steps: Step[]; closed?: boolean; waiting?: boolean; photos?: string[];
  /** When this device was told whom it is about (ms). */
  named?: number;
}

/** `GET /api/desk/tasks`. `words` has every label and option: `<label>`, `<label>.<option>`, `<label>.<option>.note`, `….hazardous`. */
export interface Tasks {
  now: string; csrf: string; person: string; unit: { id: string; name: string; at: Spot | null; heading: number } | null;
  tasks: Task[]; words: Record<string, string>; tolerance: number; unread: number;
}

/** A photo on this device: its name is its hash, as a record cites it; `url` shows it here. */
export interface Photo { name: string; url: string }

export interface Hand {
  role: string; person: string; name: string; strokes: string; width: number; height: number;
  signed_at: string; covers: string; key: string; mark: string;
}

/** What this desk wants to have happened. Sent in order by `POST /api/intents`. */
export interface Intent {
  client_id: string; person: string; case: string; step: string; base_version: number; happened_at: string; clock_offset: number;
  body: { record: Record<string, unknown> | null; hands: Hand[] }; key: string; signature: string;
}

export interface Result {
  client_id: string; status: "done" | "waiting" | "kept" | "refused"; words: string;
  theirs?: string; mine?: string; version?: number;
}

/** A result a person must see: two sides of a conflict, or why it was refused. */
export interface Told extends Result { case: string; title: string; code?: string; at: string }
