import {
  buildSchema,
  execute,
  GraphQLError,
  type GraphQLFormattedError,
  parse,
  Source,
  validate,
} from "graphql";
import { unwrapResolverError } from "@apollo/server/errors";
import { type ErrorCode, ERRORS, publicError } from "../../../src/errors.ts";
import { createErrorFormatter } from "../../../src/graphql/error-format.ts";
import { requestScope } from "../../../src/graphql/request-scope.ts";
import { validationProblem } from "../../../src/graphql/validation-problem.ts";
import { createLogger } from "../../../src/http/logger.ts";
import { PassThrough } from "node:stream";

const CANARY = "canary-5d21e8";

const schema = buildSchema(`
  enum Kind { PERSON COMPANY }
  input Filter { phone: String, kind: Kind, total: Int, and: [Filter!] }
  type Customer { id: ID!, fullName: String, friends(first: Int!): [Customer!] }
  type Query { customer(id: ID!, filter: Filter): Customer, kind(kind: Kind): Int }
`);

const format = createErrorFormatter(schema);

/** Formats as Apollo does: the error's own form, with the code that its phase gives it. */
function formatted(error: unknown, code?: string): GraphQLFormattedError {
  const graphqlError =
    error instanceof GraphQLError
      ? error
      : new GraphQLError(String(error), { originalError: error as Error });
  const { extensions, ...rest } = graphqlError.toJSON();
  return format({ ...rest, extensions: { ...extensions, ...(code && { code }) } }, graphqlError);
}

function validated(query: string): GraphQLFormattedError[] {
  return validate(schema, parse(query)).map((error) =>
    formatted(error, "GRAPHQL_VALIDATION_FAILED"),
  );
}

describe("an error made from the table", () => {
  test("leaves with its code, message and extras, and nothing else", () => {
    expect(formatted(publicError("FIELD_FILTER_FORBIDDEN", { field: "phone" }))).toEqual({
      message: ERRORS.FIELD_FILTER_FORBIDDEN.message,
      extensions: { code: "FIELD_FILTER_FORBIDDEN", field: "phone" },
    });
  });

  test.each(Object.keys(ERRORS) as ErrorCode[])("%s leaves under its own message", (code) => {
    expect(formatted(publicError(code))).toMatchObject({
      message: ERRORS[code].message,
      extensions: { code },
    });
  });

  test("is recognised under the wrappers of graphql-js, with path and place", () => {
    const source = new Source("{ customer }");
    const located = new GraphQLError(CANARY, {
      source,
      positions: [2],
      path: ["customer"],
      originalError: new GraphQLError(CANARY, { originalError: publicError("NOT_FOUND") }),
    });
    expect(formatted(located)).toEqual({
      message: ERRORS.NOT_FOUND.message,
      locations: [{ line: 1, column: 3 }],
      path: ["customer"],
      extensions: { code: "NOT_FOUND" },
    });
    expect(unwrapResolverError(located)).not.toBe(located);
  });

  test("cannot have its code replaced by its extras", () => {
    expect(formatted(publicError("NOT_FOUND", { code: "OK" })).extensions).toEqual({
      code: "NOT_FOUND",
    });
  });
});

describe("every other error is our mistake", () => {
  test.each([
    ["an Error", new Error(CANARY)],
    [
      "a GraphQLError with a code of its own",
      new GraphQLError(CANARY, { extensions: { code: "FORBIDDEN", detail: CANARY } }),
    ],
    [
      "a driver's error",
      Object.assign(new Error(`duplicate key ${CANARY}`), { code: "23505", detail: CANARY }),
    ],
    ["something that is no error", new GraphQLError(`Unexpected error value: "${CANARY}"`)],
    [
      "an error that names a PublicError as its cause",
      new Error(CANARY, { cause: publicError("NOT_FOUND") }),
    ],
  ])("%s leaves as INTERNAL_SERVER_ERROR without a word of its own", (_name, error) => {
    const answer = formatted(error);
    expect(answer.message).toBe(ERRORS.INTERNAL_SERVER_ERROR.message);
    expect(answer.extensions).toEqual({ code: "INTERNAL_SERVER_ERROR" });
  });

  test("it is logged with request id, type, code and place, without its message", () => {
    const lines: string[] = [];
    const destination = new PassThrough().on("data", (line: Buffer) => lines.push(line.toString()));
    const log = createLogger({ level: "info", destination }).child({ requestId: "request-1" });
    const scope = {
      requestId: "request-1",
      log,
      operationName: null,
      errorCodes: new Set<string>(),
    };
    const fault = Object.assign(new RangeError(`no ${CANARY}\n    at /${CANARY}.ts:1:1`), {
      code: "22003",
    });
    const answer = requestScope.run(scope, () => formatted(fault));
    expect(answer.extensions).toEqual({ code: "INTERNAL_SERVER_ERROR", requestId: "request-1" });
    expect([...scope.errorCodes]).toEqual(["INTERNAL_SERVER_ERROR"]);
    const [line = "{}"] = lines;
    expect(JSON.parse(line)).toMatchObject({
      requestId: "request-1",
      fault: { type: "RangeError", code: "22003" },
    });
    expect(line).toContain("error-format.test.ts");
    expect(line).not.toContain(CANARY);
  });
});

