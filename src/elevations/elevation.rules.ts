import { publicError } from "../errors.ts";
import type { ElevationOutcome } from "./elevation.enums.ts";

/** How long things may take; policy says it (`policies/elevation.yaml`). */
export interface ElevationTerms {
  readonly mostMinutes: number;
  readonly lapsesAfterMinutes: number;
  readonly reviewWithinDays: number;
}

/** Who takes a step. */
export interface Actor {
  readonly id: string;
  readonly name: string;
}

/** What of an elevation decides which step may follow. */
export interface ElevationStatus {
  readonly state: string;
  readonly requesterId: string;
  readonly approverId: string | null;
  readonly minutes: number;
  readonly lapsesAt: Date;
  readonly until: Date | null;
  readonly reviewState: string | null;
  readonly reviewDueAt: Date | null;
}

/** A step that somebody takes. */
export type ElevationStep =
  | { readonly kind: "approve"; readonly terms: ElevationTerms }
  | { readonly kind: "reject"; readonly note: string }
  | { readonly kind: "end" }
  | { readonly kind: "review"; readonly outcome: `${ElevationOutcome}`; readonly note: string };

/** Properties that a step sets. */
export type ElevationChange = Readonly<Record<string, string | Date | null>>;

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const DAY_MS = 24 * 60 * MINUTE_MS;

/**
 * The second in which an instant lies. Decisions count time in whole seconds, so what opens or ends
 * within one does so for every request of that second.
 */
export function wholeSecond(at: Date): Date {
  return new Date(Math.floor(at.getTime() / SECOND_MS) * SECOND_MS);
}

/** The instant so many minutes after another. */
export function minutesAfter(from: Date, minutes: number): Date {
  return new Date(from.getTime() + minutes * MINUTE_MS);
}

/** What time alone has changed since anybody looked: it lapses, ends, and its review is overdue. */
export function changeByTime(is: ElevationStatus, now: Date): ElevationChange {
  if (is.state === "REQUESTED" && is.lapsesAt <= now) return { state: "LAPSED" };
  const hasEnded = is.state === "APPROVED" && is.until !== null && is.until <= now;
  const isOverdue = is.reviewState === "DUE" && is.reviewDueAt !== null && is.reviewDueAt <= now;
  return {
    ...(hasEnded && { state: "ENDED" }),
    ...(isOverdue && { reviewState: "OVERDUE" }),
  };
}

/** @throws FOUR_EYES_REQUIRED where one person would do what takes two, or three */
export function expectAnother(
  { kind }: ElevationStep,
  { is, actor }: { is: ElevationStatus; actor: Actor },
): void {
  const isRequester = actor.id === is.requesterId;
  const isOwn =
    kind === "review" ? isRequester || actor.id === is.approverId : kind !== "end" && isRequester;
  if (isOwn) throw publicError("FOUR_EYES_REQUIRED");
}

/**
 * What a step changes, once time has done its part.
 *
 * @throws INVALID_STATE where the step does not follow the present state
 */
export function changeBy(
  step: ElevationStep,
  { is, actor, now }: { is: ElevationStatus; actor: Actor; now: Date },
): ElevationChange {
  switch (step.kind) {
    case "approve":
      return { ...decision(is, actor, now), ...opening(is, step.terms, now) };
    case "reject":
      return { ...decision(is, actor, now), state: "REJECTED", decisionNote: step.note };
    case "end":
      expectState(is, is.state === "APPROVED");
      return { state: "ENDED", until: now, endedBy: actor.name };
    case "review":
      return review(step, { is, actor, now });
  }
}

function decision(is: ElevationStatus, actor: Actor, now: Date): ElevationChange {
  expectState(is, is.state === "REQUESTED");
  return { approverId: actor.id, decidedBy: actor.name, decidedAt: now };
}

function opening(is: ElevationStatus, terms: ElevationTerms, now: Date): ElevationChange {
  return {
    state: "APPROVED",
    // Policy may allow fewer minutes now than when it was asked for.
    until: minutesAfter(now, Math.min(is.minutes, terms.mostMinutes)),
    reviewState: "DUE",
    reviewDueAt: new Date(now.getTime() + terms.reviewWithinDays * DAY_MS),
  };
}

/** While it is open more may be read, so that a review would come too early. */
function review(
  { outcome, note }: Extract<ElevationStep, { kind: "review" }>,
  { is, actor, now }: { is: ElevationStatus; actor: Actor; now: Date },
): ElevationChange {
  const isOpen = is.reviewState === "DUE" || is.reviewState === "OVERDUE";
  expectState(is, is.state === "ENDED" && isOpen);
  return {
    reviewState: outcome,
    reviewerId: actor.id,
    reviewedBy: actor.name,
    reviewedAt: now,
    reviewNote: note,
  };
}

function expectState({ state }: ElevationStatus, isRight: boolean): void {
  if (!isRight) throw publicError("INVALID_STATE", { state });
}
