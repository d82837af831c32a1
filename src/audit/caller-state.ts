import { createHash } from "node:crypto";
import type { Caller } from "../identity/caller.ts";

/** Everything that rules read of a caller, as text, and the digest that records name it by. */
export interface CallerState {
  /** SHA-256 of the text, in base64url. */
  readonly digest: string;
  /** JSON. Customers are named by references in it, and nobody by a name. */
  readonly text: string;
}

/** Gives the reference of a customer's id, or null for what is no id. */
export type ReferenceOf = (customerId: string) => string | null;

/**
 * Everything of a caller that a rule can read: what a decision is replayed with. A token's id is not of
 * it, so that one state serves many tokens.
 */
export function callerState(caller: Caller, referenceOf: ReferenceOf): CallerState {
  const { name: _name, tokenId: _tokenId, customerId, elevations, ...rest } = caller;
  const state = {
    ...rest,
    customer: customerId === null ? null : referenceOf(customerId),
    elevations: elevations.map(({ customerId: of, ...elevation }) => ({
      ...elevation,
      customer: referenceOf(of),
    })),
  };
  const sorted = Object.entries(state).sort(([a], [b]) => (a < b ? -1 : 1));
  const text = JSON.stringify(Object.fromEntries(sorted));
  return { digest: createHash("sha256").update(text).digest("base64url"), text };
}

/** Gives the id of a customer behind a reference, or null where there is none. */
export type CustomerOf = (reference: string) => string | null;

/**
 * The caller as it was, for a replay: with the id of its customer where the reference still leads to one.
 *
 * @throws SyntaxError for a text that no log wrote
 */
export function callerIn(text: string, customerOf: CustomerOf): Caller {
  const { customer, elevations, ...rest } = JSON.parse(text) as Stored;
  const time = (written: string | null): Date | null =>
    written === null ? null : new Date(written);
  return {
    ...rest,
    name: "",
    tokenId: "",
    authenticatedAt: time(rest.authenticatedAt),
    trainingValidUntil: time(rest.trainingValidUntil),
    customerId: customer === null ? null : customerOf(customer),
    elevations: elevations.map(({ customer: of, from, until, reviewedAt, ...elevation }) => ({
      ...elevation,
      customerId: (of === null ? null : customerOf(of)) ?? "",
      from: new Date(from),
      until: new Date(until),
      reviewedAt: time(reviewedAt),
    })),
  };
}

type StoredElevation = Omit<
  Caller["elevations"][number],
  "customerId" | "from" | "until" | "reviewedAt"
> & {
  readonly customer: string | null;
  readonly from: string;
  readonly until: string;
  readonly reviewedAt: string | null;
};

type Stored = Omit<
  Caller,
  "name" | "tokenId" | "customerId" | "elevations" | "authenticatedAt" | "trainingValidUntil"
> & {
  readonly customer: string | null;
  readonly elevations: readonly StoredElevation[];
  readonly authenticatedAt: string | null;
  readonly trainingValidUntil: string | null;
};
