import { publicError } from "../errors.ts";
import type { AuditState } from "./audit.enums.ts";

/** What policy says about audits (`policies/audits.yaml`). */
export interface AuditTerms {
  /** Audits of one organisation in a row that one firm may make. */
  readonly mostInARow: number;
}

/** Who takes a step. */
export interface Actor {
  readonly id: string;
  readonly name: string;
}

/** What of an audit decides which step may follow. */
export interface AuditStatus {
  readonly kind: string;
  readonly state: string;
  readonly plannedById: string;
  readonly independenceDeclared: boolean;
}

/** A step that somebody takes. */
export type AuditStep =
  | { readonly kind: "declare" }
  | { readonly kind: "open"; readonly terms: AuditTerms }
  | { readonly kind: "advance"; readonly to: `${AuditState}` }
  | { readonly kind: "close"; readonly reason: string };

/** Properties that a step sets. */
export type AuditChange = Readonly<Record<string, string | Date | boolean | null>>;

/** The states in their order; an audit goes from one to the next. */
export const AUDIT_STATES = [
  "PLANNED",
  "FIELDWORK",
  "DRAFT",
  "RESPONSE",
  "FINAL",
  "FOLLOW_UP",
  "CLOSED",
] as const;

/** Whether auditors come from outside, so that one person alone does not let them in. */
export function isByOthers(kind: string): boolean {
  return kind !== "INTERNAL";
}

/** @throws FOUR_EYES_REQUIRED where who planned an audit by others would also begin it */
export function expectAnother(
  { kind }: AuditStep,
  { is, actor }: { is: AuditStatus; actor: Actor },
): void {
  if (kind === "open" && isByOthers(is.kind) && actor.id === is.plannedById)
    throw publicError("FOUR_EYES_REQUIRED");
}

/**
 * What a step changes of the audit. A declaration changes the member; here only whether it may be made.
 *
 * @throws INVALID_STATE where the step does not follow the present state
 * @throws INDEPENDENCE_NOT_DECLARED where fieldwork would begin without everybody's declaration
 */
export function changeBy(
  step: AuditStep,
  { is, actor, now }: { is: AuditStatus; actor: Actor; now: Date },
): AuditChange {
  switch (step.kind) {
    case "declare":
      expectState(is, is.state === "PLANNED");
      return {};
    case "open":
      expectState(is, is.state === "PLANNED");
      if (!is.independenceDeclared) throw publicError("INDEPENDENCE_NOT_DECLARED");
      return {
        state: "FIELDWORK",
        openedById: actor.id,
        openedBy: actor.name,
        openedAt: now,
      };
    case "advance":
      expectState(is, is.state !== "PLANNED" && nextOf(is.state) === step.to);
      return {
        state: step.to,
        ...(step.to === "CLOSED" && { closedBy: actor.name, closedAt: now }),
      };
    case "close":
      expectState(is, is.state !== "CLOSED");
      return { state: "CLOSED", closedBy: actor.name, closedAt: now, closeReason: step.reason };
  }
}

/** States in which the team looks at records; policy opens them in the same ones. */
const LOOKING = ["FIELDWORK", "DRAFT", "RESPONSE"];

/** @throws INVALID_STATE where the audit has not begun to look at records, or has ended to */
export function expectFieldwork(state: string): void {
  if (!LOOKING.includes(state)) throw publicError("INVALID_STATE", { state });
}

function nextOf(state: string): string | undefined {
  return AUDIT_STATES[AUDIT_STATES.findIndex((one) => one === state) + 1];
}

function expectState({ state }: AuditStatus, isRight: boolean): void {
  if (!isRight) throw publicError("INVALID_STATE", { state });
}
