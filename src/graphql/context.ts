import type DataLoader from "dataloader";
import type { LogProofs } from "../audit/log-proofs.ts";
import type { Catalog } from "../classification/catalog.ts";
import type { AccessReviewStore, ReviewConditions } from "../database/access-review-store.ts";
import type { CustomerChanges } from "../database/customer-changes.ts";
import type { DecisionSources } from "../database/decision-sources.ts";
import type { EvidenceDesk } from "../database/evidence-desk.ts";
import type { ElevationStore } from "../database/elevation-store.ts";
import type { EngagementStore } from "../database/engagement-store.ts";
import type { OrganisationDirectory } from "../database/organisation-directory.ts";
import type { SecurityAlerts } from "../database/security-alerts.ts";
import type { PolicyVersions } from "../database/policy-versions.ts";
import type { Row } from "../database/read-request.ts";
import type { GuardContext } from "../guard/guard-context.ts";
import type { GuardedReader } from "../guard/guarded-reader.ts";
import type { Caller } from "../identity/caller.ts";
import type { PrincipalRegister } from "../identity/principal-directory.ts";
import type { AttributeValues } from "../policy/condition.ts";
import type { Decisions } from "../policy/decisions.ts";
import type { PolicyTester } from "../policy/policy-report.ts";
import type { Verb } from "../policy/rule.ts";
import type { PolicyShelf } from "../policy/stored-policy.ts";
import type { CustomerReferences } from "../sealing/customer-reference.ts";
import type { AuditCandidates } from "./audit-candidates.ts";

/**
 * Everything that resolvers use. Made for one request and thrown away with it; caller, purpose,
 * time and policy version don't change while it lasts.
 */
export interface RequestContext extends GuardContext {
  readonly requestId: string;
  readonly caller: Caller;
  /** Time of the request (UTC). */
  readonly now: Date;
  readonly catalog: Catalog;
  /** Reads guarded rows under the caller's row condition. */
  readonly rows: GuardedReader;
  readonly organisations: OrganisationDirectory;
  readonly principals: PrincipalRegister;
  /** Decisions for somebody else, at a time; for those who may ask about others. */
  readonly decisionsFor: (caller: Caller, at: Date) => Decisions;
  /** Kept policies, for those who may compare them. */
  readonly policies: PolicyShelf;
  /** How the decision log names customers. */
  readonly references: CustomerReferences;
  /** What records of the decision log name and do not hold. */
  readonly decisionSources: DecisionSources;
  /** Names of principals by their ids; all of one tick are looked up together. */
  readonly principalNames: DataLoader<string, string | null>;
  /** Keeps what is asked for as evidence. */
  readonly evidence: EvidenceDesk;
  /** Proves things of the sealed log. */
  readonly logProofs: LogProofs;
  /** Writes changes that were permitted. */
  readonly changes: CustomerChanges;
  /** Writes that alerts were looked into. */
  readonly alerts: SecurityAlerts;
  /** Every version of the policy, for those who may read or change policies. */
  readonly policyVersions: PolicyVersions;
  readonly policyTester: PolicyTester;
  /** Writes requests for elevations, and the steps that were permitted. */
  readonly elevations: ElevationStore;
  /** Writes audits, the steps that were permitted, and what was drawn. */
  readonly engagements: EngagementStore;
  /** Writes reviews of roles, and what was decided in them. */
  readonly accessReviews: AccessReviewStore;
  /** What policy and law say of such reviews; null where none is opened. */
  readonly reviewConditions: () => ReviewConditions | null;
  /** Whether a word is a role of the policy. */
  readonly isRole: (word: string) => boolean;
  /** People who could audit, for those who plan it. */
  readonly auditors: AuditCandidates;
  /** @throws FORBIDDEN, VALIDATION_FAILED unless an elevation would open every named field of the customer */
  readonly requireOpening: (asked: {
    /** All attributes of a customer that the caller may see. */
    readonly row: AttributeValues;
    readonly fields: readonly string[];
  }) => void;
  /** @throws FORBIDDEN unless the verb is given on every named field of the row */
  readonly require: (verb: Verb, row: Row, fields: readonly string[]) => void;
}
