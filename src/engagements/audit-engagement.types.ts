import { typeIn } from "../classification/catalog.ts";
import { readCatalog } from "../classification/field.ts";
import { connectionTypeOf } from "../graphql/connection.ts";
import { filterInputOf, orderInputOf } from "../graphql/predicate-inputs.ts";
import { AuditEngagement } from "./audit-engagement.entity.ts";
import { AuditSample } from "./audit-sample.entity.ts";
import { AuditTeamMember } from "./audit-team-member.entity.ts";
import { AuditKind, AuditState } from "./audit.enums.ts";

const type = typeIn(readCatalog([AuditEngagement.name]), AuditEngagement.name);

/** A page of audits. */
export const AuditEngagementConnection = connectionTypeOf(AuditEngagement, "AuditEngagement");

/** A page of the people of an audit. */
export const AuditTeamMemberConnection = connectionTypeOf(AuditTeamMember, "AuditTeamMember");

/** A page of the samples of an audit. */
export const AuditSampleConnection = connectionTypeOf(AuditSample, "AuditSample");

/** Filter of audits. */
export const AuditEngagementFilter = filterInputOf(type, {
  kind: ["AuditKind", AuditKind],
  state: ["AuditState", AuditState],
});

/** Order of audits. */
export const AuditEngagementOrder = orderInputOf(type);
