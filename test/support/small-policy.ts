import type { PolicyFile } from "../../src/policy/document.ts";
import { PolicyFaults } from "../../src/policy/fault.ts";
import { loadPolicy } from "../../src/policy/load.ts";
import { CATALOG } from "./policy-world.ts";

/** A sound policy of one purpose, one role, one row rule, one grant and one stop. */
const SOUND: Readonly<Record<string, string>> = {
  "purposes.yaml": `purposes:
  - code: SERVICE
    about: To serve.
    basis: CUSTOMER
`,
  "roles/agent.yaml": `role: AGENT
about: Serves.
kind: STAFF
grants:
  - id: service
    about: Reads to serve.
    purposes: [SERVICE]
    give:
      CLEAR: [NAME]
`,
  "rows.yaml": `rows:
  - id: own
    about: The own ledger.
    roles: [AGENT]
    when: { controllerId: $caller.organisationId }
`,
  "stops/state.yaml": `stops:
  - id: held
    about: Held records.
    source: a statute
    stage: STATE
    reason: ON_HOLD
    when: { legalHold: true }
    at-most: NONE
`,
};

/** Files of the small policy to replace, change or add, by name. */
export type PolicyChange = Readonly<Record<string, string | ((text: string) => string)>>;

/** The small policy with some files replaced, changed or added. */
export function smallPolicy(changes: PolicyChange = {}): PolicyFile[] {
  const texts: Record<string, string> = { ...SOUND };
  for (const [name, change] of Object.entries(changes)) {
    texts[name] = typeof change === "string" ? change : change(texts[name] as string);
  }
  return Object.entries(texts).map(([name, text]) => ({ name, text }));
}

/** Replaces a piece that must be there. */
export function instead(piece: string, other: string): (text: string) => string {
  return (text) => {
    if (!text.includes(piece)) throw new Error(`There is no ${JSON.stringify(piece)}.`);
    return text.replace(piece, other);
  };
}

/** The small policy with a piece of its role document, its rows or its stop replaced. */
export const inAgent = inFile("roles/agent.yaml");
export const inRows = inFile("rows.yaml");
export const inStop = inFile("stops/state.yaml");

function inFile(name: string): (piece: string, other: string) => PolicyChange {
  return (piece, other) => ({ [name]: instead(piece, other) });
}

/** What is said about a policy when it is loaded: `file:line: message`, or nothing. */
export function faultsOf(files: readonly PolicyFile[]): string[] {
  try {
    loadPolicy(files, CATALOG);
  } catch (error) {
    if (error instanceof PolicyFaults) return error.message.split("\n");
    throw error;
  }
  return [];
}
