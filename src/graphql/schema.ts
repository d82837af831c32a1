import { type GraphQLSchema, isObjectType, lexicographicSortSchema, printSchema } from "graphql";
import { buildSchemaSync, type NonEmptyArray } from "type-graphql";
import type { Catalog } from "../classification/catalog.ts";
import { guardSchema } from "../guard/guard-schema.ts";

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
}): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: resolvers as unknown as NonEmptyArray<Function>,
    orphanedTypes: [...types],
    validate: false,
  });
  return useDefaultResolvers(guardSchema(schema, catalog), catalog);
}

/** The schema as it is published: sorted, so that its diff shows changes and nothing else. */
export function printPublishedSchema(schema: GraphQLSchema): string {
  return `${printSchema(lexicographicSortSchema(schema))}\n`;
}

/**
 * Connections, edges and payloads are plain data; type-graphql would wrap each of their fields in
 * a promise.
 */
function useDefaultResolvers(schema: GraphQLSchema, catalog: Catalog): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || catalog.has(type.name) || type.name.startsWith("__")) continue;
    if (!/(Connection|Edge|PageInfo|FieldAccess|ExpectedAccess)$/.test(type.name)) continue;
    for (const field of Object.values(type.getFields())) delete field.resolve;
  }
  return schema;
}
