import { canonicalRecord } from "../../src/customers/import/record-digest.ts";
import type { Checkpoint, ImportStore } from "../../src/customers/import/import-store.ts";

/** The process died: nothing behind it runs. */
export class Killed extends Error {}

/** An import store in memory, which can die when its next transaction is about to commit. */
export class MemoryImportStore {
  customers = new Map<string, string>();
  checkpoint: Checkpoint | null = null;
  commits = 0;
  diesAtCommit = Number.POSITIVE_INFINITY;

  readonly store: ImportStore = {
    interruptedAt: async () => this.checkpoint,
    finish: async () => {
      this.checkpoint = null;
    },
    inTransaction: async (_key, work) => {
      const customers = new Map(this.customers);
      let checkpoint = this.checkpoint;
      const result = await work({
        write: async (records) =>
          records.map((record) => {
            const stored = customers.get(record.customerNo);
            const content = canonicalRecord(record);
            customers.set(record.customerNo, content);
            if (stored === undefined) return "CREATED";
            return stored === content ? "UNCHANGED" : "CHANGED";
          }),
        saveCheckpoint: async (saved) => {
          checkpoint = saved;
        },
      });
      this.commits += 1;
      if (this.commits === this.diesAtCommit) throw new Killed();
      this.customers = customers;
      this.checkpoint = checkpoint;
      return result;
    },
  };
}
