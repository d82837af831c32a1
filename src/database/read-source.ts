import {
  attributesFor,
  type Catalog,
  isOwnersAttribute,
  type TypeDefinition,
  typeIn,
} from "../classification/catalog.ts";
import { invariant } from "../lib/invariant.ts";
import type { SqlColumn } from "./sql-kind.ts";

/** The type whose data keys seal values. */
const KEY_OWNER = "Customer";

/** Alias of the rows that are read. */
export const ROW_ALIAS = "t";
const OWNER_ALIAS = "o";

/** Where a guarded type is read from. */
export interface ReadSource {
  readonly type: TypeDefinition;
  /** The table, joined with that of the owner whose rules hold for it. */
  readonly from: string;
  /** True when attributes are those of an owner, beside its own. */
  readonly isOwned: boolean;
  /** Column with the customer under whose key values are sealed, or null where there is none. */
  readonly customerId: string | null;
  /** The column of an attribute that rules about the type read. */
  readonly columnOf: (attribute: string) => SqlColumn;
}

/** Where the rows of a type, and the attributes that rules about them read, are found. */
export function sourceOf(catalog: Catalog, type: TypeDefinition): ReadSource {
  const { ownedBy } = type;
  const row = `${type.table} ${ROW_ALIAS}`;
  const attributes = attributesFor(catalog, type);
  const ownerId = ownedBy === null ? null : `${ROW_ALIAS}.${ownedBy.column}`;
  return {
    type,
    from:
      ownedBy === null
        ? row
        : `${row} join ${typeIn(catalog, ownedBy.type).table} ${OWNER_ALIAS} on ${OWNER_ALIAS}.id = ${ownerId}`,
    isOwned: ownedBy !== null,
    customerId: customerIdOf(type, ownerId),
    columnOf(name) {
      const attribute = attributes.get(name);
      invariant(attribute !== undefined, `rules about ${type.name} have no attribute ${name}`);
      const alias = isOwnersAttribute(catalog, type, name) ? OWNER_ALIAS : ROW_ALIAS;
      return { sql: `${alias}.${attribute.column}`, kind: attribute.kind };
    },
  };
}

function customerIdOf(type: TypeDefinition, ownerId: string | null): string | null {
  if (type.name === KEY_OWNER) return `${ROW_ALIAS}.id`;
  return type.ownedBy?.type === KEY_OWNER ? ownerId : null;
}
