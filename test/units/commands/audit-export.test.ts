import { once } from "node:events";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { type AddressInfo, connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import type { Pool } from "pg";
import { createPool } from "../../../src/database/pool.ts";
import { packageRoot } from "../../../src/lib/package-root.ts";
import { eventually } from "../../support/eventually.ts";
import { auditedRecords, sealingInto } from "../../support/evidence-exports.ts";
import { verified } from "../../support/evidence-world.ts";
import { SEALING, startTestServer, type TestServer } from "../../support/start-test-server.ts";

const PROGRAM = join(packageRoot(), "dist", "src", "cli.js");
const isBuilt = existsSync(PROGRAM);
const testBuilt = isBuilt ? test : test.skip;

type Line = Awaited<ReturnType<typeof cuttingLine>>;

interface RunOverLine {
  readonly line: Line;
  readonly out: string;
  readonly ran: ReturnType<typeof custodia>;
}

let server: TestServer;
let pool: Pool;
let folder: string;
/** The command over a line that is cut again and again, and over one that is cut for good. */
let cutOften: RunOverLine;
let cutForGood: RunOverLine;
beforeAll(async () => {
  server = await startTestServer({ now: () => new Date(), settings: SEALING });
  pool = createPool({ url: server.database.url, max: 2 });
  const seal = sealingInto(pool);
  await seal(auditedRecords(3_000));
  folder = await mkdtemp(join(tmpdir(), "custodia-export-"));
  if (!isBuilt) return;
  // Both wait longer and longer between their tries, so they wait together; the second asks later.
  cutOften = overLine(await cuttingLine(server.url, 600_000), "bundle.tar");
  await eventually(async () => expect((await exportsSince("")).length).toBe(1));
  cutForGood = overLine(await cuttingLine(server.url, 200_000, 0), "later.tar");
}, 60_000);
afterAll(async () => {
  await pool.end();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

testBuilt(
  "custodia audit export goes on after every cut and ends with the whole bundle (skipped where nothing is built)",
  async () => {
    const { line, out, ran } = cutOften;
    const { code, said } = await ran;
    line.close();
    expect({ code, said }).toMatchObject({ code: 0 });
    expect(said).toMatch(/3000 records, \d+ bytes, manifest [0-9a-f]{64}/);
    expect(line.cuts()).toBeGreaterThan(2);
    expect(await verified(await readFile(out))).toMatchObject({ verdict: "OK", records: 3_000 });
    await expect(stat(`${out}.part`)).rejects.toThrow("ENOENT");
  },
  60_000,
);

testBuilt(
  "a command that ended early is gone on with by the next one (skipped where nothing is built)",
  async () => {
    const { line, out, ran } = cutForGood;
    const first = await ran;
    line.close();
    expect(first.code).toBe(1);
    expect(first.said).toContain("the same command goes on later");
    const { size } = await stat(`${out}.part`);
    const note = JSON.parse(await readFile(`${out}.part.json`, "utf8")) as { id: string };
    const again = await custodia(server.url, out);
    expect(again.code).toBe(0);
    expect(size).toBeGreaterThan(0);
    expect(await exportsSince(note.id)).toEqual([note.id]);
    expect(await verified(await readFile(out))).toMatchObject({ verdict: "OK" });
  },
  60_000,
);

testBuilt(
  "an audit that the caller does not see is no audit (skipped where nothing is built)",
  async () => {
    const { code, said } = await custodia(
      server.url,
      join(folder, "none.tar"),
      "ENGAGEMENT-2026-101",
    );
    expect({ code, said }).toEqual({
      code: 1,
      said: "There is no audit ENGAGEMENT-2026-101 that you may see.\n",
    });
  },
);

function overLine(line: Line, name: string): RunOverLine {
  const out = join(folder, name);
  return { line, out, ran: custodia(line.url, out) };
}

/** Ids of exports from one on, in the order in which they were asked for. */
async function exportsSince(id: string): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    "SELECT id FROM evidence_export WHERE id::text >= $1 ORDER BY id",
    [id],
  );
  return rows.map((row) => row.id);
}

/** Runs the command as the internal auditor, with the key of the server's own issuer. */
async function custodia(
  url: string,
  out: string,
  engagement = "ENGAGEMENT-2026-003",
): Promise<{ code: number | null; said: string }> {
  const words = ["audit", "export", "--engagement", engagement, "--out", out, "--url", url];
  const child = spawn(process.execPath, [PROGRAM, ...words, "--as", "internal-auditor"], {
    env: { DATA_DIR: server.app.services.config.dataDir },
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (text: Buffer) => void (said += text.toString()));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, said };
}

/**
 * A line that breaks off every answer after so many bytes; with no more than so many long answers it lets
 * nothing through afterwards.
 */
async function cuttingLine(
  target: string,
  cutAfter: number,
  mostLong = Infinity,
): Promise<{ url: string; cuts: () => number; close: () => void }> {
  const { port } = new URL(target);
  let cuts = 0;
  const line = createServer();
  line.on("connection", (client) => {
    const behind = connect(Number(port), "127.0.0.1");
    let bytes = 0;
    const end = (): void => {
      client.destroy();
      behind.destroy();
    };
    client.on("data", (piece: Buffer) => void behind.write(piece));
    behind.on("data", (piece: Buffer) => {
      bytes += piece.length;
      client.write(bytes > cutAfter ? piece.subarray(0, 1_000) : piece);
      if (bytes <= cutAfter) return;
      cuts += 1;
      client.end();
      behind.destroy();
      if (cuts > mostLong) line.close();
    });
    for (const side of [client, behind]) side.on("error", end).on("close", end);
  });
  await new Promise<void>((resolve) => line.listen(0, "127.0.0.1", resolve));
  const { port: own } = line.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${own}`,
    cuts: () => cuts,
    close: () => void line.close(),
  };
}
