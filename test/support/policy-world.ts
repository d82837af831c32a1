import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { loadCatalog } from "../../src/catalog.ts";
import { type FieldDefinition, fieldIn, typeIn } from "../../src/classification/catalog.ts";
import type { Caller } from "../../src/identity/caller.ts";
import { DEMO_CALLERS } from "../../src/identity/demo-callers.ts";
import { DEMO_ORGANISATIONS } from "../../src/identity/demo-organisations.ts";
import { demoCallerAt } from "../../src/identity/demo-tokens.ts";
import { abilityFor } from "../../src/policy/ability.ts";
import { Decisions } from "../../src/policy/decisions.ts";
import { readPolicyFiles } from "../../src/policy/document.ts";
import { loadPolicy } from "../../src/policy/load.ts";

const ROOT = join(import.meta.dirname, "../..");

/** The product's own types and policies, as they are served. */
export const CATALOG = loadCatalog();
export const POLICY = loadPolicy(readPolicyFiles(join(ROOT, "policies")), CATALOG);
export const CUSTOMER = typeIn(CATALOG, "Customer");

/** A row by attribute and field name. */
export type PlainRow = Readonly<Record<string, unknown>>;

/** An adult, active customer of the transferor, to whom nothing special happened. */
export const BASE_CUSTOMER = withIds(
  parse(readFileSync(join(ROOT, "test/policies/base-customer.yaml"), "utf8")) as PlainRow,
);

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
  return {
    ...demoCallerAt({ name, now, ...(purpose === undefined ? {} : { purpose }) }),
    ...changes,
  };
}

/** The base customer with some attributes changed; organisations and callers go by their names. */
export function customerBut(changes: PlainRow): PlainRow & { readonly __typename: "Customer" } {
  return { ...BASE_CUSTOMER, ...withIds(changes), __typename: "Customer" };
}

/** A field of the customer. */
export function customerField(name: string): FieldDefinition {
  return fieldIn(CUSTOMER, name);
}

/** Puts ids where attributes of kind uuid say `transferor` or `cs-agent`. */
function withIds(row: PlainRow): PlainRow {
  const entries = Object.entries(row).map(([name, value]) => {
    const kind = CUSTOMER.attributes.get(name)?.kind;
    if (kind === "uuid[]") return [name, (value as string[]).map(idOf)];
    return [name, kind !== "uuid" ? value : name === "id" ? customerIdOf(value) : idOf(value)];
  });
  return Object.fromEntries(entries) as PlainRow;
}

function idOf(name: unknown): unknown {
  const organisation = Object.values(DEMO_ORGANISATIONS).find(({ code }) => code === name);
  return (organisation ?? DEMO_CALLERS.find((caller) => caller.name === name))?.id ?? name;
}

/** `data-subject` as the id of a customer is the customer that this caller is. */
function customerIdOf(name: unknown): unknown {
  return DEMO_CALLERS.find((caller) => caller.name === name)?.customerId ?? name;
}
