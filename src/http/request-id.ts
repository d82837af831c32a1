import type { IncomingMessage } from "node:http";
import { v7 as uuidv7 } from "uuid";

/** Names that trace systems give; anything else could break a log line or grow it without end. */
const WELL_FORMED = /^[\w.-]{8,64}$/;

/** The X-Request-ID of a request when it is well formed, a UUIDv7 otherwise. */
export function requestIdOf(request: Pick<IncomingMessage, "headers">): string {
  const given = request.headers["x-request-id"];
  return typeof given === "string" && WELL_FORMED.test(given) ? given : uuidv7();
}
