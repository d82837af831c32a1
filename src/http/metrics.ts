import cluster from "node:cluster";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { AuditMetrics } from "../audit/audit-metrics.ts";
import type { LogState } from "../audit/log-state.ts";
import { publicError } from "../errors.ts";
import { type AdmissionMetrics, admissionMetrics } from "./admission-metrics.ts";
import { pageOfAll } from "./worker-metrics.ts";

const PREFIX = "custodia_";
const SEALING_BUCKETS_S = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
const COMMIT_BUCKETS_S = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5];

/** What is measured of this process. */
export interface Metrics {
  readonly audit: AuditMetrics;
  readonly admission: AdmissionMetrics;
  /** The page of the Prometheus text format, and its media type. */
  page(): Promise<{ type: string; text: string }>;
}

/**
 * Makes the measures of one process, in a registry of its own. What every node can tell of the log it
 * asks the database for when the page is read, so that a log which nobody seals is seen on each.
 */
export function createMetrics(readState: () => Promise<LogState>): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: PREFIX });
  stateGauges(registry, readState);
  const audit = auditMetrics(registry);
  const processes = gaugesIn(registry)("processes", "Processes of this page.");
  processes.set(1);
  const ofAll = cluster.isWorker ? pageOfAll(registry) : null;
  return {
    audit,
    admission: admissionMetrics(registry, PREFIX),
    page: async () => {
      const text = await (ofAll === null ? registry.metrics() : ofAll());
      if (text === null) throw publicError("SERVICE_UNAVAILABLE", { reason: "processes" });
      return { type: registry.contentType, text };
    },
  };
}

/** What every process reads of the one log: on a page of several it is told once. */
function stateGauges(registry: Registry, readState: () => Promise<LogState>): void {
  let reading: Promise<LogState | null> | null = null;
  const stateNow = (): Promise<LogState | null> => {
    reading ??= readState()
      .catch(() => null)
      .finally(() => {
        reading = null;
      });
    return reading;
  };
  const gauge = (name: string, help: string, valueIn: (state: LogState) => number): Gauge =>
    new Gauge({
      name: `${PREFIX}${name}`,
      help,
      registers: [registry],
      aggregator: "max",
      async collect() {
        const state = await stateNow();
        // Not a number says that it is not known, which no threshold takes for well.
        this.set(state === null ? Number.NaN : valueIn(state));
      },
    });
  gauge(
    "audit_unsealed_records",
    "Records that have no place in the tree yet.",
    ({ unsealed }) => unsealed,
  );
  gauge(
    "audit_unsealed_oldest_age_seconds",
    "For how long the oldest unsealed record has waited.",
    ({ oldestUnsealedS }) => oldestUnsealedS,
  );
  gauge("audit_tree_records", "Records in the tree.", ({ treeSize }) => treeSize);
  gauge(
    "audit_checkpoint_age_seconds",
    "Time since the newest checkpoint.",
    ({ checkpointAgeS }) => checkpointAgeS ?? Number.NaN,
  );
}

function auditMetrics(registry: Registry): AuditMetrics {
  const gauge = gaugesIn(registry);
  const most = gaugesIn(registry, "max");
  const counter = countersIn(registry);
  const histogram = (name: string, help: string, buckets: number[]): Histogram =>
    new Histogram({ name: `${PREFIX}${name}`, help, buckets, registers: [registry] });

  const sealed = counter("audit_sealed_records_total", "Records that this node sealed.");
  const sealing = histogram(
    "audit_sealing_duration_seconds",
    "Length of a sealing transaction.",
    SEALING_BUCKETS_S,
  );
  const sealingFailed = counter("audit_sealing_failures_total", "Sealings that failed.");
  const leader = gauge("audit_sealer_leader", "1 on the node that seals.");
  const halted = most("audit_sealer_halted", "1 where the log was found damaged.");
  const unreadable = counter("audit_unreadable_records_total", "Records sealed unread.");
  const failed = counter("audit_publish_failures_total", "Checkpoints not handed on.", "kind");
  const published = most("audit_published_records", "Tree size that was handed on.", "kind");
  const backlog = gauge(
    "audit_writer_backlog_characters",
    "Length of the records that are not durable yet.",
  );
  const committed = counter("audit_committed_records_total", "Records made durable.");
  const commits = histogram(
    "audit_commit_duration_seconds",
    "Time in which a group of records became durable.",
    COMMIT_BUCKETS_S,
  );
  const commitFailed = counter("audit_commit_failures_total", "Groups that were not committed.");
  leader.set(0);
  halted.set(0);
  backlog.set(0);
  return {
    sealed: ({ records, seconds }) => {
      sealed.inc(records);
      sealing.observe(seconds);
    },
    setLeader: (isLeader) => leader.set(Number(isLeader)),
    setHalted: (isHalted) => halted.set(Number(isHalted)),
    sealingFailed: () => sealingFailed.inc(),
    unreadable: (records) => unreadable.inc(records),
    publishingFailed: (kind) => failed.inc({ kind }),
    published: (kind, treeSize) => published.set({ kind }, treeSize),
    setWriterBacklog: (characters) => backlog.set(characters),
    observeCommit: ({ records, seconds }) => {
      committed.inc(records);
      commits.observe(seconds);
    },
    commitFailed: () => commitFailed.inc(),
  };
}

function gaugesIn(registry: Registry, aggregator: "sum" | "max" = "sum") {
  return (name: string, help: string, ...labelNames: string[]): Gauge =>
    new Gauge({ name: `${PREFIX}${name}`, help, labelNames, registers: [registry], aggregator });
}

function countersIn(registry: Registry) {
  return (name: string, help: string, ...labelNames: string[]): Counter =>
    new Counter({ name: `${PREFIX}${name}`, help, labelNames, registers: [registry] });
}
