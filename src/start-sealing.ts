import type { Pool } from "pg";
import type { LogProofs, SignedHead } from "./audit/log-proofs.ts";
import { NoteFormatError } from "./audit/notes/note-format-error.ts";
import { parseVerifierKey } from "./audit/notes/verifier-key.ts";
import { keptInFolder } from "./audit/publish-file.ts";
import { Publisher, type PublishingTarget } from "./audit/publisher.ts";
import { folderTarget, urlTarget, witnessTarget } from "./audit/publishing-targets.ts";
import { Sealer } from "./audit/sealer.ts";
import type { RemoteWitness } from "./audit/witness-client.ts";
import type { Config } from "./config.ts";
import { lastCheckpoint } from "./database/log-checkpoints.ts";
import { beginLog } from "./database/log-keys.ts";
import { createSealingLease } from "./database/log-lease.ts";
import { createPublications, keepCosignatures } from "./database/log-publications.ts";
import { createPool } from "./database/pool.ts";
import { createSealedLog } from "./database/sealed-log.ts";
import { BootError } from "./lib/boot-error.ts";
import { openLogKey } from "./sealing/log-key.ts";
import type { Services } from "./services.ts";
import type { MasterKey } from "./sealing/master-key.ts";

/** The sealer of this node, and whoever hands its checkpoints on. */
export interface Sealing {
  /** Not started where AUDIT_SEALER is off: a test ticks it by hand. */
  readonly sealer: Sealer;
  readonly publisher: Publisher;
  /** Finishes what is under way. */
  stop(): Promise<void>;
}

/** Connections of the sealer: requests that have taken all others don't hold it up. */
const CONNECTIONS = 3;

/** What sealing works with. */
type SealingParts = Pick<Services, "config" | "logger" | "database" | "proofs" | "metrics"> & {
  readonly masterKey: MasterKey;
};

/**
 * Starts to seal the decision log and to hand its checkpoints on.
 *
 * @throws BootError for a witness whose key can't be read
 */
export async function startSealing(parts: SealingParts): Promise<Sealing> {
  const { config, masterKey, logger } = parts;
  const witnesses = config.auditWitnesses.map(witnessIn);
  const pool = createPool({
    url: parts.database.url,
    max: CONNECTIONS,
    connectTimeoutMs: config.databaseConnectTimeoutMs,
    statementTimeoutMs: config.statementTimeoutMs,
    applicationName: "custodia sealer",
  });
  try {
    const name = await beginLog({ pool, masterKey, name: config.auditLogName });
    if (name !== config.auditLogName)
      logger.warn({ log: name }, "AUDIT_LOG_NAME is not the name under which the log has begun");
  } catch (error) {
    await pool.end();
    throw error;
  }
  const sealer = sealerOn(pool, parts);
  const publisher = publisherOn(pool, { ...parts, witnesses, isActive: () => sealer.isLeader });
  if (config.auditSealer === "on") {
    sealer.start();
    publisher.start();
  }
  return {
    sealer,
    publisher,
    stop: async () => {
      await Promise.all([sealer.stop(), publisher.stop()]);
      await pool.end();
    },
  };
}

function sealerOn(pool: Pool, { config, masterKey, metrics, logger }: SealingParts): Sealer {
  const folder = config.auditPublishFile;
  return new Sealer({
    log: createSealedLog(pool),
    lease: createSealingLease({ pool }),
    openKey: (row) => openLogKey({ masterKey, row }),
    ...(folder === null ? {} : { recall: () => keptInFolder(folder) }),
    metrics: metrics.audit,
    logger,
  });
}

function publisherOn(
  pool: Pool,
  parts: SealingParts & { witnesses: readonly RemoteWitness[]; isActive: () => boolean },
): Publisher {
  const { config, proofs, metrics, logger, witnesses, isActive } = parts;
  const publications = createPublications(pool);
  const keep = keepCosignatures(pool);
  const lastSigned = (): Promise<SignedHead | null> => lastCheckpoint(pool);
  const cosigning = witnesses.map((witness) =>
    witnessTarget({ witness, proofs, lastSigned, publications, keep }),
  );
  const targets = [...targetsIn(config, proofs), ...cosigning];
  return new Publisher({ targets, publications, isActive, metrics: metrics.audit, logger });
}

function targetsIn(config: Config, proofs: LogProofs): PublishingTarget[] {
  const { auditPublishFile: folder, auditPublishUrl: url } = config;
  return [
    ...(folder === null ? [] : [folderTarget(folder, proofs)]),
    ...(url === null ? [] : [urlTarget(url, proofs)]),
  ];
}

function witnessIn({ url, key }: Config["auditWitnesses"][number]): RemoteWitness {
  try {
    const read = parseVerifierKey(key);
    if (read.kind === "COSIGNATURE") return { url, key: read };
  } catch (error) {
    if (!(error instanceof NoteFormatError)) throw error;
  }
  throw new BootError(`AUDIT_WITNESSES: the key of ${url} is no verifier key of a witness`);
}
