import {
  assertValidSchema,
  type GraphQLSchema,
  isObjectType,
  lexicographicSortSchema,
  printSchema,
} from "graphql";
import { buildSchemaSync, type NonEmptyArray } from "type-graphql";
import type { Catalog } from "../classification/catalog.ts";
import { createExecutor, type Execute } from "../execution/executor.ts";
import { guardSchema } from "../guard/guard-schema.ts";
import { isPlain } from "./plain-types.ts";

/** A schema and what alone executes it. */
export interface ExecutableSchema {
  readonly schema: GraphQLSchema;
  readonly execute: Execute;
}

/**
 * Builds the schema from its resolvers and guards it. There is one schema per process.
 *
 * @throws UnclassifiedFieldError when a field of a guarded type has no classification
 */
export function buildGuardedSchema({
  resolvers,
  types,
  catalog,
}: {
  // type-graphql takes classes of any kind; it is the one place where their type is not ours.
  resolvers: readonly Function[];
  types: readonly Function[];
  catalog: Catalog;
}): ExecutableSchema {
  const built = buildSchemaSync({
    resolvers: resolvers as unknown as NonEmptyArray<Function>,
    orphanedTypes: [...types],
    validate: false,
    // That check answers an introspection of the whole schema, to find what is looked for right below.
    skipCheck: true,
  });
  assertValidSchema(built);
  const guarded = guardSchema(useDefaultResolvers(built), catalog);
  return { schema: guarded.schema, execute: createExecutor(guarded) };
}

/** The schema as it is published: sorted, so that its diff shows changes and nothing else. */
export function printPublishedSchema(schema: GraphQLSchema): string {
  return `${printSchema(lexicographicSortSchema(schema))}\n`;
}

/** Plain data is read by graphql's own resolver. */
function useDefaultResolvers(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || !isPlain(type.name)) continue;
    for (const field of Object.values(type.getFields())) delete field.resolve;
  }
  return schema;
}
