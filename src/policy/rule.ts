import type { Category, Classification, LegalTag } from "../classification/classification.ts";
import type { Disclosure } from "../classification/disclosure.ts";
import type { ForEach } from "./for-each.ts";
import type { AuditTerms, ReviewTerms } from "./control-terms.ts";
import type { LawPacks } from "./law/law-pack.ts";
import type { BUDGET_MEASURES } from "./document-keys.ts";
import type { ConditionTemplate, Reference } from "./template.ts";

/**
 * Where in the order of evaluation a stop stands; the earliest stop that decides gives the reason
 * (domain 4.3).
 */
export const STAGES = [
  "PRINCIPAL",
  "ROW_SCOPE",
  "STATE",
  "PURPOSE",
  "TRANSFER",
  "CROSS_BORDER",
  "CONTEXT",
  "TOKEN",
  // Last: what fields tell together, judged by what everything before gives of each alone.
  "COMBINE",
] as const;

/** One stage. */
export type Stage = (typeof STAGES)[number];

/** Stages of stops that are written as such. */
export const STOP_STAGES: readonly Stage[] = STAGES.filter((stage) => stage !== "COMBINE");

/** Verbs about the policy itself, which has no rows and no fields. */
export const POLICY_VERBS = [
  "readPolicy",
  "writePolicy",
  "approvePolicy",
  "activatePolicy",
] as const;

/** One of them. */
export type PolicyVerb = (typeof POLICY_VERBS)[number];

/** What the verbs about the policy are given on, in place of a guarded type. */
export const POLICY_SUBJECT = "PolicyVersion";

/** Verbs that a role may be given beside reading. */
export const VERBS = [
  "update",
  "evaluateAccess",
  "requestElevation",
  "approveElevation",
  "endElevation",
  "reviewElevation",
  "planAudit",
  "openAudit",
  "conductAudit",
  "closeAudit",
  "reviewAccess",
  "exportEvidence",
  "downloadEvidence",
  ...POLICY_VERBS,
] as const;

/** One verb. */
export type Verb = (typeof VERBS)[number];

/** Where a rule is written, for messages and explanations. */
export interface RuleOrigin {
  /** File name relative to the policy folder, with forward slashes. */
  readonly file: string;
  /** Line, counted from 1. */
  readonly line: number;
}

interface RuleBase extends RuleOrigin {
  /** Unique within the policy, such as `cs-agent/assigned-case`. */
  readonly id: string;
  /** One sentence that can be read aloud. */
  readonly about: string;
  /** Types about which the rule speaks. */
  readonly types: readonly string[];
  /** What must hold for the caller; decided once per ability. */
  readonly caller: ConditionTemplate;
  /** What must hold for the row. */
  readonly when: ConditionTemplate;
  /** Bound once for each of these; without it once for the caller. */
  readonly forEach?: ForEach | null | undefined;
}

/**
 * What a row rule lets a caller do with a row. Who sees a row may count it as well, and ask what
 * policy decides about it for others, where a verb lets them ask at all.
 */
export const ROW_VERBS = ["see", "count", "ask"] as const;

/** One of them. */
export type RowVerb = (typeof ROW_VERBS)[number];

/** Raises who sees a row at all, or who may count it or ask about it without seeing it. */
export interface RowRule extends RuleBase {
  readonly kind: "row";
  /** `see` unless told otherwise. */
  readonly may?: RowVerb | undefined;
}

/** Raises the disclosure of whole categories for a role and purpose. */
export interface Grant extends RuleBase {
  readonly kind: "grant";
  readonly reason: string | null;
  readonly levels: ReadonlyMap<Category, Disclosure>;
  /** Narrows the grant to the fields that this list names, such as those of a disclosure case. */
  readonly onlyFields: Reference | null;
}

/** Lets a role do something to whole categories, or at all where it names none. */
export interface VerbGrant extends RuleBase {
  readonly kind: "verb";
  /** `group`: rows may be counted in groups by these fields, without a look at any row. */
  readonly verb: Verb | "group";
  readonly categories: readonly Category[];
}

/** Which fields a stop is about; a list that is left out does not narrow. */
export interface FieldSelector {
  readonly classifications?: readonly Classification[] | undefined;
  readonly categories?: readonly Category[] | undefined;
  readonly legalTags?: readonly LegalTag[] | undefined;
  /** Names of fields; only joint caps say them. */
  readonly names?: readonly string[] | undefined;
}

/** What a stop leaves as it is: fields that one of these items lists, on the rows that it is about. */
export interface Exception {
  readonly forEach: ForEach;
  readonly when: ConditionTemplate;
  readonly onlyFields: Reference;
}

/** A field of the same row that is shown at a level or above. */
export interface Beside {
  readonly field: string;
  readonly level: Disclosure;
}

