import fc from "fast-check";
import { execute, type ExecutionResult, parse, specifiedRules, validate } from "graphql";
import { createExecutor } from "../../src/execution/executor.ts";
import { compareCodePoints } from "../../src/lib/code-point-order.ts";
import { documentOf, Drawn, schema } from "../support/executor-world.ts";
import { drawsFrom } from "../support/random-document.ts";
import { propertyRuns, timeFor } from "../support/runs.ts";

/*
 * Our executor against that of graphql-js: the same document, variables and resolvers, which answer at
 * once, later, wrongly or not at all, give the same data and the same errors.
 */

const ours = createExecutor({ schema, guardOf: () => null });

test(
  "every document has the same answer from both executors",
  async () => {
    let answered = 0;
    let failed = 0;
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(), async (shape, seed) => {
        const { text, variables } = documentOf(drawsFrom(shape));
        const document = parse(text);
        expect(validate(schema, document, specifiedRules)).toEqual([]);
        const rootValue = new Drawn(seed);
        const theirs = await execute({ schema, document, variableValues: variables, rootValue });
        const answer = await ours({ document, variables, context: {}, root: rootValue });
        expect({ text, variables, ...plainly(answer) }).toEqual({
          text,
          variables,
          ...plainly(theirs),
        });
        answered += 1;
        if (theirs.errors !== undefined) failed += 1;
      }),
      { numRuns: propertyRuns(1_000) },
    );
    expect(failed).toBeGreaterThan(answered / 20);
    expect(failed).toBeLessThan(answered);
  },
  timeFor(120_000),
);

test.each([
  ["an unknown operation", "query One { name }", "Two"],
  ["one of several that was not named", "query One { name } query Two { name }", undefined],
])("%s is refused in the same words", async (_, text, operationName) => {
  const document = parse(text);
  const theirs = await execute({ schema, document, operationName, rootValue: new Drawn(1) });
  const answer = await ours({ document, operationName, context: {}, root: new Drawn(1) });
  expect(plainly(answer)).toEqual(plainly(theirs));
  expect(theirs.errors).toHaveLength(1);
});

test("introspection and a key that is a name of prototypes are answered alike", async () => {
  const document = parse(
    '{ __proto__: name __schema { types { name kind } } __type(name: "Thing") { fields { name type { name } } } }',
  );
  const theirs = await execute({ schema, document, rootValue: new Drawn(5) });
  const answer = await ours({ document, context: {}, root: new Drawn(5) });
  expect(JSON.stringify(answer)).toBe(JSON.stringify(theirs));
  expect(JSON.stringify(answer)).toContain('"__proto__":');
});

/** Mistakes of resolvers, which no client is told: they are said in other words. */
const MISTAKES = /^(Abstract type|Runtime Object type|Expected `|A value of) .*/;

/**
 * What a client reads of a result: the data, and by the places that became null for them the errors. Of
 * several below one place it is chance which came first, so they are only said to be several.
 */
function plainly({ data, errors }: ExecutionResult): object {
  const told = new Map<string, string>();
  for (const error of errors ?? []) {
    const { message, ...place } = error.toJSON();
    const at = JSON.stringify(nulledPlace(data, error.path ?? []));
    const text = JSON.stringify({ ...place, message: message.replace(MISTAKES, "a mistake") });
    told.set(at, isBelow(at, error.path) ? "some error" : text);
  }
  return {
    data: JSON.stringify(data),
    errors: [...told].sort(([a], [b]) => compareCodePoints(a, b)),
  };
}

function isBelow(place: string, path: readonly (string | number)[] | undefined): boolean {
  return place !== JSON.stringify(path ?? []);
}

/** The outermost place on a path that is null. */
function nulledPlace(data: unknown, path: readonly (string | number)[]): (string | number)[] {
  let at = data;
  for (const [depth, key] of path.entries()) {
    if (at == null) return path.slice(0, depth);
    at = (at as Record<string | number, unknown>)[key];
  }
  return [...path];
}
