import { z } from "zod";
import { DISCLOSURES } from "../classification/disclosure.ts";
import { DECIDED_ACTIONS, type DecisionEntry } from "../policy/decision-entry.ts";
import { STAGES } from "../policy/rule.ts";

/** What a table says of the decision log's entry; what it leaves out may be anything. */
export const logged = z
  .strictObject({
    action: z.enum(DECIDED_ACTIONS),
    roles: z.array(z.string()),
    purpose: z.string().nullable(),
    type: z.string(),
    field: z.string().nullable(),
    row: z.string().nullable(),
    disclosure: z.enum(DISCLOSURES),
    reason: z.string().nullable(),
    rule: z.string(),
    stage: z.enum(STAGES).nullable(),
    under: z.array(z.string()).describe("Elevations and cases by which the rule held."),
  })
  .partial()
  .describe("What the decision log keeps of it.");

/** Where the entry of a decision differs from what a table says of it; null where nowhere. */
export function logFailure(
  expected: z.infer<typeof logged> | undefined,
  entry: DecisionEntry,
): string | null {
  const differing = Object.entries(expected ?? {}).flatMap(([name, wanted]) => {
    const kept = JSON.stringify(entry[name as keyof DecisionEntry]);
    return kept === JSON.stringify(wanted) ? [] : [`${name} ${kept}`];
  });
  return differing.length === 0 ? null : `logged ${differing.join(", ")}`;
}