/** Caps the disclosure of fields for everyone whom it matches. */
export interface FieldStop extends RuleBase {
  readonly kind: "stop";
  readonly stage: Stage;
  readonly reason: string;
  readonly source: string;
  /** Why a stop stays that lowers nothing of what is given today; null where it lowers something. */
  readonly spare?: string | null;
  readonly fields: FieldSelector;
  /** A level, or the caller's attribute that holds one. */
  readonly atMost: Disclosure | Reference;
  /** Whether counts in groups go on where the stop holds; they don't unless it is said. */
  readonly letsGroup?: boolean | undefined;
  /** Narrows the stop to the fields that this list names, such as those of an ended elevation. */
  readonly onlyFields?: Reference | null | undefined;
  readonly except?: Exception | null | undefined;
  /**
   * A joint cap: it holds on rows where the other field is shown at the level or above, and its own
   * is not shown in clear (stage COMBINE).
   */
  readonly beside?: Beside | null | undefined;
}

/** Hides rows; GONE tells those in whose scope the row was that it has been destroyed. */
export interface RowStop extends RuleBase {
  readonly kind: "row-stop";
  readonly stage: Stage;
  readonly reason: string;
  readonly source: string;
  readonly spare?: string | null;
  readonly answer: "NOT_FOUND" | "GONE";
}

/** Refuses a caller's whole request, whatever it asks for. */
export interface Refusal extends RuleBase {
  readonly kind: "refusal";
  readonly stage: Stage;
  /** The error code with which it is refused, and the reason of everything that is not given. */
  readonly reason: string;
  readonly source: string;
  readonly spare?: string | null;
}

/** Any rule of a policy. */
export type PolicyRule = RowRule | Grant | VerbGrant | FieldStop | RowStop | Refusal;

/** A rule that takes away, whatever gives. */
export type StopRule = FieldStop | RowStop | Refusal;

/** Whether a rule takes away. */
export function isStopRule(rule: PolicyRule): rule is StopRule {
  return rule.kind === "stop" || rule.kind === "row-stop" || rule.kind === "refusal";
}

/** CUSTOMER: the customer's own legal basis must cover the purpose. STATUTE: a law does. */
export const BASES = ["CUSTOMER", "STATUTE"] as const;

/** Why customer data may be read, and what must justify it. */
export interface PurposeDefinition {
  readonly code: string;
  readonly about: string;
  readonly basis: (typeof BASES)[number];
}

/** What kind of subject holds a role; stops for staff don't touch the data subject. */
export const ROLE_KINDS = ["STAFF", "OUTSIDER", "MACHINE", "DATA_SUBJECT"] as const;

/** One kind. */
export type RoleKind = (typeof ROLE_KINDS)[number];

/** A role as its document describes it. */
export interface RoleDefinition {
  readonly role: string;
  readonly about: string;
  readonly kind: RoleKind;
}

/** How counts are answered. */
export interface CountRules {
  /** Rows that a group, or a whole, must have at least to be told of; counts go in steps of it. */
  readonly smallestGroup: number;
  /** Values that the forms of fields which are shown together must leave; not looked at without it. */
  readonly fewestCandidates?: number | undefined;
  readonly source: string;
}

/** How long a second factor counts. */
export interface SecondFactorRules {
  /** Minutes since the caller signed in (`auth_time`) after which it counts no longer. */
  readonly validMinutes: number;
  readonly source: string;
}

/** What a budget counts of a caller and a field. */
export type BudgetMeasure = (typeof BUDGET_MEASURES)[number];

/** How much may be counted in a window that slides: it always ends now. */
export interface BudgetLimit {
  readonly measure: BudgetMeasure;
  /** Length of the window, in minutes. */
  readonly minutes: number;
  /** Most that may be counted in it; 0 is nothing at all. */
  readonly most: number;
}

/** How much some roles may find out about fields of some classes by looking values up. */
export interface Budget extends RuleOrigin {
  readonly id: string;
  readonly about: string;
  readonly source: string;
  /** Kinds of roles that it is about; empty where it names roles alone. */
  readonly kinds: readonly RoleKind[];
  readonly roles: readonly string[];
  readonly classifications: readonly Classification[];
  readonly limits: readonly BudgetLimit[];
}

/** How long what belongs to an elevation may take. */
export interface ElevationTerms {
  /** Minutes for which fields are open at the most. */
  readonly mostMinutes: number;
  /** Minutes after which a request that nobody decided lapses. */
  readonly lapsesAfterMinutes: number;
  /** Days from the approval on within which somebody reviews it. */
  readonly reviewWithinDays: number;
  readonly source: string;
}

/** A checked policy: every word known, every condition well formed. */
export interface Policy {
  /** SHA-256 over all documents, hex; the policy version. */
  readonly version: string;
  readonly purposes: ReadonlyMap<string, PurposeDefinition>;
  readonly roles: ReadonlyMap<string, RoleDefinition>;
  readonly rules: readonly PolicyRule[];
  /** Without it nothing is counted in groups. */
  readonly counts?: CountRules | undefined;
  /** What the law says, by jurisdiction and date. Without it nothing that follows a law can be told. */
  readonly law?: LawPacks | undefined;
  /** Without it a second factor counts as long as the token. */
  readonly secondFactor?: SecondFactorRules | undefined;
  /** Without one that fits, nobody looks up a sealed value. */
  readonly budgets?: readonly Budget[] | undefined;
  /** Without it nothing is opened to anybody. */
  readonly elevations?: ElevationTerms | undefined;
  /** Without it no audit is planned. */
  readonly audits?: AuditTerms | undefined;
  /** Without it no review of roles is opened. */
  readonly reviews?: ReviewTerms | undefined;
}
