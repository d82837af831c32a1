import fc from "fast-check";
import { setTimeout as pause } from "node:timers/promises";
import {
  type DecisionSink,
  DecisionWriter,
  LogUnavailableError,
  type PendingRecord,
} from "../../../src/audit/decision-writer.ts";
import { propertyRuns } from "../../support/runs.ts";

const CALLER = { digest: "d", text: "{}" };
const QUIET = { committed: () => undefined, failed: () => undefined };

/** Something to write to that keeps what it was given, and fails when told to. */
class Shelf implements DecisionSink {
  readonly batches: { records: readonly PendingRecord[]; isRepeated: boolean }[] = [];
  /** How the next writes end, in order; afterwards all of them succeed. */
  readonly ends: ("ok" | "lost" | "unheard")[] = [];
  readonly #kept = new Map<string, number>();

  async write({ records, isRepeated }: Parameters<DecisionSink["write"]>[0]): Promise<void> {
    const end = this.ends.shift() ?? "ok";
    await pause(1);
    if (end !== "lost") {
      this.batches.push({ records, isRepeated });
      for (const { id } of records) {
        if (isRepeated && this.#kept.has(id)) continue;
        this.#kept.set(id, (this.#kept.get(id) ?? 0) + 1);
      }
    }
    if (end !== "ok") throw new Error("no answer");
  }

  get kept(): ReadonlyMap<string, number> {
    return this.#kept;
  }
}

function writerOn(shelf: Shelf, mostBacklog = 1_000_000): DecisionWriter {
  const limits = { mostBacklog, lingerMs: 5 };
  return new DecisionWriter({ sink: shelf, limits, observer: QUIET });
}

const record = (id: string): PendingRecord => ({ id, body: `body of ${id}` });
const entry = (id: string, isAwaited: boolean) => ({
  records: [record(id)],
  caller: CALLER,
  isAwaited,
});

test("what arrives while a batch is being committed shares the next one", async () => {
  const shelf = new Shelf();
  const writer = writerOn(shelf);
  await Promise.all(["a", "b", "c", "d"].map((id) => writer.append(entry(id, true))));
  expect(shelf.batches.length).toBeLessThanOrEqual(2);
  expect([...shelf.kept.keys()]).toEqual(["a", "b", "c", "d"]);
  await writer.close();
});

test("no records are durable at once, and nothing is written for them", async () => {
  const shelf = new Shelf();
  const writer = writerOn(shelf);
  await writer.append({ records: [], caller: CALLER, isAwaited: true });
  await writer.close();
  expect(shelf.batches).toEqual([]);
});

test("who waits is told of a failure, and the records are written later, once", async () => {
  const shelf = new Shelf();
  shelf.ends.push("unheard");
  const writer = writerOn(shelf);
  await expect(writer.append(entry("a", true))).rejects.toThrow(LogUnavailableError);
  await writer.append(entry("b", true)).catch(() => undefined);
  await writer.close();
  expect([...shelf.kept]).toEqual([
    ["a", 1],
    ["b", 1],
  ]);
  expect(shelf.batches.at(-1)?.isRepeated ?? true).toBe(shelf.batches.length === 1);
});

test("a backlog over the limit is not accepted any more, and is again once it is written", async () => {
  const shelf = new Shelf();
  shelf.ends.push("lost", "lost", "lost");
  const writer = writerOn(shelf, 15);
  void writer.append(entry("a", false)).catch(() => undefined);
  void writer.append(entry("bb", false)).catch(() => undefined);
  expect(writer.backlog).toBe(record("a").body.length + record("bb").body.length);
  expect(writer.isAccepting).toBe(false);
  while (writer.backlog > 0) await pause(5);
  expect(writer.isAccepting).toBe(true);
  expect([...shelf.kept.keys()]).toEqual(["a", "bb"]);
  await writer.close();
});

test("closing writes what is left", async () => {
  const shelf = new Shelf();
  const writer = writerOn(shelf);
  void writer.append(entry("a", false));
  await writer.close();
  expect([...shelf.kept.keys()]).toEqual(["a"]);
});

test("whatever fails and in whatever order, nothing that was promised is lost and nothing is doubled", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ isAwaited: fc.boolean(), pauseMs: fc.nat(3) }), {
        minLength: 1,
        maxLength: 25,
      }),
      fc.array(fc.constantFrom("ok", "lost", "unheard"), { maxLength: 12 }),
      async (asked, ends) => {
        const shelf = new Shelf();
        shelf.ends.push(...(ends as Shelf["ends"]));
        const writer = writerOn(shelf);
        const promised: string[] = [];
        const pending = asked.map(async ({ isAwaited, pauseMs }, index) => {
          await pause(pauseMs);
          const id = String(index);
          await writer.append(entry(id, isAwaited)).then(
            () => promised.push(id),
            () => undefined,
          );
        });
        await Promise.all(pending);
        while (writer.backlog > 0) await pause(2);
        await writer.close();
        for (const id of promised) expect(shelf.kept.has(id)).toBe(true);
        expect([...shelf.kept.keys()].sort()).toEqual(
          asked.map((_, index) => String(index)).sort(),
        );
        expect([...shelf.kept.values()].every((times) => times === 1)).toBe(true);
      },
    ),
    { numRuns: propertyRuns(20) },
  );
});
