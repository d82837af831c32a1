import type { ExportStore } from "./audit/export/export-store.ts";
import { NoteSigners } from "./audit/note-signers.ts";
import { signNote } from "./audit/notes/sign-note.ts";
import type { TileSource } from "./audit/tree/tile.ts";
import type { Catalog } from "./classification/catalog.ts";
import { createEvidenceDesk, type EvidenceDesk } from "./database/evidence-desk.ts";
import { createEvidenceExportStore } from "./database/evidence-export-store.ts";
import { loadLogKeys } from "./database/log-keys.ts";
import { storedTiles } from "./database/log-tiles.ts";
import type { OpenDatabase } from "./database/open-database.ts";
import type { Orm } from "./database/orm.ts";
import { statementFailure } from "./database/statement-failure.ts";
import { invariant } from "./lib/invariant.ts";
import { openLogKey } from "./sealing/log-key.ts";
import type { MasterKey } from "./sealing/master-key.ts";

/** What exports of evidence are kept, made and signed with. */
export interface EvidenceServices {
  readonly desk: EvidenceDesk;
  readonly store: ExportStore;
  readonly tiles: TileSource;
  /** Signs a text as a note, by the present key of the log. */
  readonly signNote: (text: string) => Promise<string>;
}

/** Builds them on the primary database. */
export function buildEvidence(on: {
  database: Pick<OpenDatabase, "pool">;
  orm: Orm;
  catalog: Catalog;
  masterKey: MasterKey;
}): EvidenceServices {
  const { orm, catalog, masterKey } = on;
  const { pool } = on.database;
  const store = createEvidenceExportStore(pool);
  const tiles = storedTiles(pool);
  const signers = new NoteSigners((row) => openLogKey({ masterKey, row }));
  return {
    store,
    desk: createEvidenceDesk({ pool, orm, catalog, store }),
    tiles: { read: (ids) => answered(tiles.read(ids)) },
    async signNote(text) {
      const active = (await answered(loadLogKeys(pool))).find(({ state }) => state === "ACTIVE");
      invariant(active !== undefined, "a log that was sealed has a key");
      return signNote({ text, signers: [await signers.signerFor(active)] });
    },
  };
}

async function answered<Answer>(question: Promise<Answer>): Promise<Answer> {
  try {
    return await question;
  } catch (error) {
    throw statementFailure(error);
  }
}
