import {
  type FieldNode,
  getArgumentValues,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
} from "graphql";
import type { Complete } from "./complete.ts";
import type { ResponsePath } from "./response-path.ts";
import type { Run } from "./run.ts";

/** A field at its place, before it is known how its values are completed. */
export interface BareStep {
  /** Name in the answer. */
  readonly key: string;
  readonly nodes: readonly FieldNode[];
  readonly field: GraphQLField<unknown, unknown>;
  readonly parentType: GraphQLObjectType;
  /** Response path with `*` for every index of a list. */
  readonly pattern: string;
  readonly isNullable: boolean;
}

/** One field of one selection: everything about it that no request changes. */
export interface Step extends BareStep {
  readonly complete: Complete;
  /** Undefined for what is a property of the object. */
  readonly resolve: GraphQLFieldResolver<unknown, unknown> | undefined;
  /** Set for values without parts, which are completed at once and without a path. */
  readonly leaf: ((value: unknown) => unknown) | null;
}

const NO_ARGUMENTS = Object.freeze({});

/**
 * The arguments of a field, worked out once for a request.
 *
 * @throws GraphQLError where a variable does not fit
 */
export function argumentsOf(step: BareStep, run: Run): Readonly<Record<string, unknown>> {
  if (step.field.args.length === 0) return NO_ARGUMENTS;
  let values = run.arguments.get(step);
  if (values === undefined) {
    values = getArgumentValues(step.field, step.nodes[0] as FieldNode, run.variables);
    run.arguments.set(step, values);
  }
  return values;
}

/** What a resolver is told of its place. */
export function infoOf(step: BareStep, run: Run, path: ResponsePath): GraphQLResolveInfo {
  const { schema, fragments, definition } = run.operation;
  return {
    fieldName: step.field.name,
    fieldNodes: step.nodes,
    returnType: step.field.type,
    parentType: step.parentType,
    path,
    schema,
    fragments,
    rootValue: undefined,
    operation: definition,
    variableValues: run.variables as Record<string, unknown>,
  };
}
