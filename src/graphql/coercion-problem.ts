import {
  type GraphQLError,
  type GraphQLInputType,
  type GraphQLSchema,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  Kind,
  print,
  typeFromAST,
} from "graphql";

/** Which variable is wrong, what it should be, and where in it the fault lies. */
export interface CoercionProblem {
  readonly variable: string;
  readonly expected: string;
  readonly at?: string;
}

/**
 * Tells which variable could not be read as its type, and never what it held; null when the error
 * is not about a variable. The place is taken from a sentence that also quotes the value, so it is
 * only passed on when the schema confirms every name in it.
 */
export function coercionProblem(from: {
  error: GraphQLError;
  schema: GraphQLSchema;
}): CoercionProblem | null {
  const definition = from.error.nodes?.[0];
  if (definition?.kind !== Kind.VARIABLE_DEFINITION) return null;
  const variable = definition.variable.name.value;
  const type = typeFromAST(from.schema, definition.type);
  const place = / at "(\w+)((?:\.\w+|\[\d+\])+)"; /.exec(from.error.message);
  const steps = place?.[1] === variable ? stepsOf(place[2] ?? "") : [];
  const isPlace = steps.length > 0 && isInputType(type) && leadsSomewhere(type, steps);
  return {
    variable,
    expected: print(definition.type),
    ...(isPlace && { at: `${variable}${place?.[2] ?? ""}` }),
  };
}

/** Field names as text, list positions as numbers. */
function stepsOf(path: string): (string | number)[] {
  return Array.from(path.matchAll(/\.(\w+)|\[(\d+)\]/g), ([, name, position]) =>
    name === undefined ? Number(position) : name,
  );
}

function leadsSomewhere(type: GraphQLInputType, steps: readonly (string | number)[]): boolean {
  const nullable = isNonNullType(type) ? type.ofType : type;
  const [step, ...rest] = steps;
  if (step === undefined) return true;
  // A single value stands for a list of one, and then has no position.
  if (isListType(nullable))
    return leadsSomewhere(nullable.ofType, typeof step === "number" ? rest : steps);
  if (!isInputObjectType(nullable) || typeof step !== "string") return false;
  const field = nullable.getFields()[step];
  return field !== undefined && leadsSomewhere(field.type, rest);
}
