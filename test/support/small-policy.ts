import type { PolicyFile } from "../../src/policy/document.ts";

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

/** The small policy with some files replaced, changed or added. */
export function smallPolicy(
  changes: Readonly<Record<string, string | ((text: string) => string)>> = {},
): PolicyFile[] {
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
