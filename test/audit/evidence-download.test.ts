import { randomInt } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Pool } from "pg";
import { manifestShape } from "../../src/audit/evidence/bundle-format.ts";
import { packTar } from "../support/pack-tar.ts";
import type { DecisionRecord } from "../../src/audit/decision-record.ts";
import { sha256 } from "../../src/audit/tree/hashing.ts";
import { createPool } from "../../src/database/pool.ts";
import { DEMO_ORGANISATIONS } from "../../src/identity/demo-organisations.ts";
import { eventually } from "../support/eventually.ts";
import {
  askForEvidence,
  auditedRecords,
  download,
  INTERNAL_AUDIT,
  prepared,
  progressOf,
  sealingInto,
} from "../support/evidence-exports.ts";
import { unpack, verified } from "../support/evidence-world.ts";
import { hasPython, pythonClaim, secondVerdict } from "../support/second-verifier.ts";
import { SEALING, startTestServer, type TestServer } from "../support/start-test-server.ts";

const OTHERS = { concerned: [DEMO_ORGANISATIONS.transferee.id] };
const EARLIER = { at: "2025-12-31T23:59:59.000Z" };

let server: TestServer;
let second: TestServer;
let pool: Pool;
let seal: (records: readonly DecisionRecord[]) => Promise<void>;
let folder: string;
let id: string;
let bundle: Buffer;

