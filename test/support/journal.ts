import { DecisionJournal } from "../../src/guard/decision-journal.ts";
import type { Decisions } from "../../src/policy/decisions.ts";
import { customerReferences } from "../../src/sealing/customer-reference.ts";
import { newSecretKey } from "../../src/sealing/secret-key.ts";

/** References under a key that only this test run knows. */
export const REFERENCES = customerReferences(newSecretKey());

/** The journal of a request that was not sent by anybody. */
export function journalOf(decisions: Decisions, now: Date = decisions.bound.now): DecisionJournal {
  return new DecisionJournal({ requestId: "a request", now, decisions, references: REFERENCES });
}
