import type { Client } from "./client.ts";
import type { SchemaView } from "./schema-view.ts";
import type { Target } from "./target.ts";

/** `measured` is for times, which are told and never judged. */
export type Verdict = "closed" | "open" | "does not apply" | "measured";

/** What a probe found. */
export interface Finding {
  readonly verdict: Verdict;
  /** What was asked. */
  readonly probe: string;
  /** Why the verdict is what it is. */
  readonly detail: string;
}

/** A protected field of the object, with its value and what the masked caller is shown of it. */
export interface Secret {
  readonly field: string;
  readonly value: string;
  /** A value of the same form that nobody has. */
  readonly other: string;
  readonly shown: unknown;
  readonly masked: RegExp;
  readonly derived: readonly string[];
}

/** Everything that probes work with. */
export interface Lab {
  readonly client: Client;
  readonly target: Target;
  readonly schema: SchemaView | null;
  readonly secrets: readonly Secret[];
}

export function closed(probe: string, detail: string): Finding {
  return { verdict: "closed", probe, detail };
}

export function open(probe: string, detail: string): Finding {
  return { verdict: "open", probe, detail };
}

export function doesNotApply(probe: string, detail: string): Finding {
  return { verdict: "does not apply", probe, detail };
}

const MOST_TOLD = 5;

/** Open with the leaks that were found, else closed. */
export function unless(leaks: readonly string[], probe: string, detail: string): Finding {
  if (leaks.length === 0) return closed(probe, detail);
  return open(probe, [...new Set(leaks)].slice(0, MOST_TOLD).join("; "));
}
