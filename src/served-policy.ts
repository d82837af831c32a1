import type { Logger } from "pino";
import type { Catalog } from "./classification/catalog.ts";
import type { PolicyVersionRecord } from "./database/policy-version-record.ts";
import type { PolicyVersions } from "./database/policy-versions.ts";
import { publicError } from "./errors.ts";
import { PolicyEngine } from "./policy/decisions.ts";
import { digestOf } from "./policy/document.ts";
import { PolicyFaults } from "./policy/fault.ts";
import { loadPolicy } from "./policy/load.ts";

/** Until the next try to find out which version is ACTIVE, where the database did not answer. */
const RETRY_MS = 100;

interface ServedPolicyOptions {
  readonly versions: Pick<PolicyVersions, "active">;
  readonly catalog: Catalog;
  /** Milliseconds for which an answer may be given while it is unknown which version is ACTIVE. */
  readonly limitMs: number;
  readonly logger: Logger;
}

/**
 * The policy under which this process answers: the version that is ACTIVE in the database, and no
 * other. Where that one can't be loaded nothing is answered, for an older one may allow what was
 * just forbidden.
 */
export class ServedPolicy {
  readonly #options: ServedPolicyOptions;
  #engine: PolicyEngine | null = null;
  #fault = "no policy was loaded yet";
  /** Since when it is unknown which version is ACTIVE, by the clock of the process; null if known. */
  #unknownSince: number | null = null;
  #isWanted = false;
  #loading: Promise<void> | null = null;
  #retry: NodeJS.Timeout | undefined;

  constructor(options: ServedPolicyOptions) {
    this.#options = options;
  }

  /**
   * The engine of the version that is served. A request takes it once and keeps it to its end.
   *
   * @throws SERVICE_UNAVAILABLE while there is none
   */
  current(): PolicyEngine {
    if (this.#engine === null || this.fault() !== null) throw publicError("SERVICE_UNAVAILABLE");
    return this.#engine;
  }

  /** Why nothing is served, or null. */
  fault(): string | null {
    if (this.#engine === null) return this.#fault;
    const isUnknown =
      this.#unknownSince !== null && performance.now() - this.#unknownSince > this.#options.limitMs;
    return isUnknown ? "it is unknown which policy is active" : null;
  }

  /** Looks which version is ACTIVE and takes it; resolves once that was done after this call. */
  async refresh(): Promise<void> {
    this.#isWanted = true;
    this.#loading ??= this.#refreshWhileWanted().finally(() => (this.#loading = null));
    await this.#loading;
  }

  /** No further tries. */
  close(): void {
    clearTimeout(this.#retry);
  }

  async #refreshWhileWanted(): Promise<void> {
    while (this.#isWanted) {
      this.#isWanted = false;
      clearTimeout(this.#retry);
      try {
        this.#take(await this.#options.versions.active());
        this.#unknownSince = null;
      } catch {
        this.#unknownSince ??= performance.now();
        this.#retry = setTimeout(() => void this.refresh(), RETRY_MS).unref();
      }
    }
  }

  #take(version: PolicyVersionRecord | null): void {
    if (version === null) return this.#stop("no policy is active", {});
    const { digest, documents } = version;
    // Read anew even where nothing was activated: documents that were tampered with are noticed.
    if (digestOf(documents) !== digest)
      return this.#stop("the documents of the active policy are not those of its digest", {
        digest,
      });
    if (this.#engine?.policy.version === digest) return;
    const { catalog, logger } = this.#options;
    try {
      this.#engine = new PolicyEngine({ policy: loadPolicy(documents, catalog), catalog });
      logger.info({ policyVersion: digest }, "a policy is served");
    } catch (error) {
      if (!(error instanceof PolicyFaults)) throw error;
      const faults = error.faults.map(({ file, line, message }) => `${file}:${line}: ${message}`);
      this.#stop("the active policy can't be loaded", { digest, faults });
    }
  }

  /** Drops the engine with all its plans; requests that took it finish under it. */
  #stop(fault: string, particulars: { digest?: string; faults?: readonly string[] }): void {
    this.#engine = null;
    this.#fault = fault;
    const { digest, faults } = particulars;
    this.#options.logger.error({ policyVersion: digest, faults }, `nothing is served: ${fault}`);
  }
}