beforeAll(async () => {
  server = await startTestServer({ settings: SEALING });
  second = await startTestServer({ beside: server, settings: SEALING });
  pool = createPool({ url: server.database.url, max: 4 });
  seal = sealingInto(pool);
  folder = await mkdtemp(join(tmpdir(), "custodia-evidence-"));
  // Two parts of the audit with others' records between, and some from before its time.
  await seal([
    ...auditedRecords(3_000),
    ...auditedRecords(500, OTHERS),
    ...auditedRecords(20, EARLIER),
    ...auditedRecords(3_000, {
      concerned: [...OTHERS.concerned, DEMO_ORGANISATIONS.transferor.id],
    }),
  ]);
  id = await askForEvidence(server);
  await prepared(server, id);
  ({ body: bundle } = await download(server, id));
}, 60_000);
afterAll(async () => {
  await pool.end();
  await second.close();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

describe("a bundle", () => {
  test("verifies offline and holds the records of the audit, and no other", async () => {
    const { verdict, faults, records } = await verified(bundle);
    expect({ verdict, faults, records }).toEqual({ verdict: "OK", faults: [], records: 6_000 });
    const files = await unpack(bundle);
    const texts = [...files].filter(([path]) => path.endsWith(".records.ndjson"));
    const lines = texts.flatMap(([, text]) => text.toString().trimEnd().split("\n"));
    const read = lines.map((line) => JSON.parse(line) as DecisionRecord);
    const own = DEMO_ORGANISATIONS.transferor.id;
    expect(read.every(({ concerned, at }) => concerned.includes(own) && at > "2026")).toBe(true);
  });

  (hasPython ? test : test.skip)(
    `verifies with the second verifier as well${pythonClaim}`,
    async () => {
      const path = join(folder, "bundle.tar");
      await writeFile(path, bundle);
      expect(secondVerdict([path])).toMatchObject({ verdict: "OK", faults: [] });
    },
  );

  test("says of how large a log it is, what was asked and how much is kept", async () => {
    const files = await unpack(bundle);
    const manifest = manifestShape.parse(JSON.parse(String(files.get("manifest.json"))));
    expect(manifest.records.count).toBe(6_000);
    const { size } = manifest.checkpoint;
    expect(size).toBeGreaterThanOrEqual(6_520);
    expect(manifest.scope).toMatchObject({
      export: id,
      purpose: "COMPLIANCE_AUDIT",
      filter: { and: [{ operationName: { eq: "CustomerList" } }] },
      engagement: { id: INTERNAL_AUDIT, from: "2026-01-01", to: "2026-12-31" },
      kept: size,
      inScope: 6_000,
    });
  });

  test("is packed as the writer of bundles packs its files", async () => {
    const files = await unpack(bundle);
    const pieces: Buffer[] = [];
    for await (const piece of packTar(inOrder(files))) pieces.push(piece);
    expect(Buffer.concat(pieces).equals(bundle)).toBe(true);
  });

  test("names by its digest the manifest that it holds", async () => {
    const { digest, bytes } = await progressOf(server, id);
    const manifest = (await unpack(bundle)).get("manifest.json") ?? Buffer.alloc(0);
    expect(sha256(manifest).toString("hex")).toBe(digest);
    expect(bytes).toBe(bundle.length);
  });

  test("in which a byte was changed is not genuine", async () => {
    const tried = Array.from({ length: 6 }, () => randomInt(bundle.length - 1_024));
    const verdicts = await Promise.all(
      tried.map(async (at) => {
        const changed = Buffer.from(bundle);
        changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
        return (await verified(changed)).verdict;
      }),
    );
    expect(verdicts).not.toContain("OK");
  });
});

describe("a download", () => {
  test("that is cut again and again goes on at any byte, on any node, to the same bundle", async () => {
    for (let round = 0; round < 2; round += 1) {
      const got: Buffer[] = [];
      let at = 0;
      let tag = "";
      for (let tries = 0; at < bundle.length; tries += 1) {
        const node = tries % 2 === 0 ? server : second;
        const isLast = tries > 8;
        const { status, headers, body } = await download(node, id, {
          headers: at === 0 ? {} : { range: `bytes=${at}-`, "if-range": tag },
          ...(isLast ? {} : { cutAfter: randomInt(1, 900_000) }),
        });
        expect(status).toBe(at === 0 ? 200 : 206);
        tag = String(headers.etag);
        // What a client has written when it is cut need not be all that arrived.
        const kept = isLast ? body : body.subarray(0, randomInt(1, body.length + 1));
        got.push(kept);
        at += kept.length;
      }
      expect(Buffer.concat(got).equals(bundle)).toBe(true);
    }
  }, 60_000);

  test("of a range gives these bytes and says of how many", async () => {
    const { length } = bundle;
    const ranges = [
      ["bytes=0-0", 0, 1],
      [`bytes=${length - 1}-`, length - 1, length],
      ["bytes=-1024", length - 1_024, length],
      [`bytes=511-${length + 5}`, 511, length],
      ["bytes=700000-700999", 700_000, 701_000],
    ] as const;
    for (const [range, start, end] of ranges) {
      const { status, headers, body } = await download(second, id, { headers: { range } });
      expect({ status, range: headers["content-range"] }).toEqual({
        status: 206,
        range: `bytes ${start}-${end - 1}/${length}`,
      });
      expect(body.equals(bundle.subarray(start, end))).toBe(true);
    }
  });

  test("of a range behind the end is refused with how many bytes there are", async () => {
    const headers = { range: `bytes=${bundle.length}-` };
    const refused = await download(server, id, { headers });
    expect(refused.status).toBe(416);
    expect(refused.headers["content-range"]).toBe(`bytes */${bundle.length}`);
    expect(JSON.parse(refused.body.toString())).toMatchObject({ code: "RANGE_NOT_SATISFIABLE" });
  });

  test("of another bundle than the client has begins from the first byte", async () => {
    const headers = { range: "bytes=5-9", "if-range": '"another"' };
    const { status, body } = await download(server, id, { headers });
    expect(status).toBe(200);
    expect(body.equals(bundle)).toBe(true);
  });

  test("tells how far it got", async () => {
    await eventually(async () => {
      expect((await progressOf(server, id)).deliveredBytes).toBe(bundle.length);
    });
  });
});

async function* inOrder(
  files: ReadonlyMap<string, Buffer>,
): AsyncGenerator<{ path: string; content: Buffer }> {
  for (const [path, content] of files) yield { path, content };
}
