import type { RuleOrigin } from "../rule.ts";
import type { Bound, Confidence, FactName, TimeUnit } from "./facts.ts";

/** The pack that holds where no other does, and for what others leave unsaid. */
export const STRICTEST = "OTHER";

/** What a fact says: a number, a list of words, one word, or yes and no. */
export type FactValue = number | string | boolean | readonly string[];

/** A fact from a day on, until another entry of the same fact takes its place. */
export interface DatedFact extends RuleOrigin {
  readonly name: FactName;
  readonly value: FactValue;
  /** Of a time; null for everything else. Ages are years, counts persons. */
  readonly unit: TimeUnit | null;
  /** Of a count; null for everything else. */
  readonly bound: Bound | null;
  /** First day (`YYYY-MM-DD`, UTC) on which it holds; null where it always did. */
  readonly from: string | null;
  /** The clause, or who proposes it. */
  readonly source: string;
  readonly confidence: Confidence;
}

/** What one law says, dated. */
export interface LawPack extends RuleOrigin {
  readonly code: string;
  readonly about: string;
  /** SHA-256 over its document, the first 12 hex digits. */
  readonly version: string;
  /** Jurisdictions (ISO 3166-1 alpha-2) for which it holds. */
  readonly covers: readonly string[];
  /** Pack that says what this one leaves unsaid; null where that is the strictest one. */
  readonly buildsOn: string | null;
  /** Entries of each fact, the latest first. */
  readonly facts: ReadonlyMap<FactName, readonly DatedFact[]>;
}

/** All packs by their code. */
export type LawPacks = ReadonlyMap<string, LawPack>;
