import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import type { Pool } from "pg";
import type { DecisionRecord } from "../../src/audit/decision-record.ts";
import { DEMO_ORGANISATIONS } from "../../src/identity/demo-organisations.ts";
import { putRecords, readingRecord } from "./audit-world.ts";
import type { TestServer } from "./start-test-server.ts";

/** An audit of the transferor whose team is the internal auditor, while it looks at records. */
export const INTERNAL_AUDIT = "0192a000-0000-7000-8000-00000000b003";

/** What tests put into the log, and nothing of what they ask meanwhile. */
export const EVERYTHING_PUT = {
  engagementId: INTERNAL_AUDIT,
  filter: { operation: "CustomerList" },
} as const;

const ASK = `mutation ($input: ExportEvidenceInput!) {
  exportEvidence(input: $input) { export { id state } }
}`;
const PROGRESS = `query ($id: ID!) {
  evidenceExport(id: $id) {
    state treeSize lookedAt records bytes digest deliveredBytes filter checkpoint
  }
}`;

/** An export as the API tells of it. */
export interface Progress {
  readonly state: "PREPARING" | "READY" | "FAILED" | "EXPIRED";
  readonly treeSize: number;
  readonly lookedAt: number;
  readonly records: number;
  readonly bytes: number;
  readonly digest: string | null;
  readonly deliveredBytes: number;
  readonly filter: string | null;
  readonly checkpoint: string;
}

/** Gives what puts records into the log of a server, and waits until its sealer has taken them. */
export function sealingInto(pool: Pool): (records: readonly DecisionRecord[]) => Promise<void> {
  return async (records) => {
    for (let at = 0; at < records.length; at += 5_000)
      await putRecords(pool, records.slice(at, at + 5_000));
    const last = records.at(-1)?.id;
    for (;;) {
      const { rowCount } = await pool.query("SELECT FROM decision WHERE id = $1", [last]);
      if (rowCount === 1) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
}

/** Records about the transferor, in the time that its audits look at. */
export function auditedRecords(
  count: number,
  said: Partial<DecisionRecord> = {},
): DecisionRecord[] {
  return Array.from({ length: count }, (_, index) =>
    readingRecord({
      at: new Date(Date.UTC(2026, 9, 1, 0, 0, index)).toISOString(),
      concerned: [DEMO_ORGANISATIONS.transferor.id],
      ...said,
    }),
  );
}

/** Asks for evidence as a caller and gives the id of the export. */
export async function askForEvidence(
  server: TestServer,
  input: Readonly<Record<string, unknown>> = EVERYTHING_PUT,
  caller = "internal-auditor",
): Promise<string> {
  const { body } = await server.ask<{ exportEvidence: { export: { id: string } } }>(caller, ASK, {
    variables: { input },
  });
  if (body.data == null) throw new Error(JSON.stringify(body));
  return body.data.exportEvidence.export.id;
}

/** What is told of an export. */
export async function progressOf(
  server: TestServer,
  id: string,
  caller = "internal-auditor",
): Promise<Progress> {
  const { body } = await server.ask<{ evidenceExport: Progress }>(caller, PROGRESS, {
    variables: { id },
  });
  if (body.data == null) throw new Error(JSON.stringify(body));
  return body.data.evidenceExport;
}

/** Waits until an export is no longer prepared. */
export async function prepared(
  server: TestServer,
  id: string,
  caller = "internal-auditor",
): Promise<Progress> {
  for (;;) {
    const progress = await progressOf(server, id, caller);
    if (progress.state !== "PREPARING") return progress;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** What a download gave. */
export interface Downloaded {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
}

/** Downloads, and cuts the connection once it has so many bytes. */
export async function download(
  server: TestServer,
  id: string,
  options: {
    readonly caller?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly cutAfter?: number;
  } = {},
): Promise<Downloaded> {
  const { caller = "internal-auditor", headers = {}, cutAfter = Infinity } = options;
  const authorization = `Bearer ${await server.tokenOf(caller)}`;
  const request = get(`${server.url}/audit/evidence/${id}`, {
    headers: { authorization, ...headers },
  });
  const [response] = (await once(request, "response")) as [IncomingMessage];
  const pieces: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const piece of response as AsyncIterable<Buffer>) {
      pieces.push(piece);
      bytes += piece.length;
      if (bytes >= cutAfter) break;
    }
  } finally {
    request.destroy();
  }
  const { statusCode = 0 } = response;
  return { status: statusCode, headers: response.headers, body: Buffer.concat(pieces) };
}
