import {
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLSchema,
  isObjectType,
} from "graphql";
import type { Catalog, TypeDefinition } from "../classification/catalog.ts";
import type { RowGuard } from "../execution/row-guard.ts";
import { rowGuardOf } from "./row-guard.ts";

/** Fields of guarded types that say nothing of the row: its id, and what was decided about it. */
const OPEN_FIELDS = new Set(["id", "access"]);

/** Thrown at boot: a schema with an unclassified field serves nobody. */
export class UnclassifiedFieldError extends Error {
  override readonly name = "UnclassifiedFieldError";
}

/** Thrown where rows are read past the guard: by another executor, or by ours without its guards. */
class UnguardedRowError extends Error {
  override readonly name = "UnguardedRowError";
}

/** A schema whose guarded fields are closed, and the guards that alone open them. */
export interface GuardedSchema {
  readonly schema: GraphQLSchema;
  /** Null for types that are not guarded. */
  readonly guardOf: (type: GraphQLObjectType) => RowGuard | null;
}

type Resolver = GraphQLFieldResolver<unknown, unknown>;

/**
 * Closes every field of every guarded type: its resolver refuses, so that a value has no other way into
 * an answer than the guard of its row. Done once at boot on the built schema, so no resolver, alias,
 * fragment, interface, payload or executor comes round it.
 *
 * @throws UnclassifiedFieldError naming every field that has no classification
 */
export function guardSchema(schema: GraphQLSchema, catalog: Catalog): GuardedSchema {
  const missing: string[] = [];
  const guards = new Map<string, RowGuard>();
  for (const type of catalog.values()) {
    const graphqlType = schema.getType(type.name);
    if (!isObjectType(graphqlType)) {
      missing.push(`${type.name} (not in the schema)`);
      continue;
    }
    const relations = new Map<string, Resolver>();
    for (const [name, graphqlField] of Object.entries(graphqlType.getFields())) {
      if (OPEN_FIELDS.has(name)) continue;
      const field = type.fields.get(name);
      if (field === undefined) missing.push(`${type.name}.${name}`);
      else {
        if (field.shape === "relation" && graphqlField.resolve)
          relations.set(name, graphqlField.resolve);
        graphqlField.resolve = refuse;
      }
    }
    guards.set(type.name, rowGuardOf(type, relations));
    missing.push(...fieldsWithoutSchema(type, Object.keys(graphqlType.getFields())));
  }
  if (missing.length > 0) {
    throw new UnclassifiedFieldError(`Without classification: ${missing.join(", ")}`);
  }
  return { schema, guardOf: ({ name }) => guards.get(name) ?? null };
}

function refuse(): never {
  throw new UnguardedRowError("A guarded field was read past the guard");
}

function fieldsWithoutSchema(type: TypeDefinition, names: readonly string[]): string[] {
  return [...type.fields.keys()]
    .filter((name) => !names.includes(name))
    .map((name) => `${type.name}.${name} (not in the schema)`);
}
