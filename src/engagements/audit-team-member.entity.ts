import { Guarded, GuardedType, RowAttribute } from "../classification/field.ts";
import { NodeInterface } from "../graphql/node.ts";

@GuardedType({
  table: "audit_team_member",
  description: "Somebody in the team of an audit, under the rules of the audit.",
  ownedBy: { type: "AuditEngagement", column: "engagement_id" },
  implements: () => NodeInterface,
})
export class AuditTeamMember {
  @RowAttribute("uuid", "The member.")
  id: string;

  @RowAttribute("uuid", "Who it is.")
  principalId: string;

  @Guarded({
    description: "Name of the principal.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "text",
  })
  name: string | null;

  @Guarded({
    description: "Whether this one leads the team.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "boolean",
  })
  leads: boolean | null;

  @Guarded({
    description: "When the member declared to be independent of the audited.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "timestamp",
  })
  declaredAt: Date | null;
}
