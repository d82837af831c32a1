import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { BootError } from "../lib/boot-error.ts";

/** A server, and somebody who asks it. */
export interface EvidenceServer {
  /** Such as `https://custodia.example`. */
  readonly url: string;
  readonly purpose: string | null;
  /** An access token; asked for anew whenever one is sent. */
  readonly token: () => Promise<string>;
}

/** An export as the server tells of it. */
export interface RemoteExport {
  readonly id: string;
  readonly state: "PREPARING" | "READY" | "FAILED" | "EXPIRED";
  readonly treeSize: number;
  readonly lookedAt: number;
  readonly records: number;
  readonly bytes: number;
  readonly digest: string | null;
}

const FIELDS = "id state treeSize lookedAt records bytes digest";
const FIND =
  "query ($code: String!) { auditEngagements(filter: { code: { eq: $code } }) { nodes { id } } }";
const ASK = `mutation ($input: ExportEvidenceInput!) { exportEvidence(input: $input) { export { ${FIELDS} } } }`;
const LOOK = `query ($id: ID!) { evidenceExport(id: $id) { ${FIELDS} } }`;

/** @throws BootError where there is none, or the caller sees none, of this code */
export async function findAudit(server: EvidenceServer, code: string): Promise<string> {
  type Found = { auditEngagements: { nodes: { id: string }[] } };
  const { auditEngagements } = await askServer<Found>(server, FIND, { code });
  const [only, ...others] = auditEngagements.nodes;
  if (only === undefined) throw new BootError(`There is no audit ${code} that you may see.`);
  if (others.length > 0) throw new BootError(`There are several audits ${code}.`);
  return only.id;
}

/** Asks for evidence of an audit. */
export async function askForExport(
  server: EvidenceServer,
  input: { readonly engagementId: string; readonly filter: unknown },
): Promise<RemoteExport> {
  type Asked = { exportEvidence: { export: RemoteExport } };
  return (await askServer<Asked>(server, ASK, { input })).exportEvidence.export;
}

/** Answers after which the same question may be asked again. */
const BUSY: readonly number[] = [429, 502, 503, 504];

/** How far an export is. */
export async function lookAtExport(server: EvidenceServer, id: string): Promise<RemoteExport> {
  return (await askServer<{ evidenceExport: RemoteExport }>(server, LOOK, { id })).evidenceExport;
}

/** What a download has to be told. */
export interface Fetching {
  readonly id: string;
  readonly path: string;
  /** Bytes that are in the file already. */
  readonly from: number;
  /** Names the bundle to which these bytes belong; null for none. */
  readonly tag: string | null;
  /** Told before anything is written: where it begins, how long all of it is, and what names it. */
  readonly onBegin: (begin: { from: number; bytes: number; tag: string }) => void;
  readonly onBytes: (more: number) => void;
}

/**
 * Downloads what a file lacks of a bundle.
 *
 * @throws TypeError and other errors of the network where the connection breaks off or the server is busy
 * @throws BootError with the server's answer where it refuses
 */
export async function fetchBundle(server: EvidenceServer, fetching: Fetching): Promise<void> {
  const { id, path, from, tag, onBegin, onBytes } = fetching;
  const isResumed = from > 0 && tag !== null;
  const response = await fetch(new URL(`/audit/evidence/${id}`, server.url), {
    headers: {
      ...(await headersOf(server)),
      ...(isResumed && { range: `bytes=${from}-`, "if-range": tag }),
    },
  });
  if (BUSY.includes(response.status)) throw new TypeError("The server has no time at the moment");
  if (!response.ok || response.body === null)
    throw new BootError(`The server refuses: ${await refusalIn(response)}.`);
  const start = response.status === 206 ? from : 0;
  const length = Number(response.headers.get("content-length"));
  onBegin({ from: start, bytes: start + length, tag: response.headers.get("etag") ?? "" });
  const counted = async function* (): AsyncGenerator<Uint8Array> {
    for await (const piece of response.body as unknown as AsyncIterable<Uint8Array>) {
      yield piece;
      onBytes(piece.length);
    }
  };
  const file = createWriteStream(path, start === 0 ? {} : { flags: "r+", start });
  await pipeline(counted, file);
}

interface Answer<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions?: { code?: string };
  }[];
}

async function askServer<Data>(
  server: EvidenceServer,
  query: string,
  variables: object,
): Promise<Data> {
  const response = await fetch(new URL("/graphql", server.url), {
    method: "POST",
    headers: { ...(await headersOf(server)), "content-type": "application/json" },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as Answer<Data>;
  const [error] = errors ?? [];
  if (error === undefined && data != null) return data;
  const code = error?.extensions?.code ?? String(response.status);
  throw new BootError(`The server refuses: ${code} ${error?.message ?? ""}`.trimEnd());
}

async function headersOf({ token, purpose }: EvidenceServer): Promise<Record<string, string>> {
  return {
    authorization: `Bearer ${await token()}`,
    ...(purpose !== null && { "x-purpose": purpose }),
  };
}

async function refusalIn(response: Response): Promise<string> {
  const { code, title } = (await response.json().catch(() => ({}))) as Record<string, unknown>;
  return typeof code === "string" ? `${code} ${String(title)}` : String(response.status);
}
