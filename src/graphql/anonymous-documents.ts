import { type DocumentNode, Kind } from "graphql";

/**
 * True for a document that may run without a token: `__typename`, by which clients and conformance
 * suites see that the endpoint is alive, and, where introspection is open, the schema's description
 * of itself. Anything else, a fragment at the root included, needs a token.
 */
export function isOpenToAnonymous(
  document: DocumentNode,
  { introspection }: { introspection: boolean },
): boolean {
  const open = introspection ? ["__typename", "__schema", "__type"] : ["__typename"];
  return document.definitions.every(
    (definition) =>
      definition.kind !== Kind.OPERATION_DEFINITION ||
      definition.selectionSet.selections.every(
        (selection) => selection.kind === Kind.FIELD && open.includes(selection.name.value),
      ),
  );
}
