import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { attributesFor, type Catalog, typeIn } from "../classification/catalog.ts";
import type { Caller } from "../identity/caller.ts";
import { DEMO_CALLERS } from "../identity/demo-callers.ts";
import { DEMO_ORGANISATIONS } from "../identity/demo-organisations.ts";
import { demoCallerAt } from "../identity/demo-tokens.ts";
import { snakeCase } from "../lib/snake-case.ts";
import { callerItems } from "./caller-items.ts";

/** A row by attribute and field name. */
export type PlainRow = Readonly<Record<string, unknown>>;

/** A row that names its type. */
export type TypedRow = PlainRow & { readonly __typename: string };

/** Rows that differ in a few attributes from the base row of their type. */
export class DemoRows {
  readonly #catalog: Catalog;
  readonly #folder: string;
  readonly #bases = new Map<string, PlainRow>();

  /** @param folder holds the base rows, such as `base-customer.yaml` */
  constructor(catalog: Catalog, folder: string) {
    this.#catalog = catalog;
    this.#folder = folder;
  }

  /** The base row of a type with some attributes changed; organisations and callers go by their names. */
  but(type: string, changes: PlainRow): TypedRow {
    const row = { ...this.base(type), ...this.#withIds(type, changes) };
    return { ...withExportKey(row), __typename: type };
  }

  /** What rules read of an owner is part of the row, so that its base is as well. */
  base(type: string): PlainRow {
    let base = this.#bases.get(type);
    if (base === undefined) {
      const path = join(this.#folder, baseFileOf(type));
      const written = existsSync(path) ? (parse(readFileSync(path, "utf8")) as PlainRow) : {};
      const { ownedBy } = typeIn(this.#catalog, type);
      const owner = ownedBy === null ? {} : this.base(ownedBy.type);
      this.#bases.set(type, (base = { ...owner, ...this.#withIds(type, written) }));
    }
    return base;
  }

  /** Puts ids where attributes of kind uuid say `transferor` or `cs-agent`. */
  #withIds(type: string, row: PlainRow): PlainRow {
    const attributes = attributesFor(this.#catalog, typeIn(this.#catalog, type));
    const entries = Object.entries(row).map(([name, value]) => {
      const kind = attributes.get(name)?.kind;
      if (kind === "uuid[]") return [name, (value as string[]).map(idOf)];
      return [name, kind !== "uuid" ? value : name === "id" ? customerIdOf(value) : idOf(value)];
    });
    return Object.fromEntries(entries) as PlainRow;
  }
}

/** The database reckons it from law and controller; a table may say another one all the same. */
function withExportKey(row: PlainRow): PlainRow {
  const { jurisdiction, controllerId } = row;
  const isTold = typeof jurisdiction === "string" && typeof controllerId === "string";
  return "exportKey" in row || !isTold
    ? row
    : { ...row, exportKey: `${jurisdiction}/${controllerId}` };
}

/** File of the row that every row of a type starts from. */
export function baseFileOf(type: string): string {
  return `base-${snakeCase(type).replaceAll("_", "-").replace(/^-/, "")}.yaml`;
}

/** Attributes of a caller that are written as text and are points in time. */
const DATES = new Set(["trainingValidUntil", "authenticatedAt"]);

/** A demo caller with some attributes changed. */
export function callerBut({
  name,
  purpose,
  now,
  changes = {},
}: {
  name: string;
  purpose?: string | undefined;
  now: Date;
  changes?: PlainRow;
}): Caller {
  const dates = Object.entries(changes)
    .filter(([attribute, value]) => DATES.has(attribute) && typeof value === "string")
    .map(([attribute, value]) => [attribute, new Date(String(value))] as const);
  const caller = demoCallerAt({ name, now, ...(purpose === undefined ? {} : { purpose }) });
  return {
    ...caller,
    ...changes,
    ...Object.fromEntries(dates),
    ...callerItems(changes, { ...caller, ...changes } as Caller),
  };
}

function idOf(name: unknown): unknown {
  const organisation = Object.values(DEMO_ORGANISATIONS).find(({ code }) => code === name);
  return (organisation ?? DEMO_CALLERS.find((caller) => caller.name === name))?.id ?? name;
}

/** `data-subject` as the id of a customer is the customer that this caller is. */
function customerIdOf(name: unknown): unknown {
  return DEMO_CALLERS.find((caller) => caller.name === name)?.customerId ?? name;
}
