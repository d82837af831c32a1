import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import type { Filter } from "../../src/database/read-request.ts";
import { restrictToGroupedRows } from "../../src/guard/check-groups.ts";
import type { Caller } from "../../src/identity/caller.ts";
import type { Decisions } from "../../src/policy/decisions.ts";
import { compilePredicate } from "../../src/policy/matches.ts";
import { callerBut, customerBut, customerField, decisionsOf } from "../support/policy-world.ts";

/* Worked decisions about counts (12 and 16): who is told how many there are, and in which groups. */

const changes = z.record(z.string(), z.unknown());
const table = z.strictObject({
  about: z.string(),
  now: z.iso.datetime().transform((text) => new Date(text)),
  callers: z.record(
    z.string(),
    z.strictObject({ is: z.string(), for: z.string().optional(), but: changes.default({}) }),
  ),
  customers: z.record(z.string(), changes),
  counts: z.array(
    z.strictObject({
      decision: z.int().min(1).max(42).optional(),
      who: z.string(),
      by: z.string().optional(),
      answer: z.enum(["FIELD_GROUP_FORBIDDEN", "COUNTED"]),
      on: z.array(z.string()).default([]),
      "not-on": z.array(z.string()).default([]),
    }),
  ),
});

const FILE = join(import.meta.dirname, "counts", "who-counts.yaml");
const { callers, customers, counts, now } = table.parse(parse(readFileSync(FILE, "utf8")));

const CASES = counts.map((count) => ({ ...count, by: count.by ?? "nothing" }));

test.each(CASES)("$who counts customers by $by: $answer", (count) => {
  const decisions = decisionsBy(count.who);
  const fields = count.by === "nothing" ? [] : [customerField(count.by)];
  const ask = (): Filter | null => restrictToGroupedRows({ decisions, filter: null, by: fields });
  if (count.answer === "FIELD_GROUP_FORBIDDEN") {
    expect(ask).toThrow(
      expect.objectContaining({ code: count.answer, extras: { field: count.by } }),
    );
    return;
  }
  const filter = ask();
  const isCounted = (whose: string): boolean => {
    const row = customerBut(customers[whose] ?? unknown(whose));
    const isWanted = filter?.kind !== "rows" || compilePredicate(filter.condition)(row);
    return isWanted && compilePredicate(decisions.rows("count", "Customer"))(row);
  };
  expect(count.on.filter((whose) => !isCounted(whose))).toEqual([]);
  expect(count["not-on"].filter(isCounted)).toEqual([]);
});

test.each(Object.keys(customers))("nobody who only counts sees %s, or knows of it", (whose) => {
  const decisions = decisionsBy("a manager of the transferee before the deal");
  const row = customerBut(customers[whose] ?? unknown(whose));
  expect(decisions.canSee("Customer", row)).toBe(false);
  expect(compilePredicate(decisions.rows("know", "Customer"))(row)).toBe(false);
});

test("the worked decisions about counts are there", () => {
  expect(new Set(counts.map(({ decision }) => decision))).toEqual(new Set([12, 16, undefined]));
});

function decisionsBy(who: string): Decisions {
  const said = callers[who] ?? unknown(who);
  const caller = callerBut({
    name: said.is,
    now,
    changes: said.but as Partial<Caller>,
    ...(said.for === undefined ? {} : { purpose: said.for }),
  });
  return decisionsOf(caller, now);
}

function unknown(name: string): never {
  throw new Error(`The table names no "${name}".`);
}
