import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLObjectType,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  visit,
} from "graphql";
import { LRUCache } from "lru-cache";
import type { Operation } from "./operation.ts";
import type { RowGuard } from "./row-guard.ts";
import { type Selection, selectionOf } from "./selection.ts";

/** Answers to `@skip` and `@include` for which an operation is kept compiled. */
const MOST_VARIANTS = 16;

/** One operation; what it selects hangs on the variables that `@skip` and `@include` ask about. */
export interface CompiledOperation {
  readonly definition: OperationDefinitionNode;
  /** True for mutations. */
  readonly isSerial: boolean;
  /** @throws GraphQLError where the root selects by a variable that has no value */
  readonly under: (variables: Readonly<Record<string, unknown>>) => {
    readonly operation: Operation;
    readonly selection: Selection;
  };
}

/** Compiles the operations of a document, each when it is first asked for by its name. */
export function compileDocument({
  schema,
  document,
  guardOf,
}: {
  schema: GraphQLSchema;
  document: DocumentNode;
  guardOf: (type: GraphQLObjectType) => RowGuard | null;
}): (name: string | null) => CompiledOperation | GraphQLError {
  const fragments = fragmentsIn(document);
  const asked = variablesOfConditions(document);
  const compiled = new Map<OperationDefinitionNode, CompiledOperation>();
  return (name) => {
    const definition = operationNamed(document, name);
    if (definition instanceof GraphQLError) return definition;
    let known = compiled.get(definition);
    if (known === undefined) {
      known = compileOperation({ schema, definition, fragments, guardOf }, asked);
      compiled.set(definition, known);
    }
    return known;
  };
}

function compileOperation(
  parts: Omit<Operation, "variables">,
  asked: readonly string[],
): CompiledOperation {
  const { definition, schema } = parts;
  const variants = new LRUCache<string, ReturnType<CompiledOperation["under"]>>({
    max: MOST_VARIANTS,
  });
  return {
    definition,
    isSerial: definition.operation === "mutation",
    under: (variables) => {
      const key = asked.map((name) => String(variables[name])).join();
      let variant = variants.get(key);
      if (variant === undefined) {
        const type = schema.getRootType(definition.operation);
        if (type == null) {
          const message = `Schema is not configured to execute ${definition.operation} operation.`;
          throw new GraphQLError(message, { nodes: definition });
        }
        const conditions = Object.fromEntries(
          asked
            .filter((name) => Object.hasOwn(variables, name))
            .map((name) => [name, variables[name]]),
        );
        const operation = { ...parts, variables: conditions };
        const sets = [definition.selectionSet];
        variant = { operation, selection: selectionOf(operation, { type, sets, within: "" }) };
        variants.set(key, variant);
      }
      return variant;
    },
  };
}

function fragmentsIn({ definitions }: DocumentNode): Record<string, FragmentDefinitionNode> {
  const fragments = Object.create(null) as Record<string, FragmentDefinitionNode>;
  for (const definition of definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
  return fragments;
}

function operationNamed(
  { definitions }: DocumentNode,
  name: string | null,
): OperationDefinitionNode | GraphQLError {
  const operations = definitions.filter(
    (definition) => definition.kind === Kind.OPERATION_DEFINITION,
  );
  const named = operations.filter((operation) => name === null || operation.name?.value === name);
  const [found] = named;
  if (found === undefined)
    return new GraphQLError(
      name === null ? "Must provide an operation." : `Unknown operation named "${name}".`,
    );
  return named.length > 1
    ? new GraphQLError("Must provide operation name if query contains multiple operations.")
    : found;
}

/** Names of the variables that `@skip` and `@include` ask about anywhere. */
function variablesOfConditions(document: DocumentNode): string[] {
  const names = new Set<string>();
  visit(document, {
    Directive: (directive) => {
      for (const { value } of directive.arguments ?? [])
        if (value.kind === Kind.VARIABLE) names.add(value.name.value);
      return false;
    },
  });
  return [...names].sort();
}
