import {
  type AuditWorld,
  auditWorld,
  countingMetrics,
  faultsOfLog,
  readingRecords,
} from "../../support/audit-world.ts";

let world: AuditWorld;
beforeEach(async () => {
  world = await auditWorld();
});
afterEach(() => world.close());

describe("a log that is not the one that was signed is sealed no further", () => {
  const OTHER = Buffer.alloc(32, 7);
  const unguarded = (table: string, statement: string): string =>
    `alter table ${table} disable trigger user; ${statement}; alter table ${table} enable trigger user`;

  test.each([
    [
      "a tile was changed",
      unguarded(
        "log_tile",
        "update log_tile set hashes = set_byte(hashes, 40, get_byte(hashes, 40) # 1)",
      ),
    ],
    [
      "a tile was cut",
      unguarded("log_tile", "update log_tile set hashes = substring(hashes from 1 for 32)"),
    ],
    ["a tile was removed", unguarded("log_tile", "delete from log_tile")],
    [
      "the head's root was changed",
      unguarded("log_head", `update log_head set root = '\\x${OTHER.toString("hex")}'`),
    ],
    [
      "the head was set back",
      unguarded(
        "log_head",
        "update log_head h set tree_size = c.tree_size, root = c.root from log_checkpoint c where c.tree_size = 5",
      ),
    ],
    ["the last checkpoint was removed", "delete from log_checkpoint where tree_size = 9"],
    ["all checkpoints were removed", "delete from log_checkpoint"],
    [
      "a signature was changed",
      unguarded(
        "log_checkpoint",
        "update log_checkpoint set note = left(note, -6) || 'AAAAA' || chr(10)",
      ),
    ],
    [
      "the note is of another size",
      unguarded(
        "log_checkpoint",
        "update log_checkpoint set note = (select note from log_checkpoint where tree_size = 5) where tree_size = 9",
      ),
    ],
  ])("%s", async (_name, tampering) => {
    const metrics = countingMetrics();
    const sealer = world.sealer({ metrics });
    await world.put(readingRecords(5));
    await sealer.tick();
    await world.put(readingRecords(4));
    await sealer.tick();
    await world.pool.query(tampering);
    await world.put(readingRecords(1));
    // A node that saw the log before, and one that did not.
    for (const one of [sealer, world.sealer({ metrics })]) {
      const before = await world.value("select count(*) from log_checkpoint");
      expect(await one.tick()).toEqual({ isLeader: false, records: 0, hasMore: false });
      expect(one.halted).toEqual(expect.any(String));
      expect(await world.value("select count(*) from log_checkpoint")).toBe(before);
      expect(await world.value("select count(*) from decision_inbox")).toBe("1");
    }
    expect(metrics.said).toMatchObject({ halted: 1, sealed: 9, leader: 0 });
  });

  test("a backup was restored, whose head is whole and older than what this node signed", async () => {
    const sealer = world.sealer();
    await world.put(readingRecords(5));
    await sealer.tick();
    await world.pool.query(`create table kept as select * from log_tile`);
    const rest = await world.put(readingRecords(4));
    await sealer.tick();
    await world.pool.query(`
      alter table log_head disable trigger user; alter table log_tile disable trigger user; alter table decision disable trigger user;
      update log_head h set tree_size = c.tree_size, root = c.root from log_checkpoint c where c.tree_size = 5;
      delete from log_checkpoint where tree_size = 9; delete from log_tile; insert into log_tile select * from kept`);
    await world.pool.query("delete from decision where id = any($1)", [rest]);
    expect(await faultsOfLog(world.pool)).toEqual([]);
    await world.put(readingRecords(1));
    expect((await sealer.tick()).records).toBe(0);
    expect(sealer.halted).toBe("The log is shorter than it was");
  });

  test("the tables themselves refuse it", async () => {
    await world.put(readingRecords(300));
    await world.sealer().tick();
    for (const statement of [
      "update log_tile set hashes = substring(hashes from 1 for 32) where level = 1",
      "update log_tile set hashes = hashes where level = 0",
      "delete from log_tile",
      "update log_head set tree_size = 1",
      "update log_head set root = sha256(root)",
      "update log_head set origin = 'other'",
      "delete from log_head",
      "update log_checkpoint set root = sha256(root)",
      "update log_checkpoint set note = 'x'",
      "delete from log_key",
      "update log_key set public_key = sha256(public_key)",
    ])
      await expect(world.pool.query(statement)).rejects.toThrow(/only grows|stays/);
  });
});
