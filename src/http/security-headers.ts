import type { FastifyInstance } from "fastify";

/** Answers are data, for one caller, at one moment: nothing may store, frame, sniff or run them. */
const ALWAYS = {
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
} as const;

/** Production is only reached through TLS, for a year to come (RFC 6797). */
const IN_PRODUCTION = { "strict-transport-security": "max-age=31536000" } as const;

/** Sets the headers first, so that refusals carry them too. */
export function registerSecurityHeaders(server: FastifyInstance, production: boolean): void {
  server.addHook("onRequest", async (_request, reply) => {
    reply.headers({ ...ALWAYS, ...(production && IN_PRODUCTION) });
  });
  // RFC 9110 section 11.6.1: a 401 says how to authenticate.
  server.addHook("onSend", async (_request, reply) => {
    if (reply.statusCode === 401) void reply.header("www-authenticate", 'Bearer realm="custodia"');
  });
}
