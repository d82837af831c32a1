import { AsyncLocalStorage } from "node:async_hooks";
import type { Logger } from "pino";

/**
 * What belongs to one HTTP request and is not the resolvers' business. It travels beside the call
 * because Apollo tells neither its error formatter nor its own refusals which request they are for.
 */
export interface RequestScope {
  readonly requestId: string;
  /** Writes with the request id. */
  readonly log: Logger;
  /** Of the operation that runs; null until it is known, and for operations without a name. */
  operationName: string | null;
  /** Codes of the errors in the answer. */
  readonly errorCodes: Set<string>;
}

export const requestScope = new AsyncLocalStorage<RequestScope>();
