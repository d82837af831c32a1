import { layOut } from "./audit/export/bundle-layout.ts";
import type { StandingExport } from "./audit/export/export-store.ts";
import { makePart } from "./audit/export/make-part.ts";
import type { KeptPart } from "./audit/export/part.ts";
import { readBundle } from "./audit/export/read-bundle.ts";
import { createEvidenceSource } from "./database/evidence-source.ts";
import { publicError } from "./errors.ts";
import { openEvidence } from "./evidence/open-evidence.ts";
import type { RequestContext } from "./graphql/context.ts";
import type { EvidenceDelivery, EvidenceDownload } from "./http/evidence-route.ts";
import type { ContextRequest } from "./http/graphql-route.ts";
import type { Services } from "./services.ts";

/** Hexadecimal digits of the digest in the tag of a bundle: as many as nobody finds another one for. */
const TAG_DIGITS = 32;

/**
 * Gives the bundles of exports. That somebody has one is on record before the first byte leaves; the
 * bytes follow from the frozen row, so every node has them.
 */
export function createEvidenceDelivery(
  services: Services,
  createContext: (request: ContextRequest) => Promise<RequestContext>,
): EvidenceDelivery {
  return {
    async open(id, request) {
      const context = await createContext(request);
      const kept = await openEvidence(id, context).catch((refusal: unknown) => {
        record(services, context).catch(() => undefined);
        throw refusal;
      });
      await record(services, context);
      return downloadOf(services, { kept, request });
    },
    mayGoOn: async (id, request) => openEvidence(id, await createContext(request)),
  };
}

/** Waits until it is durable; without record nothing is given. */
async function record({ log }: Services, { journal }: RequestContext): Promise<void> {
  try {
    await log.append(journal.close({ name: "downloadEvidence", digest: null }));
  } catch {
    throw publicError("SERVICE_UNAVAILABLE");
  }
}

async function downloadOf(
  services: Services,
  { kept, request }: { kept: StandingExport; request: ContextRequest },
): Promise<EvidenceDownload> {
  const { logger } = services;
  const { store } = services.evidence;
  const { id, digest } = kept;
  const layout = layOut(await store.partsOf(id));
  const sources = sourcesOf(services, kept);
  const make = async function* (part: KeptPart): AsyncGenerator<Buffer> {
    const content = await store.contentOf(id, part.place);
    if (content === null) throw publicError("EVIDENCE_ENDED");
    yield* makePart(sources, content);
  };
  return {
    tag: `"${id}.${digest?.slice(0, TAG_DIGITS)}"`,
    bytes: layout.bytes,
    fileName: `evidence-${id}.tar`,
    read: (range) => readBundle({ layout, range, make }),
    noteSent: (upTo) => {
      store.noteDelivery({ id, upTo, at: request.now }).catch(() => {
        logger.warn({ exportId: id }, "how far a download of evidence got could not be noted");
      });
    },
  };
}

/** What the parts of an export are made from. */
export function sourcesOf(
  { database: { pool }, api: { catalog }, evidence: { tiles } }: Services,
  { scope, treeSize }: StandingExport,
): Parameters<typeof makePart>[0] {
  return { source: createEvidenceSource({ pool, catalog, scope }), tiles, treeSize };
}
