import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import {
  type EmbeddedServer,
  type EmbeddedServerOptions,
  runningEmbeddedServer,
  startEmbeddedServer,
} from "../../../src/database/embedded-server.ts";

const isRoot = process.getuid?.() === 0;
const asRoot = isRoot ? describe : describe.skip;

let folder: string;
let dataDirectory: string;
const started: EmbeddedServer[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "custodia-embedded-"));
  chmodSync(folder, 0o711);
  dataDirectory = join(folder, "data");
});

afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.stop()));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function start(options: Partial<EmbeddedServerOptions> = {}): Promise<EmbeddedServer> {
  const server = await startEmbeddedServer({
    dataDirectory,
    outsideFolder: join(folder, "outside"),
    durable: false,
    ...options,
  });
  started.push(server);
  return server;
}

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(sql);
    return Object.values(rows[0] ?? {})[0];
  } finally {
    await client.end();
  }
}

describe("a server", () => {
  test("answers until it is stopped, with UTF-8 sorted by code point", async () => {
    const server = await start();
    expect(await ask(server.url, "SELECT getdatabaseencoding()")).toBe("UTF8");
    expect(await ask(server.url, "SELECT 'Z' < 'a' AND 'z' < 'ä' AND lower('Ä') = 'ä'")).toBe(true);
    await server.stop();
    await expect(ask(server.url, "SELECT 1")).rejects.toThrow("ECONNREFUSED");
  });

  test("keeps its rows, port and password over a restart", async () => {
    const first = await start();
    await ask(first.url, "CREATE TABLE kept AS SELECT 'still here' AS value");
    await first.stop();
    const second = await start();
    expect(second.url).toBe(first.url);
    expect(await ask(second.url, "SELECT value FROM kept")).toBe("still here");
  });

  test("listens on 127.0.0.1 only and asks for the password, which only we can read", async () => {
    const { url } = await start();
    expect(await ask(url, "SHOW listen_addresses")).toBe("127.0.0.1");
    expect(await ask(url, "SHOW unix_socket_directories")).toBe("");
    const guessed = new URL(url);
    guessed.password = "custodia";
    await expect(ask(guessed.href, "SELECT 1")).rejects.toThrow("password authentication failed");
    expect(statSync(join(dataDirectory, "password")).mode & 0o777).toBe(0o600);
  });

  test("writes no statement and no value into its log", async () => {
    const { url } = await start();
    await ask(url, "CREATE TABLE sole (value text PRIMARY KEY)");
    await ask(url, "INSERT INTO sole VALUES ('canary-4711')");
    await expect(ask(url, "INSERT INTO sole VALUES ('canary-4711')")).rejects.toThrow(
      "duplicate key",
    );
    const log = readFileSync(join(dataDirectory, "server.log"), "utf8");
    expect(log).toContain("duplicate key");
    expect(log).not.toContain("canary-4711");
  });

  test("can be found by another program", async () => {
    const { url, stop } = await start();
    expect(runningEmbeddedServer(dataDirectory)?.url).toBe(url);
    await stop();
    expect(runningEmbeddedServer(dataDirectory)).toBeUndefined();
  });
});

describe("what may be in the way", () => {
  test("a second start on the same folder is refused, and the first goes on", async () => {
    const { url } = await start();
    await expect(start()).rejects.toThrow(
      /The database in .* is in use \(PostgreSQL is process \d+ on port \d+\)/,
    );
    expect(await ask(url, "SELECT 1")).toBe(1);
  });

  test("a server whose process was killed ends by itself, and the next start waits for it", async () => {
    const killed = await startInAnotherProcess();
    killed.kill("SIGKILL");
    await once(killed, "exit");
    const { url } = await start();
    expect(await ask(url, "SELECT 1")).toBe(1);
  });

  test("a lock left by a crash is no hindrance, though its process number lives as another program", async () => {
    const { clusterFolder, stop } = await start();
    await stop();
    const left = `${process.pid}\n${clusterFolder}\n1795443470\n5433\n\n127.0.0.1\n 1 2\nready   \n`;
    writeFileSync(join(clusterFolder, "postmaster.pid"), left);
    expect(await ask((await start()).url, "SELECT 1")).toBe(1);
  });

  test("another program on the port of the last start makes it choose a new one", async () => {
    const first = await start();
    const other = join(folder, "other");
    const { port } = new URL(first.url);
    await expect(start({ dataDirectory: other, port: Number(port) })).rejects.toThrow(
      /did not start: could not create/,
    );
    writeFileSync(join(other, "port"), port);
    const second = await start({ dataDirectory: other });
    expect(new URL(second.url).port).not.toBe(port);
  });

  test("a file where the folder should be is told in one line", async () => {
    const file = join(folder, "file");
    writeFileSync(file, "");
    await expect(start({ dataDirectory: file })).rejects.toThrow(
      /^Cannot use .*file: it is not a folder\..*$/,
    );
  });
});

asRoot(`as root${isRoot ? "" : " (skipped: only root has an account to change to)"}`, () => {
  test("the server runs as an unprivileged account", async () => {
    const { clusterFolder } = await start();
    expect(statSync(clusterFolder).uid).not.toBe(0);
    expect(statSync(clusterFolder).mode & 0o777).toBe(0o700);
  });

  test("below a folder that this account cannot enter, the cluster gets a place outside and is found again", async () => {
    const closed = join(folder, "closed");
    mkdirSync(closed, { mode: 0o700 });
    const inClosed = { dataDirectory: join(closed, "data") };
    const first = await start(inClosed);
    expect(first.clusterFolder.startsWith(realpathSync(join(folder, "outside")))).toBe(true);
    expect(lstatSync(join(closed, "data", "cluster")).isSymbolicLink()).toBe(true);
    await first.stop();
    expect((await start(inClosed)).clusterFolder).toBe(first.clusterFolder);
  });

  test("where nothing can be entered, the closed folder is named", async () => {
    const closed = join(folder, "all-closed");
    mkdirSync(closed, { mode: 0o700 });
    const nowhere = { dataDirectory: join(closed, "data"), outsideFolder: join(closed, "outside") };
    await expect(start(nowhere)).rejects.toThrow(`cannot enter ${closed}: open it with chmod a+x`);
  });
});

/** A program that starts the server and then waits to be killed. */
async function startInAnotherProcess(): Promise<ChildProcess> {
  const module = new URL("../../../src/database/embedded-server.ts", import.meta.url).href;
  const program = `
    const { startEmbeddedServer } = await import(${JSON.stringify(module)});
    await startEmbeddedServer({ dataDirectory: ${JSON.stringify(dataDirectory)}, durable: false });
    setInterval(() => {}, 1000);
    console.log("started");`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  return child;
}
