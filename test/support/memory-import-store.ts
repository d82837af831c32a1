import {
  type Checkpoint,
  ImportConflict,
  type ImportStore,
  type WriteResult,
} from "../../src/customers/import/import-store.ts";

/** The process died: nothing behind it runs. */
export class Killed extends Error {}

/** An import store in memory, which can die, or find a conflict, at a chosen commit. */
export class MemoryImportStore {
  readonly customers = new Map<string, string>();
  checkpoint: Checkpoint | null = null;
  commits = 0;
  diesAtCommit = Number.POSITIVE_INFINITY;
  conflictsAtCommit = Number.POSITIVE_INFINITY;

  readonly store: ImportStore = {
    interruptedAt: async () => this.checkpoint,
    finish: async () => {
      this.checkpoint = null;
    },
    batchesAhead: 2,
    close: async () => {},
    prepare: async (_key, records) => {
      const contents = records.map(
        ({ record, canonical }) => [record.customerNo, canonical] as const,
      );
      return {
        results: contents.map((entry) => this.#resultOf(entry)),
        commit: async (checkpoint) => {
          this.commits += 1;
          if (this.commits === this.diesAtCommit) throw new Killed();
          if (this.commits === this.conflictsAtCommit) throw new ImportConflict();
          for (const [customerNo, content] of contents) this.customers.set(customerNo, content);
          this.checkpoint = checkpoint ?? this.checkpoint;
        },
      };
    },
  };

  #resultOf([customerNo, content]: readonly [string, string]): WriteResult {
    const stored = this.customers.get(customerNo);
    if (stored === undefined) return "CREATED";
    return stored === content ? "UNCHANGED" : "CHANGED";
  }
}
