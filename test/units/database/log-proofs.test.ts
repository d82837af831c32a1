import { parseCheckpoint } from "../../../src/audit/notes/checkpoint.ts";
import { parseVerifierKey } from "../../../src/audit/notes/verifier-key.ts";
import { verifyNote } from "../../../src/audit/notes/verify-note.ts";
import { leafHash } from "../../../src/audit/tree/hashing.ts";
import { verifyConsistency, verifyInclusion } from "../../../src/audit/tree/verify.ts";
import { rotateLogKey } from "../../../src/database/log-key-rotation.ts";
import { createLogProofs } from "../../../src/database/log-proofs.ts";
import { thinCheckpoints } from "../../../src/database/thin-checkpoints.ts";
import {
  type AuditWorld,
  auditWorld,
  faultsOfLog,
  LOG_NAME,
  readingRecords,
} from "../../support/audit-world.ts";

let world: AuditWorld;
beforeEach(async () => {
  world = await auditWorld();
});
afterEach(() => world.close());

const seal = async (...counts: number[]): Promise<void> => {
  const sealer = world.sealer();
  for (const count of counts) {
    await world.put(readingRecords(count));
    await sealer.tick();
  }
  await sealer.stop();
};
const keysOf = async () =>
  (await createLogProofs(world.pool).keys()).map(({ verifierKey }) =>
    parseVerifierKey(verifierKey),
  );
const signersOf = async (note: string): Promise<string[]> => {
  const { verified, failed } = verifyNote(parseCheckpoint(note).note, await keysOf());
  expect(failed).toEqual([]);
  return verified.map(({ id }) => id);
};

test("an empty log has a key and no head", async () => {
  const proofs = createLogProofs(world.pool);
  expect(await proofs.head()).toBeNull();
  expect(await proofs.headAt(7)).toBeNull();
  expect(await proofs.keys()).toEqual([
    {
      verifierKey: expect.stringMatching(new RegExp(`^${LOG_NAME}\\+[0-9a-f]{8}\\+`)),
      kind: "LOG",
      validFrom: expect.any(Date),
      validTo: null,
    },
  ]);
});

test("records are proved to be in the tree of any signed size, in the order asked", async () => {
  await seal(3, 300, 40);
  const proofs = createLogProofs(world.pool);
  const { rows } = await world.pool.query<{ at: string; body: string }>(
    "select tree_index as at, body from decision order by tree_index",
  );
  for (const size of [3, 303, 343, 1_000]) {
    const head = await proofs.headAt(size);
    if (head === null) throw new Error("There is a head.");
    expect(head.treeSize).toBe(Math.min(size, 343));
    const asked = [2, 0, head.treeSize - 1, 1];
    const given = await proofs.inclusion(asked, head);
    expect(given.map(({ treeIndex }) => treeIndex)).toEqual(asked);
    for (const { treeIndex, hashes } of given) {
      const leaf = leafHash(rows[treeIndex]?.body ?? "");
      const of = { index: treeIndex, size: head.treeSize, proof: hashes, root: head.root };
      expect(verifyInclusion({ ...of, leaf })).toBe(true);
      expect(verifyInclusion({ ...of, leaf: leafHash("another") })).toBe(false);
    }
  }
});

test("the tree of one head is proved to begin with that of another", async () => {
  await seal(3, 300, 40);
  const proofs = createLogProofs(world.pool);
  const [old, newest] = [await proofs.headAt(302), await proofs.head()];
  if (old === null || newest === null) throw new Error("There are two heads.");
  const proof = await proofs.consistency(old.treeSize, newest.treeSize);
  const from = { size: old.treeSize, root: old.root };
  const to = { size: newest.treeSize, root: newest.root };
  expect(old.treeSize).toBe(3);
  expect(verifyConsistency({ from, to, proof })).toBe(true);
});

test("without its database the log proves nothing, and says only that it is not available", async () => {
  await world.pool.query("drop table log_cosignature");
  await expect(createLogProofs(world.pool).head()).rejects.toThrow(/SQLSTATE 42P01/);
});

describe("another key", () => {
  test("signs from now on, and the newest checkpoint is signed by both", async () => {
    await seal(5);
    const [first] = await keysOf();
    const { from, to, note } = await rotateLogKey(world);
    expect(from?.id).toBe(first?.id);
    expect(await signersOf(note ?? "")).toEqual([from?.id, to.id]);
    await seal(4);
    const proofs = createLogProofs(world.pool);
    expect(await signersOf((await proofs.head())?.note ?? "")).toEqual([to.id]);
    expect(await signersOf((await proofs.headAt(5))?.note ?? "")).toEqual([from?.id, to.id]);
    const times = (await proofs.keys()).map(({ validFrom, validTo }) => ({ validFrom, validTo }));
    expect(times).toEqual([
      { validFrom: expect.any(Date), validTo: expect.any(Date) },
      { validFrom: times[0]?.validTo, validTo: null },
    ]);
    expect(await faultsOfLog(world.pool)).toEqual([]);
  });

  test("takes over while a node seals, several times", async () => {
    const sealer = world.sealer();
    for (let round = 0; round < 4; round++) {
      await world.put(readingRecords(3));
      await sealer.tick();
      await rotateLogKey(world);
      await rotateLogKey(world);
    }
    expect(sealer.halted).toBeNull();
    expect(await keysOf()).toHaveLength(9);
    expect(await faultsOfLog(world.pool)).toEqual([]);
  });

  test("begins a log that has nothing sealed", async () => {
    expect((await rotateLogKey(world)).note).toBeNull();
    await seal(1);
    expect(await faultsOfLog(world.pool)).toEqual([]);
  });

  test("never signs a log that is damaged", async () => {
    await seal(5);
    await world.pool.query(
      "alter table log_tile disable trigger user; update log_tile set hashes = set_byte(hashes, 3, 0) || ''",
    );
    await world.pool.query(
      "update log_tile set hashes = set_byte(hashes, 4, get_byte(hashes, 4) # 1)",
    );
    await expect(rotateLogKey(world)).rejects.toThrow("do not give the root");
    expect(await keysOf()).toHaveLength(1);
  });
});

test("of old checkpoints the last of each hour stays, with those that a second key signed", async () => {
  await seal(1, 1, 1, 1, 1);
  await rotateLogKey(world);
  await seal(1, 1, 1);
  const times = ["09:00", "09:59", "10:01", "10:02", "10:03", "10:04", "11:00", "12:00"];
  await world.pool.query("alter table log_checkpoint disable trigger user");
  for (const [at, time] of times.entries())
    await world.pool.query("update log_checkpoint set sealed_at = $2 where tree_size = $1", [
      at + 1,
      `2026-01-05T${time}:00Z`,
    ]);
  const forgotten = (before: string) =>
    thinCheckpoints({ database: world.pool, before: new Date(before) });
  expect(await forgotten("2026-01-05T08:00:00Z")).toBe(0);
  expect(await forgotten("2026-01-05T12:30:00Z")).toBe(3);
  expect(
    await world.value("select array_agg(tree_size::int order by tree_size) from log_checkpoint"),
  ).toEqual([2, 5, 6, 7, 8]);
  expect(await forgotten("2026-01-05T12:30:00Z")).toBe(0);
});
