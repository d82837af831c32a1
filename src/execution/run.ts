import { locatedError } from "graphql";
import type { FieldErrors } from "./field-errors.ts";
import type { Operation } from "./operation.ts";
import { pathKeys, type ResponsePath } from "./response-path.ts";
import type { RowWriter } from "./row-guard.ts";
import type { RowSelection } from "./selection.ts";
import type { BareStep } from "./step.ts";

/** One request that is being answered. */
export interface Run {
  readonly operation: Operation;
  readonly context: unknown;
  /** Coerced values of the variables. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly errors: FieldErrors;
  /** Writers of the selections on rows that were met so far. */
  readonly writers: Map<RowSelection, RowWriter>;
  /** Arguments that were worked out so far: they are the same on every object. */
  readonly arguments: Map<BareStep, Readonly<Record<string, unknown>>>;
}

/**
 * What stands in the place of a value that could not be had: null, and its error is noted.
 *
 * @throws GraphQLError where no null may stand
 */
export function settle(
  run: Run,
  failure: {
    readonly error: unknown;
    readonly step: BareStep;
    readonly path: ResponsePath;
    readonly isNullable: boolean;
  },
): null {
  const { error, step, path, isNullable } = failure;
  const located = locatedError(error, step.nodes, pathKeys(path));
  if (!isNullable) throw located;
  run.errors.add(located, path);
  return null;
}
