import {
  type DocumentNode,
  type ExecutionResult,
  getVariableValues,
  GraphQLError,
  type GraphQLObjectType,
  type GraphQLSchema,
} from "graphql";
import { LRUCache } from "lru-cache";
import { answerObject, answerSerially } from "./answer-object.ts";
import { compileDocument, type CompiledOperation } from "./compile-document.ts";
import { FieldErrors } from "./field-errors.ts";
import type { RowGuard } from "./row-guard.ts";
import type { Run } from "./run.ts";

/** An operation of a validated document, with what the request brings. */
export interface ExecutionRequest {
  readonly document: DocumentNode;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
  readonly context: unknown;
  /** The object that the root fields are properties of, where they have no resolvers. */
  readonly root?: unknown;
}

/** Runs operations. Errors of the request and of fields are in the result; it never rejects. */
export type Execute = (request: ExecutionRequest) => Promise<ExecutionResult>;

/** Documents that are kept compiled: callers can write new ones without end. */
const MOST_DOCUMENTS = 2_000;

/**
 * An executor for a schema. Documents are compiled when they are first seen, and known again by the object
 * that they were parsed to; nothing of a request is kept.
 *
 * @param guardOf the guard of the rows of a type, or null for types that are no rows
 */
export function createExecutor({
  schema,
  guardOf,
}: {
  schema: GraphQLSchema;
  guardOf: (type: GraphQLObjectType) => RowGuard | null;
}): Execute {
  const documents = new LRUCache<DocumentNode, ReturnType<typeof compileDocument>>({
    max: MOST_DOCUMENTS,
  });
  return async ({ document, operationName, variables, context, root }) => {
    let operationNamed = documents.get(document);
    if (operationNamed === undefined) {
      operationNamed = compileDocument({ schema, document, guardOf });
      documents.set(document, operationNamed);
    }
    const compiled = operationNamed(operationName ?? null);
    if (compiled instanceof GraphQLError) return { errors: [compiled] };
    const { coerced, errors } = getVariableValues(
      schema,
      compiled.definition.variableDefinitions ?? [],
      variables ?? {},
      { maxErrors: MOST_COERCION_ERRORS },
    );
    if (coerced === undefined) return { errors };
    return answer(compiled, { coerced, context, root });
  };
}

/** As in graphql-js. */
const MOST_COERCION_ERRORS = 50;

async function answer(
  compiled: CompiledOperation,
  { coerced, context, root }: { coerced: Record<string, unknown>; context: unknown; root: unknown },
): Promise<ExecutionResult> {
  const errors = new FieldErrors();
  let data: unknown = null;
  try {
    const { operation, selection } = compiled.under(coerced);
    const run: Run = {
      operation,
      context,
      variables: coerced,
      errors,
      writers: new Map(),
      arguments: new Map(),
    };
    const asked = { selection, source: root, path: undefined };
    data = await (compiled.isSerial ? answerSerially(run, asked) : answerObject(run, asked));
  } catch (error) {
    errors.add(error as GraphQLError, undefined);
  }
  const answered = data as Record<string, unknown> | null;
  return errors.list.length === 0 ? { data: answered } : { errors: errors.list, data: answered };
}
