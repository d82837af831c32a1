import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import http from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { keptInFolder } from "../../../src/audit/publish-file.ts";
import { Publisher, type PublishingTarget } from "../../../src/audit/publisher.ts";
import { folderTarget, urlTarget } from "../../../src/audit/publishing-targets.ts";
import { createLogProofs } from "../../../src/database/log-proofs.ts";
import { createPublications } from "../../../src/database/log-publications.ts";
import {
  type AuditWorld,
  auditWorld,
  countingMetrics,
  readingRecords,
} from "../../support/audit-world.ts";
import { eventually } from "../../support/eventually.ts";

let world: AuditWorld;
let folder: string;
beforeEach(async () => {
  world = await auditWorld();
  folder = await mkdtemp(join(tmpdir(), "custodia-publish-"));
});
afterEach(async () => {
  await world.close();
  await rm(folder, { recursive: true });
});

function publisherFor(targets: readonly PublishingTarget[], isActive = () => true) {
  const metrics = countingMetrics();
  const publications = createPublications(world.pool);
  const logger = { warn: () => undefined };
  return {
    metrics,
    publisher: new Publisher({ targets, publications, isActive, metrics, logger, everyMs: 20 }),
  };
}

/** Keeps what it is sent; refuses as often as it is told to. */
async function keeper(refusals: number) {
  const kept: string[] = [];
  let left = refusals;
  const server = http.createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      if (left-- > 0)
        return void (left % 2 === 0 ? request.socket.destroy() : response.writeHead(503).end());
      kept.push(`${request.method} ${Buffer.concat(parts).toString()}`);
      response.writeHead(204).end();
    });
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/checkpoints/custodia`,
    kept,
    close: () => server.close(),
  };
}

const noteOf = async (): Promise<string> => (await createLogProofs(world.pool).head())?.note ?? "";

test("a folder keeps the newest checkpoint and each one that it was handed", async () => {
  const { publisher, metrics } = publisherFor([folderTarget(folder, createLogProofs(world.pool))]);
  const sealer = world.sealer();
  expect(await publisher.tick()).toEqual([]);
  expect(await keptInFolder(folder)).toBeNull();
  const notes: string[] = [];
  for (const count of [2, 3]) {
    await world.put(readingRecords(count));
    await sealer.tick();
    notes.push(await noteOf());
    expect(await publisher.tick()).toEqual([]);
    expect(await publisher.tick()).toEqual([]);
    expect(await keptInFolder(folder)).toBe(notes.at(-1));
  }
  const [day = ""] = (await readdir(folder)).filter((name) => name !== "checkpoint");
  const files = (await readdir(join(folder, day))).sort();
  expect(files).toEqual(["0000000000000002.checkpoint", "0000000000000005.checkpoint"]);
  expect(await Promise.all(files.map((name) => readFile(join(folder, day, name), "utf8")))).toEqual(
    notes,
  );
  expect(metrics.said).toEqual({ file: 5 });
  expect(await world.value("select tree_size from log_publication where target = 'file'")).toBe(
    "5",
  );
});

test("an address that refuses at times gets the newest one in the end", async () => {
  const to = await keeper(3);
  const { publisher, metrics } = publisherFor([urlTarget(to.url, createLogProofs(world.pool))]);
  await world.put(readingRecords(2));
  await world.sealer().tick();
  publisher.start();
  const note = await noteOf();
  await eventually(() => expect(to.kept).toEqual([`PUT ${note}`]));
  await publisher.stop();
  to.close();
  expect(metrics.said).toEqual({ "url failed": 3, url: 2 });
});

test("one that is away holds up neither the others nor the sealer", async () => {
  const proofs = createLogProofs(world.pool);
  const gone = urlTarget("http://127.0.0.1:1/", proofs);
  const { publisher } = publisherFor([gone, folderTarget(folder, proofs)]);
  await world.put(readingRecords(2));
  expect((await world.sealer().tick()).records).toBe(2);
  expect(await publisher.tick()).toEqual(["url 127.0.0.1:1"]);
  expect(await keptInFolder(folder)).toBe(await noteOf());
});

test("a node that does not seal hands nothing on", async () => {
  const { publisher } = publisherFor(
    [folderTarget(folder, createLogProofs(world.pool))],
    () => false,
  );
  await world.put(readingRecords(2));
  await world.sealer().tick();
  publisher.start();
  await new Promise((resolve) => setTimeout(resolve, 100));
  await publisher.stop();
  expect(await keptInFolder(folder)).toBeNull();
});

describe("a node that begins to seal remembers what was published", () => {
  test("and signs nothing over a log that is older than that, as after a restored backup", async () => {
    await world.put(readingRecords(5));
    await world.sealer().tick();
    const published = await noteOf();
    // The database of another log with the same key: what a backup of before would be.
    await world.pool.query(`
      alter table log_head disable trigger user; alter table log_tile disable trigger user; alter table decision disable trigger user;
      delete from log_checkpoint; delete from log_tile; delete from decision; delete from log_lease;
      update log_head set tree_size = 0, root = sha256('')`);
    await world.put(readingRecords(1));
    const sealer = world.sealer({ recall: async () => published });
    expect((await sealer.tick()).records).toBe(0);
    expect(sealer.halted).toBe("The log is shorter than it was");
    expect(await world.value("select count(*) from log_checkpoint")).toBe("0");
  });

  test("and goes on where the log has grown since", async () => {
    const first = world.sealer();
    await world.put(readingRecords(5));
    await first.tick();
    const published = await noteOf();
    await world.put(readingRecords(5));
    await first.tick();
    await first.stop();
    await world.put(readingRecords(5));
    expect((await world.sealer({ recall: async () => published }).tick()).records).toBe(5);
  });

  test("and takes no word for it that this log did not sign", async () => {
    await writeFile(
      join(folder, "checkpoint"),
      (await noteOfOther()).replace(/^[^\n]+/, "custodia.test/decisions"),
    );
    await world.put(readingRecords(5));
    expect((await world.sealer({ recall: () => keptInFolder(folder) }).tick()).records).toBe(5);
  });
});

test.each([
  ["holds something else", async () => "no checkpoint"],
  ["can't be read", () => Promise.reject(new Error("EACCES"))],
])("a folder that %s stops nobody from sealing", async (_name, recall) => {
  await world.put(readingRecords(5));
  expect((await world.sealer({ recall }).tick()).records).toBe(5);
});

async function noteOfOther(): Promise<string> {
  const other = await auditWorld();
  await other.put(readingRecords(9));
  await other.sealer().tick();
  const note = (await createLogProofs(other.pool).head())?.note ?? "";
  await other.close();
  return note;
}
