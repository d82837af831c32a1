import type { CustomerRecord } from "../../src/customers/customer-record.ts";
import { type Canary, canaryId, insertCanaries } from "../support/canaries.ts";
import { FULL_RECORD } from "../support/customer-world.ts";
import { rankDistance } from "../support/rank-test.ts";
import { noted } from "../support/record-properties.ts";
import { propertyRuns } from "../support/runs.ts";
import { startTestServer, type TestServer } from "../support/start-test-server.ts";

/*
 * Side channel 27: how long an answer takes must not tell a value that it hides. A long value and a
 * short one, or none at all, are asked for in turn, and the ranks of the times are compared; the first
 * requests are left out. The bound is generous: what it catches is a gross difference, such as
 * decrypting in one of two worlds. The long rounds ask ten times as often.
 */

const REPEATS = propertyRuns(60);
const BOUND = 5;
const ROWS = 30;

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

test.each([
  ["idNumber", "11010519491231002X", null],
  ["creditInfo", "信用良好，".repeat(30), "好"],
  ["bankAccount", "6217000010000000003", null],
] as const)(
  "whoever may not read %s waits as long for one value as for another",
  async (field, one, other) => {
    const worlds = await Promise.all([settle(field, one, 100), settle(field, other, 500)]);
    const times: [number[], number[]] = [[], []];
    for (let n = -5; n < REPEATS; n++) {
      // The one that comes first changes, so that neither is warmer.
      for (const at of n % 2 === 0 ? [0, 1] : [1, 0]) {
        const ms = await timed("internal-auditor", field, worlds[at] ?? []);
        if (n >= 0) times[at]?.push(ms);
      }
    }
    expect(Math.abs(rankDistance(...times))).toBeLessThan(BOUND);
    noted({ "requests timed": 2 * REPEATS });
  },
  400_000,
);

test("a difference of a tenth in every time is noticed", () => {
  const noise = Array.from({ length: 60 }, (_, n) => 10 + ((n * 7919) % 60) / 60);
  expect(Math.abs(rankDistance(noise, noise))).toBeLessThan(1);
  const slower = noise.map((ms) => ms * 1.1);
  expect(Math.abs(rankDistance(noise, slower))).toBeGreaterThan(BOUND);
});

/** Some customers with the value, and nothing else that differs. */
async function settle(field: string, value: string | null, from: number): Promise<string[]> {
  const number = `${field}${from}`.length * 10_000 + from;
  const canaries: Canary[] = Array.from({ length: ROWS }, (_, at) => ({
    id: canaryId(number + at),
    record: {
      ...FULL_RECORD,
      customerNo: `Z-${field}-${from + at}`,
      [field]: value,
    } as Partial<CustomerRecord>,
  }));
  await insertCanaries(server, canaries);
  return canaries.map(({ id }) => id);
}

async function timed(caller: string, field: string, ids: readonly string[]): Promise<number> {
  const query = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Customer { id ${field} } } }`;
  const begin = performance.now();
  const { body } = await server.ask(caller, query, {
    purpose: "COMPLIANCE_AUDIT",
    variables: { ids },
  });
  const took = performance.now() - begin;
  expect(body.errors).toBeUndefined();
  return took;
}
