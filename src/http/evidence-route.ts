import { Readable } from "node:stream";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { publicError } from "../errors.ts";
import { ANONYMOUS_CALLER } from "../identity/anonymous.ts";
import { type ByteRange, byteRangeIn } from "./byte-range.ts";
import type { ContextRequest } from "./graphql-route.ts";
import { credentialsOf, identified, type IdentifyServices } from "./identified.ts";
import { scopeOf } from "./request-begin.ts";
import { whilePermitted } from "./while-permitted.ts";

/** A bundle that the caller may have. */
export interface EvidenceDownload {
  /** Names exactly these bytes, whichever node gives them. */
  readonly tag: string;
  /** Length in bytes. */
  readonly bytes: number;
  /** Name under which it is saved. */
  readonly fileName: string;
  /** Gives the bytes of a range, as fast as they are taken. */
  read(range: ByteRange): AsyncIterable<Buffer>;
  /** Told at the end, whole or broken off: up to which byte they were sent. */
  noteSent(upTo: number): void;
}

/** Opens bundles for callers, and says whether they may go on. */
export interface EvidenceDelivery {
  /** @throws NOT_FOUND, FORBIDDEN, EVIDENCE_ENDED, INVALID_STATE, PURPOSE_REQUIRED, SERVICE_UNAVAILABLE */
  open(id: string, request: ContextRequest): Promise<EvidenceDownload>;
  /** The same question while bytes are on their way; nothing is put on record. Throws the same. */
  mayGoOn(id: string, request: ContextRequest): Promise<unknown>;
}

/** Between two looks at whether a download may go on. */
const LOOK_AGAIN_MS = 5_000;

/**
 * Gives bundles of evidence, whole or from any byte on (RFC 9110 section 14). Each request asks anew who
 * the caller is and what it may, and a long one asks again while it lasts.
 */
export function registerEvidenceRoute(
  server: FastifyInstance,
  services: IdentifyServices & { readonly delivery: EvidenceDelivery },
): void {
  const { delivery, identify, now } = services;
  const { onRequest, contextRequest } = identified(services);

  server.route<{ Params: { id: string } }>({
    method: ["GET", "HEAD"],
    url: "/audit/evidence/:id",
    exposeHeadRoute: false,
    onRequest: async (request, reply) => {
      await onRequest(request, reply);
      if (request.caller === ANONYMOUS_CALLER) throw publicError("UNAUTHENTICATED");
    },
    handler: async (request, reply) => {
      const download = await delivery.open(request.params.id, contextRequest(request));
      const range = chosenRange(request, reply, download);
      if (request.method === "HEAD") return reply.send();
      const mayGoOn = async (): Promise<unknown> => {
        const again = { now: now() };
        const caller = await identify({ ...credentialsOf(request), ...again });
        return delivery.mayGoOn(request.params.id, {
          ...contextRequest(request),
          caller,
          ...again,
        });
      };
      const bytes = sent({ request, download, range, mayGoOn });
      return reply.send(Readable.from(bytes, { objectMode: false }));
    },
  });
}

/** The bytes of a range; an answer that has begun can only be cut. */
async function* sent(of: {
  request: FastifyRequest;
  download: EvidenceDownload;
  range: ByteRange;
  mayGoOn: () => Promise<unknown>;
}): AsyncGenerator<Buffer> {
  const { request, download, range, mayGoOn } = of;
  let upTo = range.start;
  try {
    const permitted = { everyMs: LOOK_AGAIN_MS, ask: mayGoOn };
    for await (const piece of whilePermitted(download.read(range), permitted)) {
      yield piece;
      upTo += piece.length;
    }
  } catch (error) {
    // Nothing can be answered any more, so the log has to say that it broke off.
    scopeOf(request).log.warn({ upTo }, "a download of evidence was ended");
    throw error;
  } finally {
    download.noteSent(upTo);
  }
}

/** Says what is coming, and gives the range that was asked for, or everything. */
function chosenRange(
  request: FastifyRequest,
  reply: FastifyReply,
  { bytes, tag, fileName }: EvidenceDownload,
): ByteRange {
  void reply.headers({
    "accept-ranges": "bytes",
    etag: tag,
    "cache-control": "private, no-store",
    "content-type": "application/x-tar",
    "content-disposition": `attachment; filename="${fileName}"`,
  });
  const { range: header, "if-range": condition } = request.headers;
  // RFC 9110 section 13.1.5: of something else than the client has, it wants everything.
  const isWanted = condition === undefined || condition === tag;
  const range = rangeOrRefusal(reply, isWanted ? header : undefined, bytes);
  if (range !== null) {
    void reply.code(206);
    void reply.header("content-range", `bytes ${range.start}-${range.end - 1}/${bytes}`);
  }
  const given = range ?? { start: 0, end: bytes };
  void reply.header("content-length", given.end - given.start);
  return given;
}

function rangeOrRefusal(
  reply: FastifyReply,
  header: string | undefined,
  bytes: number,
): ByteRange | null {
  try {
    return byteRangeIn(header, bytes);
  } catch {
    void reply.removeHeader("content-disposition");
    void reply.header("content-range", `bytes */${bytes}`);
    throw publicError("RANGE_NOT_SATISFIABLE");
  }
}
