import type { FieldDefinition } from "../../src/classification/catalog.ts";
import { applyRendering, type Rendering } from "../../src/classification/rendering.ts";
import type { Row } from "../../src/database/read-request.ts";
import { disclose, type Unsealer } from "../../src/guard/disclose.ts";
import type { Caller } from "../../src/identity/caller.ts";
import type { Decisions } from "../../src/policy/decisions.ts";
import { compilePredicate } from "../../src/policy/matches.ts";
import type { Verdict } from "../../src/policy/verdict.ts";
import { pseudonym } from "../../src/sealing/pseudonym.ts";
import { newSecretKey } from "../../src/sealing/secret-key.ts";
import type { DecisionTable } from "./decision-table.ts";
import { callerBut, customerBut, decisionsOf, type PlainRow } from "./policy-world.ts";

/** The callers and customers of one table, with what the product's policies decide for them. */
export class TableWorld {
  readonly #table: DecisionTable;
  readonly #now: Date;

  constructor(table: DecisionTable) {
    this.#table = table;
    this.#now = new Date(table.now);
  }

  decisions(who: string): Decisions {
    return decisionsOf(this.caller(who), this.#now);
  }

  caller(who: string): Caller {
    const said = named(this.#table.callers, who);
    return callerBut({
      name: said.is,
      now: this.#now,
      changes: withDates(said.but ?? {}),
      ...(said.for === undefined ? {} : { purpose: said.for }),
    });
  }

  customer(whose: string): PlainRow & { readonly __typename: "Customer" } {
    return customerBut(named(this.#table.customers, whose));
  }
}

/** What a caller who knows the id of a customer is answered. */
export function rowAnswer(decisions: Decisions, row: PlainRow): "VISIBLE" | "NOT_FOUND" | "GONE" {
  if (!compilePredicate(decisions.rows("know", "Customer"))(row)) return "NOT_FOUND";
  return decisions.canSee("Customer", row) ? "VISIBLE" : "GONE";
}

/** What stands in the answer for a field, from the same parts that the reader loads. */
export function shownAs({
  field,
  row,
  verdict,
}: {
  field: FieldDefinition;
  row: PlainRow;
  verdict: Pick<Verdict, "disclosure">;
}): unknown {
  return disclose({
    field,
    row: storedForm(row, field),
    disclosure: verdict.disclosure,
    purpose: "ANALYTICS",
    unsealer: UNSEALED,
  });
}

/** The row with the parts of a field as they lie in the table, but for the ciphertext. */
function storedForm(row: PlainRow, field: FieldDefinition): Row {
  const value = (row[field.name] as string | undefined) ?? null;
  const rendered = (rendering: Rendering | undefined): string | null =>
    rendering === undefined || value === null
      ? null
      : applyRendering({ rendering, value, record: row, shape: field.shape });
  return {
    ...row,
    [field.name]: value,
    [`${field.name}$partial`]: rendered(field.renderings.PARTIAL),
    [`${field.name}$coarse`]: rendered(field.renderings.COARSE),
    [`${field.name}$index`]: value === null ? null : Buffer.from(String(value)),
    [`${field.name}$exists`]: value !== null,
  } as unknown as Row;
}

const TOKEN_KEY = newSecretKey();

/** Values are not sealed here; pseudonyms are made as ever, under a key of this run. */
const UNSEALED: Unsealer = {
  open: (field, row) => String(row[field.name]),
  pseudonymOfIndex: ({ field, purpose, index }) =>
    pseudonym({ organisationTokenKey: TOKEN_KEY, purpose, field: field.name, indexed: index }),
  pseudonymOfValue: ({ field, purpose, value }) =>
    pseudonym({
      organisationTokenKey: TOKEN_KEY,
      purpose,
      field: field.name,
      indexed: Buffer.from(value),
    }),
};

function named<T>(list: Readonly<Record<string, T>>, name: string): T {
  const found = list[name];
  if (found === undefined) throw new Error(`The table names no "${name}".`);
  return found;
}

function withDates(changes: PlainRow): Partial<Caller> {
  const until = changes["trainingValidUntil"];
  return typeof until === "string" ? { ...changes, trainingValidUntil: new Date(until) } : changes;
}
