import type { Decisions } from "../policy/decisions.ts";
import type { AccessRecorder } from "./access-recorder.ts";
import type { DecisionJournal } from "./decision-journal.ts";
import type { Unsealer } from "./disclose.ts";

/** What the guard needs of the request; the GraphQL context has it. */
export interface GuardContext {
  readonly decisions: Decisions;
  readonly access: AccessRecorder;
  /** Hears of every verdict that is acted on. */
  readonly journal: DecisionJournal;
  readonly purpose: string | null;
  readonly unsealer: Unsealer;
}
