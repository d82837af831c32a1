import type { StandingExport } from "../audit/export/export-store.ts";
import type { Row } from "../database/read-request.ts";
import { expectFieldwork } from "../engagements/audit.rules.ts";
import { PublicError, publicError } from "../errors.ts";
import type { RequestContext } from "../graphql/context.ts";
import { extentOf, EXTENT } from "./asked-evidence.ts";

/** Fields of an export that whoever downloads it is told anyway. */
const TOLD = ["state", "digest", "bytes"];

/**
 * The export whose bundle the caller may have now. What was permitted when it was asked for has to be
 * permitted still: the audit looks at records, and the caller reads every record that is in it.
 *
 * @throws NOT_FOUND, FORBIDDEN, PURPOSE_REQUIRED
 * @throws EVIDENCE_ENDED where it was permitted and is not any more
 * @throws INVALID_STATE while it is not ready
 */
export async function openEvidence(id: string, context: RequestContext): Promise<StandingExport> {
  const { rows, evidence, now } = context;
  const selection = { shown: new Set(TOLD), judged: new Set(TOLD) };
  const row = await rows.get("EvidenceExport", selection, id);
  context.require("downloadEvidence", row, TOLD);
  const kept = await evidence.find(id);
  if (kept === null) throw publicError("NOT_FOUND");
  if (kept.state === "EXPIRED" || kept.expiresAt <= now) throw publicError("EVIDENCE_ENDED");
  await expectStillPermitted(kept, context);
  if (kept.state !== "READY") throw publicError("INVALID_STATE", { state: kept.state });
  return kept;
}

async function expectStillPermitted(kept: StandingExport, context: RequestContext): Promise<void> {
  const { rows, evidence } = context;
  const needed = ["state", ...EXTENT];
  const selection = { shown: new Set(needed), judged: new Set(needed) };
  const audit: Row | null = await rows.find("AuditEngagement", selection, kept.engagementId);
  if (audit === null) throw publicError("EVIDENCE_ENDED");
  try {
    expectFieldwork(String(audit["state"]));
    const within = extentOf(audit);
    const asked = { type: "Decision", within, filter: null, whole: "record" };
    if (await evidence.isWithin(kept, await rows.scopeWithin(asked))) return;
  } catch (error) {
    const isOver = error instanceof PublicError && OVER.includes(error.code);
    if (!isOver) throw error;
  }
  throw publicError("EVIDENCE_ENDED");
}

/** What refuses when an audit, or what the caller may read in it, has ended. */
const OVER: readonly string[] = ["INVALID_STATE", "FORBIDDEN"];
