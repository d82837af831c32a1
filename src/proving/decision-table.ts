import { readdirSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { DISCLOSURES } from "../classification/disclosure.ts";
import { VERBS } from "../policy/rule.ts";
import { logged } from "./log-failure.ts";
import { parsedAs, readTableFile, type TableFile } from "./table-file.ts";

/** The matrix and the list of survivors have forms of their own; base rows are no tables. */
const OTHER_FILES = /^(matrix|survivors|base-.*)\.yaml$/;

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
  log: logged.optional(),
});

const who = z.string().describe("One of `callers`.");
const whose = z
  .string()
  .describe("One of the named rows: `customers`, `transfers`, `items`, `audits` and so on.");

const read = z.strictObject({ decision, who, whose, fields: z.record(z.string(), verdict) });

const row = z.strictObject({
  decision,
  who,
  whose,
  answer: z
    .enum(["VISIBLE", "ASKED", "COUNTED", "NOT_FOUND", "GONE", "REFUSED"])
    .describe(
      "COUNTED is not found by who asks for it, and yet one of many in a count; ASKED likewise, and yet questions about others may be about it; REFUSED is the whole request.",
    ),
  reason: code.optional().describe("Left out where the row is visible."),
  rule: z.string(),
  log: logged.optional(),
});

const query = z.strictObject({
  decision,
  who,
  by: z.strictObject({ filter: z.string().optional(), sort: z.string().optional() }),
  answer: z
    .enum(["FIELD_FILTER_FORBIDDEN", "FIELD_SORT_FORBIDDEN", "EVERY_ROW", "SOME_ROWS"])
    .describe("Refused, or on which rows it holds."),
  on: z.array(whose).optional().describe("Rows on which it holds."),
  log: logged.optional(),
  "not-on": z.array(whose).optional().describe("Rows that it passes over."),
});

const change = z.strictObject({
  decision,
  who: z.string().describe("Only for the sentence: whoever it is, a mask is refused."),
  field: z.string(),
  value: z.string(),
  answer: code,
});

const verb = z.strictObject({
  who,
  verb: z.enum([...VERBS, "group"]),
  on: z.string().optional().describe("A type, where the verb is about no single field."),
  whose: whose.optional(),
  field: z.string().optional(),
  given: z.boolean(),
});

const rowsByName = z.record(z.string(), z.record(z.string(), z.unknown()));

/** A decision table as it is written: named callers x named customers x what they ask. */
export const decisionTable = z.strictObject({
  about: z.string(),
  now: z.iso.datetime(),
  callers: z.record(z.string(), caller),
  customers: rowsByName.default({}),
  transfers: rowsByName.default({}),
  items: rowsByName.default({}),
  alerts: rowsByName.default({}),
  elevations: rowsByName.default({}),
  mechanisms: rowsByName.default({}),
  decisions: rowsByName.default({}),
  audits: rowsByName.default({}),
  members: rowsByName.default({}),
  samples: rowsByName.default({}),
  reviews: rowsByName.default({}),
  reviewed: rowsByName.default({}),
  exports: rowsByName.default({}),
  reads: z.array(read).default([]),
  rows: z.array(row).default([]),
  queries: z.array(query).default([]),
  verbs: z.array(verb).default([]),
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

/** A decision table with its file. */
export interface WrittenTable extends TableFile {
  readonly table: DecisionTable;
}

/** Every decision table of a folder, in the order of their names. */
export function decisionTables(folder: string): WrittenTable[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".yaml") && !OTHER_FILES.test(name))
    .sort()
    .map((name) => {
      const file = readTableFile(join(folder, name), name);
      return { ...file, table: parsedAs(decisionTable, file) };
    });
}
