import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { DISCLOSURES } from "../../src/classification/disclosure.ts";

const FOLDER = join(import.meta.dirname, "../policies");

/** The matrix has a form of its own; the base customer is no table. */
const OTHER_FILES = ["matrix.yaml", "base-customer.yaml"];

const code = z.string().regex(/^[A-Z][A-Z0-9_]*$/);

const decision = z
  .int()
  .min(1)
  .max(42)
  .optional()
  .describe("Number of the worked decision in the domain notes, section 4.5.");

const caller = z.strictObject({
  is: z.string().describe("Name of a demo caller."),
  for: z.string().optional().describe("Purpose; may be left out where the caller has only one."),
  but: z.record(z.string(), z.unknown()).optional().describe("Attributes that differ."),
});

const verdict = z.strictObject({
  level: z.enum(DISCLOSURES),
  reason: code.optional().describe("Left out at CLEAR, which needs none."),
  rule: z.string().describe("Id of the deciding rule."),
  shown: z.string().nullable().optional().describe("What stands in the answer."),
});

const who = z.string().describe("One of `callers`.");
const whose = z.string().describe("One of `customers`.");

const read = z.strictObject({ decision, who, whose, fields: z.record(z.string(), verdict) });

const row = z.strictObject({
  decision,
  who,
  whose,
  answer: z.enum(["VISIBLE", "NOT_FOUND", "GONE"]),
  reason: code.optional().describe("Left out where the row is visible."),
  rule: z.string(),
});

const query = z.strictObject({
  decision,
  who,
  by: z.strictObject({ filter: z.string().optional(), sort: z.string().optional() }),
  answer: z
    .enum(["FIELD_FILTER_FORBIDDEN", "FIELD_SORT_FORBIDDEN", "EVERY_ROW", "SOME_ROWS"])
    .describe("Refused, or on which rows it holds."),
  on: z.array(whose).optional().describe("Rows on which it holds."),
  "not-on": z.array(whose).optional().describe("Rows that it passes over."),
});

const change = z.strictObject({
  decision,
  who: z.string().describe("Only for the sentence: whoever it is, a mask is refused."),
  field: z.string(),
  value: z.string(),
  answer: code,
});

/** A decision table as it is written: named callers x named customers x what they ask. */
export const decisionTable = z.strictObject({
  about: z.string(),
  now: z.iso.datetime(),
  callers: z.record(z.string(), caller),
  customers: z.record(z.string(), z.record(z.string(), z.unknown())),
  reads: z.array(read).default([]),
  rows: z.array(row).default([]),
  queries: z.array(query).default([]),
  changes: z.array(change).default([]),
});

export type DecisionTable = z.infer<typeof decisionTable>;

/** The JSON schema that editors check the tables with. */
export function decisionTableSchema(): unknown {
  return {
    title: "Decision table: named callers x named customers x fields",
    ...z.toJSONSchema(decisionTable, { io: "input" }),
  };
}

/** Every decision table by file name, and the first line of its file. */
export function decisionTables(): { name: string; firstLine: string; table: DecisionTable }[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith(".yaml") && !OTHER_FILES.includes(name))
    .sort()
    .map((name) => {
      const text = readFileSync(join(FOLDER, name), "utf8");
      const table = decisionTable.parse(parse(text));
      return { name, firstLine: text.split("\n")[0] ?? "", table };
    });
}
