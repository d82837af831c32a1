import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import type { SignedHead } from "../../../src/audit/log-proofs.ts";
import { formatConsistencyProof } from "../../../src/audit/notes/consistency-proof.ts";
import { parseCheckpoint } from "../../../src/audit/notes/checkpoint.ts";
import { type NoteSigner, signCheckpoint } from "../../../src/audit/notes/sign-note.ts";
import type { VerifierKey } from "../../../src/audit/notes/verifier-key.ts";
import { verifyNote } from "../../../src/audit/notes/verify-note.ts";
import { Publisher } from "../../../src/audit/publisher.ts";
import { witnessTarget } from "../../../src/audit/publishing-targets.ts";
import { EMPTY_ROOT } from "../../../src/audit/tree/hashing.ts";
import { Witness, type WitnessedLog } from "../../../src/audit/witness.ts";
import { askWitness, WitnessAheadError, WitnessError } from "../../../src/audit/witness-client.ts";
import { openWitnessState } from "../../../src/audit/witness-state.ts";
import { verifierOf } from "../../../src/audit/note-signers.ts";
import { lastCheckpoint } from "../../../src/database/log-checkpoints.ts";
import { loadLogKeys } from "../../../src/database/log-keys.ts";
import { createLogProofs } from "../../../src/database/log-proofs.ts";
import { createPublications, keepCosignatures } from "../../../src/database/log-publications.ts";
import { createWitnessServer } from "../../../src/http/witness-server.ts";
import { newLogKey } from "../../../src/sealing/log-key.ts";
import {
  type AuditWorld,
  auditWorld,
  countingMetrics,
  LOG_NAME,
  readingRecords,
} from "../../support/audit-world.ts";
import { freshSigner, freshWitness } from "../../support/log-world.ts";
import { plainConsistency, plainRoot, someLeaves } from "../../support/plain-tree.ts";

const NOW = new Date("2026-11-27T10:00:00Z");
const LEAVES = someLeaves(20);

/** A witness over HTTP that remembers in a map. */
async function serveWitness(logKeys: readonly VerifierKey[], signer: NoteSigner = freshWitness()) {
  const logs = new Map<string, WitnessedLog>();
  const memory = {
    get: (origin: string) => logs.get(origin) ?? null,
    put: async (origin: string, log: WitnessedLog) => void logs.set(origin, log),
  };
  const witness = new Witness({ signer, logKeys, memory, now: () => NOW });
  const server = createWitnessServer({ witness, memory, logKeys });
  const url = await server.listen({ host: "127.0.0.1", port: 0 });
  servers.push(server);
  return { url, key: signer.key, logs };
}

