import type { RequestContext } from "./graphql/context.ts";
import { AccessRecorder } from "./guard/access-recorder.ts";
import { GuardedReader } from "./guard/guarded-reader.ts";
import { requireVerb } from "./guard/require.ts";
import type { ContextRequest } from "./http/graphql-route.ts";
import type { Services } from "./services.ts";

/**
 * The context of one request: decisions of its caller and a reader that no other request shares.
 *
 * @throws SERVICE_UNAVAILABLE while no policy is served
 */
export function createRequestContext(
  services: Services,
  { caller, now, requestId }: Pick<ContextRequest, "caller" | "now" | "requestId">,
): RequestContext {
  // Taken once: whatever is activated meanwhile, the request ends under the version it began with.
  const engine = services.policy.current();
  const decisions = engine.decisionsFor(caller, now);
  const rows = new GuardedReader({
    reader: services.reader,
    decisions,
    callerId: caller.id,
    purpose: caller.purpose,
    cursorKey: services.cursorKey,
    indexesOf: services.indexesOf,
    maxPageSize: services.config.maxPageSize,
  });
  return {
    requestId,
    caller,
    now,
    purpose: caller.purpose,
    catalog: services.api.catalog,
    decisions,
    decisionsFor: (other, at) => engine.decisionsFor(other, at),
    access: new AccessRecorder(),
    unsealer: services.unsealer,
    rows,
    organisations: services.organisations,
    principals: services.principals,
    changes: services.changes,
    require: (verb, row, fields) => requireVerb({ decisions, verb, row, fields }),
  };
}
