import { createServer } from "node:http";
import { parseCheckpoint } from "../../../src/audit/notes/checkpoint.ts";
import { parseVerifierKey } from "../../../src/audit/notes/verifier-key.ts";
import { verifyNote } from "../../../src/audit/notes/verify-note.ts";
import { putRecords, readingRecords } from "../../support/audit-world.ts";
import { SEALING, startTestServer, type TestServer } from "../../support/start-test-server.ts";

let server: TestServer;
afterEach(() => server.close());

const metricOf = (text: string, name: string): string | undefined =>
  new RegExp(`^${name} (.+)$`, "m").exec(text)?.[1];

/** Seals by hand what was put in and whatever requests left. */
async function seal(count: number): Promise<void> {
  await putRecords(server.app.services.database.pool, readingRecords(count));
  while ((await server.app.sealing.sealer.tick()).records > 0);
}

test("anybody reads the newest checkpoint and the keys that verify it", async () => {
  server = await startTestServer({ settings: { AUDIT_SEALER: "off" } });
  expect((await fetch(`${server.url}/audit/checkpoint`)).status).toBe(404);
  await seal(5);
  const checkpoint = await fetch(`${server.url}/audit/checkpoint`);
  const keys = await fetch(`${server.url}/audit/keys`);
  expect(checkpoint.headers.get("content-type")).toBe("text/plain; charset=utf-8");
  expect(checkpoint.headers.get("cache-control")).toBe("public, max-age=1");
  expect(keys.headers.get("cache-control")).toBe("public, max-age=60");
  const { note, size } = parseCheckpoint(await checkpoint.text());
  const told = (await keys.json()) as { keys: { verifierKey: string; kind: string }[] };
  expect(told.keys).toEqual([
    { verifierKey: expect.any(String), kind: "LOG", validFrom: expect.any(String), validTo: null },
  ]);
  const known = told.keys.map(({ verifierKey }) => parseVerifierKey(verifierKey));
  expect(verifyNote(note, known).verified).toHaveLength(1);
  expect(size).toBeGreaterThanOrEqual(5);
});

test("the log is asked for as often as anything else, and no oftener", async () => {
  server = await startTestServer({ settings: { RATE_LIMIT_PER_MINUTE: "3" } });
  const statuses: number[] = [];
  for (let times = 0; times < 4; times++)
    statuses.push((await fetch(`${server.url}/audit/keys`)).status);
  expect(statuses).toEqual([200, 200, 200, 429]);
});

test("a node seals by itself, and says so", async () => {
  server = await startTestServer({ settings: SEALING });
  await putRecords(server.app.services.database.pool, readingRecords(7));
  const read = async (): Promise<string> => (await fetch(`${server.url}/metrics`)).text();
  const until = performance.now() + 10_000;
  let text = await read();
  while (metricOf(text, "custodia_audit_unsealed_records") !== "0" && performance.now() < until)
    text = await read();
  text = await read();
  expect(metricOf(text, "custodia_audit_sealer_leader")).toBe("1");
  expect(metricOf(text, "custodia_audit_sealer_halted")).toBe("0");
  expect(Number(metricOf(text, "custodia_audit_tree_records"))).toBeGreaterThanOrEqual(7);
  expect(Number(metricOf(text, "custodia_audit_sealed_records_total"))).toBeGreaterThanOrEqual(7);
  expect(Number(metricOf(text, "custodia_audit_sealing_duration_seconds_count"))).toBeGreaterThan(
    0,
  );
  expect(metricOf(text, "custodia_audit_unsealed_oldest_age_seconds")).toBe("0");
  expect(Number(metricOf(text, "custodia_audit_checkpoint_age_seconds"))).toBeLessThan(60);
  expect(Number(metricOf(text, "custodia_process_resident_memory_bytes"))).toBeGreaterThan(0);
});

test("a log that nobody seals shows on every node: the age of its oldest record grows", async () => {
  server = await startTestServer({ settings: { AUDIT_SEALER: "off" } });
  const { pool } = server.app.services.database;
  await putRecords(pool, readingRecords(3));
  await pool.query("alter table decision_inbox disable trigger user");
  await pool.query("update decision_inbox set received_at = received_at - interval '90 seconds'");
  const text = await (await fetch(`${server.url}/metrics`)).text();
  expect(Number(metricOf(text, "custodia_audit_unsealed_oldest_age_seconds"))).toBeGreaterThan(89);
  expect(Number(metricOf(text, "custodia_audit_unsealed_records"))).toBeGreaterThanOrEqual(3);
  expect(metricOf(text, "custodia_audit_sealer_leader")).toBe("0");
});

test("what is measured names neither people nor rows", async () => {
  server = await startTestServer();
  await server.ask("cs-agent", "{ customers(first: 3) { nodes { fullName } } }");
  const text = await (await fetch(`${server.url}/metrics`)).text();
  expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
  const labels = [...text.matchAll(/\{([^}]*)\}/g)].flatMap(([, all = ""]) =>
    all.split(",").map((one) => one.split("=")[0]),
  );
  expect([...new Set(labels)].filter((name) => name?.startsWith("customer"))).toEqual([]);
});

test.each([
  ["a network that is not named", { METRICS_NETWORKS: "10.0.0.0/8" }, {}],
  ["behind a proxy that nobody told of", {}, { "x-forwarded-for": "203.0.113.7" }],
  [
    "behind a known proxy, from elsewhere",
    { TRUST_PROXY: "127.0.0.1/32" },
    { "x-forwarded-for": "203.0.113.7" },
  ],
])(
  "there is no page of metrics for %s",
  async (_name, settings: Record<string, string>, headers: Record<string, string>) => {
    server = await startTestServer({ settings });
    expect((await fetch(`${server.url}/metrics`, { headers })).status).toBe(404);
  },
);

test("metrics can have an address of their own", async () => {
  const port = await freePort();
  server = await startTestServer({ settings: { METRICS_ADDRESS: `127.0.0.1:${port}` } });
  expect((await fetch(`${server.url}/metrics`)).status).toBe(404);
  expect(await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()).toContain(
    "custodia_audit_",
  );
  expect((await fetch(`http://127.0.0.1:${port}/graphql`)).status).toBe(404);
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("A server has a port.");
  return address.port;
}
