import type { FastifyReply, FastifyRequest } from "fastify";
import { ANONYMOUS_CALLER } from "../identity/anonymous.ts";
import type { Identify } from "../identity/identify.ts";
import type { ContextRequest } from "./graphql-route.ts";
import type { CountRequest } from "./rate-limit.ts";
import { scopeOf } from "./request-begin.ts";

/** What finds out who asks, and how often. */
export interface IdentifyServices {
  readonly identify: Identify;
  readonly countRequest: CountRequest;
  readonly now: () => Date;
}

/** Who asks by a route, before its body is read. */
export interface Identified {
  /** Checks the token and counts the request; a hook of the route. */
  readonly onRequest: (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
  /** What the request's context is made of; its time is that at which it began. */
  readonly contextRequest: (request: FastifyRequest) => ContextRequest;
}

/** Begins requests of routes that want to know who asks. */
export function identified(services: IdentifyServices): Identified {
  const begun = new WeakMap<FastifyRequest, Date>();
  return {
    onRequest: async (request, reply) => {
      const now = services.now();
      begun.set(request, now);
      try {
        request.caller = await services.identify({ ...credentialsOf(request), now });
      } finally {
        // A refused token counts too, for its address.
        await services.countRequest(request, reply);
      }
    },
    contextRequest: (request) => {
      const { requestId, log } = scopeOf(request);
      const caller = request.caller ?? ANONYMOUS_CALLER;
      return { caller, now: begun.get(request) ?? services.now(), requestId, log };
    },
  };
}

/** What a request shows of its sender. */
export function credentialsOf(request: FastifyRequest): Omit<Parameters<Identify>[0], "now"> {
  const { authorization, "x-purpose": purpose } = request.headers;
  // A repeated header arrives joined or as a list, and names no purpose that anybody has.
  const purposeHeader = Array.isArray(purpose) ? purpose.join(", ") : purpose;
  return { authorization, purposeHeader, remoteAddress: request.ip };
}
