import fc from "fast-check";
import { typeIn } from "../../src/classification/catalog.ts";
import { DEMO_CALLERS } from "../../src/identity/demo-callers.ts";
import { randomQuery } from "../support/random-document.ts";
import { propertyRuns, timeFor } from "../support/runs.ts";
import { startTestServer, type TestServer } from "../support/start-test-server.ts";

/*
 * Whatever document leads to a field, and on whatever path, it shows what `customer(id)` or
 * `transfer(id)` shows of it to the same caller: the plainest document is the oracle.
 */

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ settings: { MAX_COST: "10000000", MAX_ALIASES: "1000" } });
});
afterAll(() => server.close());

const ASKERS = DEMO_CALLERS.flatMap(({ name, purposes }) =>
  purposes.map((purpose) => ({ caller: name, purpose })),
);
type Asker = (typeof ASKERS)[number];

interface Met {
  readonly __typename: string;
  readonly id: string;
  readonly [field: string]: unknown;
}

test(
  "a field shows the same on every path of every document, and no document breaks the server",
  async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...ASKERS), fc.gen(), async (asker, g) => {
        const { schema } = server.app.services.api;
        const query = randomQuery({ schema, draw: (end) => g(fc.nat, { max: end - 1 }) });
        const { body } = await server.ask(asker.caller, query, { purpose: asker.purpose });
        const refusals = (body.errors ?? []).map(({ extensions }) => extensions["code"]);
        expect(refusals.filter((code) => code !== "NOT_FOUND" && code !== "GONE")).toEqual([]);
        for (const met of objectsIn(body.data)) {
          const plain = await plainlyAsked(asker, met);
          const shown = Object.entries(met).filter(([field]) => field in plain);
          expect({ asker, ...Object.fromEntries(shown) }).toMatchObject({
            asker,
            ...pick(plain, shown),
          });
          compared += shown.length;
        }
      }),
      { numRuns: propertyRuns(1_000), endOnFailure: true },
    );
    expect(compared).toBeGreaterThan(400);
  },
  timeFor(400_000),
);

const known = new Map<string, Promise<Record<string, unknown>>>();

/** Every scalar field of a row, by the plainest document; nothing for a type that has none. */
function plainlyAsked(asker: Asker, { __typename, id }: Met): Promise<Record<string, unknown>> {
  const key = JSON.stringify([asker, id]);
  const found = known.get(key) ?? askPlainly(asker, { type: __typename, id });
  known.set(key, found);
  return found;
}

async function askPlainly(
  { caller, purpose }: Asker,
  { type, id }: { type: string; id: string },
): Promise<Record<string, unknown>> {
  const root = { Customer: "customer", Transfer: "transfer" }[type];
  if (root === undefined) return {};
  const fields = [...typeIn(server.app.services.api.catalog, type).fields.values()]
    .filter(({ shape }) => shape !== "relation")
    .map(({ name }) => name);
  const query = `{ row: ${root}(id: "${id}") { id ${fields.join(" ")} } }`;
  const { body } = await server.ask<{ row: Record<string, unknown> }>(caller, query, { purpose });
  expect(body.errors).toBeUndefined();
  return body.data?.row ?? {};
}

function pick(from: Record<string, unknown>, shown: readonly [string, unknown][]): object {
  return Object.fromEntries(shown.map(([field]) => [field, from[field]]));
}

/** Every object of an answer that tells its type and id. */
function objectsIn(value: unknown): Met[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  if (typeof value !== "object" || value === null) return [];
  const inner = Object.values(value).flatMap(objectsIn);
  return "__typename" in value && "id" in value ? [value as Met, ...inner] : inner;
}