const servers: FastifyInstance[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

describe("what a witness answers", () => {
  const log = freshSigner();
  const sign = (
    size: number,
    by: NoteSigner = log,
    root = plainRoot(LEAVES.slice(0, size)),
  ): string =>
    signCheckpoint({
      checkpoint: { origin: by.key.name, size, root, extensions: [] },
      signers: [by],
    });
  const grown = (from: number, to: number, note = sign(to)): string =>
    formatConsistencyProof({
      oldSize: from,
      hashes: plainConsistency(from, LEAVES.slice(0, to)),
      checkpoint: note,
    });
  const post = async (url: string, body: string) => {
    const response = await fetch(`${url}/add-checkpoint`, { method: "POST", body });
    return {
      status: response.status,
      type: response.headers.get("content-type"),
      text: await response.text(),
    };
  };

  test("200 with its cosignature to a log that grew, which it then remembers", async () => {
    const { url, key, logs } = await serveWitness([log.key]);
    for (const [from, to] of [
      [0, 5],
      [5, 5],
      [5, 13],
    ] as const) {
      const note = sign(to);
      const { status, text } = await post(url, grown(from, to, note));
      expect(status).toBe(200);
      const whole = parseCheckpoint(note + text);
      expect(verifyNote(whole.note, [log.key, key]).verified).toEqual([log.key, key]);
      expect(logs.get(log.key.name)?.size).toBe(to);
    }
    const hash = "0000";
    expect((await fetch(`${url}/${hash}/checkpoint`)).status).toBe(404);
  });

  test("409 with the size that it knows to another old size", async () => {
    const { url, logs } = await serveWitness([log.key]);
    await post(url, grown(0, 7));
    for (const body of [grown(0, 9), grown(5, 9), grown(8, 9)])
      expect(await post(url, body)).toEqual({ status: 409, type: "text/x.tlog.size", text: "7\n" });
    expect(logs.get(log.key.name)?.size).toBe(7);
  });

  test.each([
    [
      "404 to a log that it does not know",
      404,
      () => grown(7, 9, sign(9, freshSigner("log.example/other"))),
    ],
    ["403 to another key of that name", 403, () => grown(7, 9, sign(9, freshSigner()))],
    ["400 to a size that went back", 400, () => grown(7, 9).replace("old 7", "old 10")],
    ["400 to what it can't read", 400, () => "old seven\n\n"],
    [
      "422 to a fork",
      422,
      () => grown(7, 9, sign(9, log, plainRoot(someLeaves(20).toReversed().slice(0, 9)))),
    ],
    [
      "422 to another tree of the same size",
      422,
      () => grown(7, 7, sign(7, log, plainRoot(LEAVES.slice(1, 8)))),
    ],
    [
      "422 to an empty tree with a root of its own",
      422,
      () => grown(0, 1).replace(/\n1\n/, "\n0\n"),
    ],
  ])("%s", async (_name, status, body) => {
    const { url, logs } = await serveWitness([log.key]);
    await post(url, grown(0, 7));
    expect((await post(url, body())).status).toBe(status);
    expect(logs.get(log.key.name)?.size).toBe(7);
  });

  test("one of two that are asked at once is stale", async () => {
    const { url } = await serveWitness([log.key]);
    const answers = await Promise.all([9, 10, 11, 12].map((to) => post(url, grown(0, to))));
    expect(answers.map(({ status }) => status).sort((one, other) => one - other)).toEqual([
      200, 409, 409, 409,
    ]);
  });

  test("an empty tree is cosigned", async () => {
    const { url } = await serveWitness([log.key]);
    expect((await post(url, grown(0, 0, sign(0, log, EMPTY_ROOT)))).status).toBe(200);
  });
});

describe("the log asks witnesses", () => {
  let world: AuditWorld;
  beforeEach(async () => {
    world = await auditWorld();
  });
  afterEach(() => world.close());

  const logKeys = async (): Promise<VerifierKey[]> =>
    (await loadLogKeys(world.pool)).map(verifierOf);
  const publisherFor = (witness: { url: string; key: VerifierKey }) => {
    const { pool } = world;
    const publications = createPublications(pool);
    const metrics = countingMetrics();
    const target = witnessTarget({
      witness,
      proofs: createLogProofs(pool),
      lastSigned: () => lastCheckpoint(pool),
      publications,
      keep: keepCosignatures(pool),
    });
    const logger = { warn: () => undefined };
    const publisher = new Publisher({
      targets: [target],
      publications,
      isActive: () => true,
      metrics,
      logger,
    });
    return { publisher, metrics, name: target.name };
  };
  const head = async (): Promise<SignedHead> => {
    const newest = await createLogProofs(world.pool).head();
    if (newest === null) throw new Error("Something was sealed.");
    return newest;
  };

  test("and shows their cosignatures in its notes, and their keys among its own", async () => {
    const witness = await serveWitness(await logKeys());
    const { publisher, metrics } = publisherFor(witness);
    const sealer = world.sealer();
    for (const count of [5, 300, 2]) {
      await world.put(readingRecords(count));
      await sealer.tick();
      expect(await publisher.tick()).toEqual([]);
      const { note } = await head();
      const { verified } = verifyNote(parseCheckpoint(note).note, [
        ...(await logKeys()),
        witness.key,
      ]);
      expect(verified.map(({ name }) => name)).toEqual([LOG_NAME, witness.key.name]);
    }
    expect(metrics.said["witness"]).toBe(307);
    expect((await createLogProofs(world.pool).keys()).at(-1)).toMatchObject({
      kind: "WITNESS",
      verifierKey: witness.key.text,
      validFrom: NOW,
      validTo: null,
    });
    expect(witness.logs.get(LOG_NAME)?.size).toBe(307);
  });

  test("and goes on from what a witness remembers, where that is not what was thought", async () => {
    const witness = await serveWitness(await logKeys());
    const { publisher, name } = publisherFor(witness);
    const sealer = world.sealer();
    await world.put(readingRecords(5));
    await sealer.tick();
    await publisher.tick();
    await createPublications(world.pool).record(name, 3);
    await world.put(readingRecords(5));
    await sealer.tick();
    expect(await publisherFor(witness).publisher.tick()).toEqual([]);
    expect(witness.logs.get(LOG_NAME)?.size).toBe(10);
  });

  test("and believes none whose key is another", async () => {
    const { url } = await serveWitness(await logKeys());
    await world.put(readingRecords(5));
    await world.sealer().tick();
    const { publisher, metrics } = publisherFor({ url, key: freshWitness().key });
    expect(await publisher.tick()).toHaveLength(1);
    expect(metrics.said["witness failed"]).toBe(1);
    expect(await world.value("select count(*) from log_cosignature")).toBe("0");
  });

  test("and is refused by one that does not know it", async () => {
    const { url, key } = await serveWitness([freshSigner().key]);
    await world.put(readingRecords(5));
    await world.sealer().tick();
    const asked = askWitness({
      witness: { url, key },
      head: await head(),
      from: 0,
      prove: async () => [],
    });
    await expect(asked).rejects.toThrow(WitnessError);
    await expect(asked).rejects.toMatchObject({ status: 404 });
  });

  test("and hears from one that has seen more than there is", async () => {
    const witness = await serveWitness(await logKeys());
    const sealer = world.sealer();
    await world.put(readingRecords(5));
    await sealer.tick();
    const old = await head();
    await world.put(readingRecords(1));
    await sealer.tick();
    expect(await publisherFor(witness).publisher.tick()).toEqual([]);
    const asked = askWitness({ witness, head: old, from: 0, prove: async () => [] });
    await expect(asked).rejects.toThrow(WitnessAheadError);
  });
});

describe("what a witness keeps", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "custodia-witness-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  test("its key and what it saw are there after a restart", async () => {
    const world = await auditWorld();
    const path = join(folder, "state.json");
    const newKey = () => newLogKey({ masterKey: world.masterKey, name: "witness.example/w1" });
    const state = await openWitnessState({ path, newKey });
    const seen = { size: 3, root: Buffer.alloc(32, 1), note: "note\n" };
    await state.put("log.example", seen);
    const again = await openWitnessState({
      path,
      newKey: () => Promise.reject(new Error("no new key")),
    });
    expect(again.key).toEqual(state.key);
    expect(again.get("log.example")).toEqual(seen);
    expect(again.get("another")).toBeNull();
    expect(await readFile(path, "utf8")).not.toContain("PRIVATE");
    await world.close();
  });

  test("a file that is no state is not begun anew", async () => {
    const path = join(folder, "state.json");
    await writeFile(path, "no state");
    await expect(
      openWitnessState({ path, newKey: () => Promise.reject(new Error("no")) }),
    ).rejects.toThrow(/is not the state of a witness/);
  });
});
