import type { AuditMetrics } from "./audit/audit-metrics.ts";
import { type DecisionLog, decisionLogOn } from "./audit/decision-log.ts";
import { type DecisionSink, DecisionWriter } from "./audit/decision-writer.ts";
import type { Config } from "./config.ts";
import { createDecisionInbox } from "./database/decision-inbox.ts";
import type { OpenDatabase } from "./database/open-database.ts";
import { createPool } from "./database/pool.ts";

/** The decision log of this process, as requests write it. */
export interface OpenLog {
  readonly log: DecisionLog;
  /** Writes what is left and ends its connections. */
  readonly closeLog: () => Promise<void>;
}

/** Milliseconds for which records that no answer waits for are collected. */
const LOG_LINGER_MS = 40;

/** The log writes by connections of its own: requests that use up theirs don't keep records from it. */
export function openLog({
  config,
  database,
  metrics,
  sink,
}: {
  config: Config;
  database: OpenDatabase;
  metrics: AuditMetrics;
  /** Where records go instead of the database; for measuring what the log costs. */
  sink?: DecisionSink | undefined;
}): OpenLog {
  const pool = createPool({
    url: database.url,
    max: 2,
    connectTimeoutMs: config.databaseConnectTimeoutMs,
    statementTimeoutMs: config.statementTimeoutMs,
    applicationName: "custodia log",
  });
  const writer: DecisionWriter = new DecisionWriter({
    sink: sink ?? createDecisionInbox(pool),
    limits: { mostBacklog: config.auditMaxBacklog, lingerMs: LOG_LINGER_MS },
    observer: {
      committed: (batch) => {
        metrics.observeCommit(batch);
        metrics.setWriterBacklog(writer.backlog);
      },
      failed: () => {
        metrics.commitFailed();
        metrics.setWriterBacklog(writer.backlog);
      },
    },
  });
  return {
    log: decisionLogOn(writer),
    closeLog: async () => {
      await writer.close();
      await pool.end();
    },
  };
}