describe("a document that does not fit", () => {
  test.each([
    ["{ custmer(id: 1) { id } }", 'Cannot query field "custmer" on type "Query".'],
    ["{ customer(id: 1) { fulName } }", 'Cannot query field "fulName" on type "Customer".'],
    ["{ customer(id: 1, nmae: 2) { id } }", 'Unknown argument "nmae" on field "Query.customer".'],
    [
      "{ customer { id } }",
      'Field "customer" argument "id" of type "ID!" is required, but it was not provided.',
    ],
    [
      "{ customer(id: 1) }",
      'Field "customer" of type "Customer" must have a selection of subfields.',
    ],
    [
      "{ customer(id: 1) { id { x } } }",
      'Field "id" must not have a selection since type "ID!" has no subfields.',
    ],
    ["query($x: Int) { customer(id: 1) { id } }", 'Variable "$x" is never used.'],
    ["query Q { customer(id: $x) { id } }", 'Variable "$x" is not defined by operation "Q".'],
    [
      "query($x: Int) { customer(id: $x) { id } }",
      'Variable "$x" of type "Int" used in position expecting type "ID!".',
    ],
    ["{ customer(id: 1) { ...A } }", 'Unknown fragment "A".'],
    ["{ customer(id: 1) @nope { id } }", 'Unknown directive "@nope".'],
    [
      "{ customer(id: 1) { id } customer(id: 2) { id } }",
      'Fields "customer" conflict; give them different aliases.',
    ],
    [`{ kind(kind: ${CANARY.replace("-", "_")}) }`, 'Expected a value of the enum "Kind".'],
    [`{ kind(kind: "${CANARY}") }`, 'Expected a value of the enum "Kind".'],
    [`{ customer(id: 1, filter: { total: "${CANARY}" }) { id } }`, 'Expected value of type "Int".'],
    [
      `{ customer(id: 1, filter: { nme: "${CANARY}" }) { id } }`,
      'Field "nme" is not defined by type "Filter".',
    ],
    [`{ customer(id: 1, filter: "${CANARY}") { id } }`, 'Expected value of type "Filter".'],
    [`{ customer(id: {a: "${CANARY}"}) { id } }`, 'Expected value of type "ID".'],
  ])("%s → %s", (query, problem) => {
    const answers = validated(query);
    expect(answers.map(({ extensions }) => extensions?.["problem"])).toContain(problem);
    for (const answer of answers) {
      expect(answer.message).toBe(ERRORS.GRAPHQL_VALIDATION_FAILED.message);
      expect(answer.locations?.length).toBeGreaterThan(0);
    }
    expect(JSON.stringify(answers)).not.toMatch(/canary.5d21e8|did you mean|fullName/i);
  });

  test("a sentence that we don't know is not passed on", () => {
    expect(validationProblem(`Something new about "${CANARY}".`)).toBeNull();
    expect(validationProblem(`Cannot query field "${CANARY} 1" on type "Query".`)).toBeNull();
  });

  test("a suggestion is cut off", () => {
    expect(validationProblem(`Unknown type "A". Did you mean "${CANARY}"?`)).toBe(
      'Unknown type "A".',
    );
  });
});

describe("a variable that does not fit", () => {
  function coerced(query: string, variableValues: Record<string, unknown>): GraphQLFormattedError {
    const result = execute({ schema, document: parse(query), variableValues });
    if (result instanceof Promise) throw new Error("executes at once");
    const [error] = result.errors ?? [];
    return formatted(error, "BAD_USER_INPUT");
  }
  const QUERY = "query($f: Filter!) { customer(id: 1, filter: $f) { id } }";

  test.each([
    ["the whole of it", { f: CANARY }, undefined],
    ["a field", { f: { total: CANARY } }, "f.total"],
    [
      "a field deep inside",
      { f: { and: [{}, { and: [{ kind: CANARY }] }] } },
      "f.and[1].and[0].kind",
    ],
    ["an unknown key", { f: { [CANARY]: 1 } }, undefined],
    ["an unknown key inside", { f: { and: [{ [CANARY]: 1 }] } }, "f.and[0]"],
    ["a key that imitates a place", { f: { [`x" at "f.${CANARY}"; `]: 1 } }, undefined],
    ["nothing", {}, undefined],
    ["null", { f: null }, undefined],
  ])("%s: its variable, type and place are told, never the value", (_name, variables, at) => {
    const answer = coerced(QUERY, variables);
    expect(answer.message).toBe(ERRORS.BAD_USER_INPUT.message);
    expect(answer.extensions).toEqual({
      code: "BAD_USER_INPUT",
      variable: "f",
      expected: "Filter!",
      ...(at !== undefined && { at }),
    });
    expect(JSON.stringify(answer)).not.toContain(CANARY);
  });
});
