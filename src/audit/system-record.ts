import { v7 as newId } from "uuid";
import { type DecisionRecord, NO_ROWS } from "./decision-record.ts";

/** A record of what Custodia itself did, in nobody's name: without a caller, about words and counts. */
export function systemRecord(said: {
  readonly at: Date;
  readonly policyVersion: string;
  readonly lawPack: string | null;
  /** Organisations that may be told of it. */
  readonly concerned?: readonly string[];
  readonly about: Readonly<Record<string, unknown>>;
}): DecisionRecord {
  const { at, policyVersion, lawPack, concerned = [], about } = said;
  const id = newId();
  return {
    v: 1,
    id,
    at: at.toISOString(),
    request: id,
    operation: { name: null, digest: null },
    action: "VERB",
    type: null,
    caller: { id: null, organisationId: null, roles: [], caseCodes: [], tokenId: null, state: "" },
    purpose: null,
    policyVersion,
    lawPack,
    concerned,
    transfers: [],
    verdicts: [],
    rows: NO_ROWS,
    clear: null,
    refusal: null,
    about,
  };
}
