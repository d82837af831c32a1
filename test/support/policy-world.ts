import { join } from "node:path";
import { loadCatalog } from "../../src/catalog.ts";
import { type FieldDefinition, fieldIn, typeIn } from "../../src/classification/catalog.ts";
import type { Caller } from "../../src/identity/caller.ts";
import { abilityFor } from "../../src/policy/ability.ts";
import { Decisions } from "../../src/policy/decisions.ts";
import { readPolicyFiles } from "../../src/policy/document.ts";
import { loadPolicy } from "../../src/policy/load.ts";
import {
  callerBut as demoCallerBut,
  DemoRows,
  type PlainRow as DemoRow,
  type TypedRow,
} from "../../src/proving/demo-rows.ts";

const ROOT = join(import.meta.dirname, "../..");

/** The product's own types and policies, as they are served. */
export const CATALOG = loadCatalog();
export const POLICY = loadPolicy(readPolicyFiles(join(ROOT, "policies")), CATALOG);
export const CUSTOMER = typeIn(CATALOG, "Customer");

/** A row by attribute and field name. */
export type PlainRow = DemoRow;

/** Where the decision tables and the base rows lie. */
export const TABLES_FOLDER = join(ROOT, "test/policies");

/** Rows of the tests, which start from the base rows. */
export const ROWS = new DemoRows(CATALOG, TABLES_FOLDER);

/** An adult, active customer of the transferor, to whom nothing special happened. */
export const BASE_CUSTOMER: PlainRow = ROWS.base("Customer");

/** What the product's policies decide for a caller. */
export function decisionsOf(caller: Caller, now: Date): Decisions {
  return new Decisions(abilityFor({ policy: POLICY, catalog: CATALOG, caller, now }));
}

/** A demo caller with some attributes changed. */
export function callerBut({
  name,
  purpose,
  now,
  changes = {},
}: {
  name: string;
  purpose?: string;
  now: Date;
  changes?: Partial<Caller>;
}): Caller {
  return demoCallerBut({ name, purpose, now, changes: { ...changes } });
}

/** The base customer with some attributes changed; organisations and callers go by their names. */
export function customerBut(changes: PlainRow): TypedRow & { readonly __typename: "Customer" } {
  return { ...ROWS.but("Customer", changes), __typename: "Customer" };
}

/** A field of the customer. */
export function customerField(name: string): FieldDefinition {
  return fieldIn(CUSTOMER, name);
}
