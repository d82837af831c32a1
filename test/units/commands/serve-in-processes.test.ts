import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { jest } from "@jest/globals";
import { DEMO_CALLERS } from "../../../src/identity/demo-callers.ts";
import { openDevelopmentIssuer } from "../../../src/identity/development-issuer.ts";
import { packageRoot } from "../../../src/lib/package-root.ts";
import { eventually } from "../../support/eventually.ts";
import { type FreshDatabase, freshDatabase } from "../../support/fresh-database.ts";
import {
  buildProgram,
  type ServerProcess,
  startServerProcess,
} from "../../support/server-process.ts";
import { testMasterKeyFile } from "../../support/test-server.ts";

/* Real processes of the built program, on one database. Starting them takes a busy machine a while. */
jest.setTimeout(120_000);

let database: FreshDatabase;
let dataDir: string;
let settings: Readonly<Record<string, string>>;
let server: ServerProcess;
beforeAll(async () => {
  await buildProgram();
  [database, dataDir] = await Promise.all([
    freshDatabase(),
    mkdtemp(join(tmpdir(), "custodia-processes-")),
  ]);
  settings = {
    WORKERS: "2",
    DATABASE_URL: database.url,
    DATA_DIR: dataDir,
    MASTER_KEY_FILE: testMasterKeyFile(),
  };
  server = await startServerProcess(settings);
});
afterAll(async () => {
  await server.stop();
  await database.drop();
  await rm(dataDir, { recursive: true, force: true });
});

async function childrenOf(pid: number): Promise<number[]> {
  const { stdout } = await promisify(execFile)("ps", ["-A", "-o", "pid=,ppid="]);
  const pairs = stdout.split("\n").map((line) => line.trim().split(/\s+/).map(Number));
  return pairs.flatMap(([child, parent]) => (parent === pid && child !== undefined ? [child] : []));
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Over a connection of its own, so that whichever process is free answers. */
async function statusOf(url: string): Promise<number> {
  return (await fetch(url, { headers: { connection: "close" } })).status;
}

async function metric(of: ServerProcess, name: string): Promise<string | undefined> {
  const page = await (await fetch(`${of.url}/metrics`)).text();
  return new RegExp(`^${name} (.+)$`, "m").exec(page)?.[1];
}

async function ask(of: ServerProcess, query: string): Promise<Response> {
  const issuer = await openDevelopmentIssuer({ dataDir, mode: "development" });
  const demoCaller = DEMO_CALLERS.find(({ name }) => name === "cs-agent");
  if (demoCaller === undefined) throw new Error("There is no such caller.");
  const token = await issuer.issueDemoToken({
    demoCaller,
    purpose: "SERVICE_DELIVERY",
    now: new Date(),
  });
  return fetch(`${of.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify({ query }),
  });
}

/** Until a process has started, on a busy machine. */
async function afterAWhile(claim: () => Promise<void>): Promise<void> {
  const attempts = 5;
  for (let attempt = 1; attempt < attempts; attempt += 1)
    if (
      await eventually(claim).then(
        () => true,
        () => false,
      )
    )
      return;
  await eventually(claim);
}

const READ = "{ customers(first: 1) { nodes { id } } }";

test("several processes serve on one port, and it is said once, when all do", async () => {
  expect(await childrenOf(server.pid)).toHaveLength(2);
  const answers = await Promise.all(Array.from({ length: 12 }, () => ask(server, READ)));
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  expect(server.said().match(/Custodia serves/g)).toHaveLength(1);
});

test("/metrics is of all processes, whichever answers, and tells of the log once", async () => {
  await Promise.all(Array.from({ length: 6 }, () => ask(server, READ)));
  for (let times = 0; times < 4; times += 1)
    expect(await metric(server, "custodia_processes")).toBe("2");
  // One of them seals; the size of the tree is not the sum of what each knows.
  await eventually(async () => {
    expect(await metric(server, "custodia_audit_sealer_leader")).toBe("1");
    expect(await metric(server, "custodia_audit_unsealed_records")).toBe("0");
  });
  const client = new pg.Client(database.url);
  await client.connect();
  const { rows } = await client.query<{ size: string }>("select tree_size as size from log_head");
  await client.end();
  expect(await metric(server, "custodia_audit_tree_records")).toBe(rows[0]?.size);
});

test("a process that ends is followed by another, and the others serve meanwhile", async () => {
  const [first = 0, second = 0] = await childrenOf(server.pid);
  process.kill(first, "SIGKILL");
  await eventually(() => expect(isRunning(first)).toBe(false));
  for (let times = 0; times < 6; times += 1)
    expect(await statusOf(`${server.url}/health/live`)).toBe(200);
  await afterAWhile(async () => {
    const now = await childrenOf(server.pid);
    expect(now).toHaveLength(2);
    expect(now).toContain(second);
    expect(await metric(server, "custodia_processes")).toBe("2");
  });
  expect((await ask(server, READ)).status).toBe(200);
});

test("told to stop, all finish what they have taken on and end, the one that was told last", async () => {
  const children = await childrenOf(server.pid);
  const holder = new pg.Client(database.url);
  await holder.connect();
  await holder.query("begin; lock table customer in access exclusive mode");
  const held = [ask(server, READ), ask(server, READ)];
  await eventually(async () =>
    expect(await metric(server, "custodia_http_requests_in_flight")).toBe("2"),
  );
  process.kill(server.pid, "SIGTERM");
  await eventually(async () =>
    expect(await statusOf(`${server.url}/health/live`).catch(() => null)).toBeNull(),
  );
  await holder.query("rollback");
  await holder.end();
  for (const { status } of await Promise.all(held)) expect(status).toBe(200);
  expect(await server.ended).toBe(0);
  expect(children.map(isRunning)).toEqual([false, false]);
});

test("whoever loses the process that looks after it ends", async () => {
  const running = await startServerProcess(settings);
  const children = await childrenOf(running.pid);
  await running.kill();
  await eventually(() => expect(children.map(isRunning)).toEqual([false, false]));
});

test("what keeps a process from serving ends them all, and is said", async () => {
  const program = join(packageRoot(), "dist", "src", "cli.js");
  const child = spawn(process.execPath, [program, "serve"], {
    env: { ...settings, PORT: "0", LOG_LEVEL: "silent", POLICY_DIR: dataDir },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => void (said += chunk.toString()));
  const [code] = (await once(child, "exit")) as [number | null];
  expect(code).toBe(1);
  expect(said).toContain("A process could not serve.");
  expect(said).not.toMatch(/Custodia serves|at .*\.js:\d/);
});
