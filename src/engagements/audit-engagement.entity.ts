import { ID } from "type-graphql";
import { Guarded, GuardedType, RowAttribute } from "../classification/field.ts";
import { NodeInterface } from "../graphql/node.ts";
import { Organisation } from "../organisations/organisation.entity.ts";
import { AuditKind, AuditState } from "./audit.enums.ts";

@GuardedType({
  table: "audit_engagement",
  description:
    "An audit: what of which organisations a team looks at, by which criteria, and how far it is. It opens records to auditors from outside while it runs.",
  concerns: { organisations: ["organisationIds"], transfers: ["transferIds"], customer: null },
  implements: () => NodeInterface,
})
export class AuditEngagement {
  @RowAttribute("uuid", "The audit itself.")
  id: string;

  @RowAttribute("uuid", "Organisation of the one who planned it.")
  organisationId: string;

  @RowAttribute("uuid[]", "Audited organisations.")
  organisationIds: string[];

  @RowAttribute("uuid", "Organisation of the auditors.")
  firmId: string;

  @RowAttribute("uuid", "Who leads the team.")
  leadId: string;

  @RowAttribute("uuid[]", "Who is in the team, the lead among them.")
  teamIds: string[];

  @RowAttribute("uuid", "Who planned it.")
  plannedById: string;

  @RowAttribute("uuid", "Who let the fieldwork begin.")
  openedById: string | null;

  @Guarded({
    description: "Number of the audit; unique among those that the organisation plans.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "text",
    filter: "exact",
    sortable: true,
  })
  code: string | null;

  @RowAttribute("text", "Who audits, and on whose order.", Object.values(AuditKind))
  @Guarded({
    description: "Who audits, and on whose order.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "enum",
    filter: "exact",
    graphqlType: () => AuditKind,
  })
  kind: AuditKind | null;

  @RowAttribute("text", "Where it stands.", Object.values(AuditState))
  @Guarded({
    description: "Where it stands.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "enum",
    filter: "exact",
    sortable: true,
    graphqlType: () => AuditState,
  })
  state: AuditState | null;

  @Guarded({
    description: "The audited organisations.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "relation",
    column: "organisation_ids",
    graphqlType: () => [Organisation],
  })
  organisations: Organisation[] | null;

  @RowAttribute("boolean", "Whether it is limited to transfers.")
  @Guarded({
    description: "Whether it looks only at what belongs to some transfers.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "boolean",
    filter: "exact",
  })
  limitedToTransfers: boolean | null;

  @RowAttribute("uuid[]", "The transfers to which it is limited; empty where it is not.")
  @Guarded({
    description: "Ids of those transfers; empty where it is not limited.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "list",
    graphqlType: () => [ID],
  })
  transferIds: string[] | null;

  @Guarded({
    description: "First day of the audited time.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "date",
    sortable: true,
  })
  periodFrom: string | null;

  @Guarded({
    description: "Last day of the audited time.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "date",
    sortable: true,
  })
  periodTo: string | null;

  @Guarded({
    description: "By what is judged.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "list",
    graphqlType: () => [String],
  })
  criteria: string[] | null;

  @Guarded({
    description: "Name of the auditing organisation.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "text",
    filter: "exact",
  })
  firm: string | null;

  @Guarded({
    description: "Name of the principal who leads the team.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "text",
    filter: "exact",
  })
  lead: string | null;

  @Guarded({
    description: "Whether everybody of the team has declared to be independent.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "boolean",
    filter: "exact",
  })
  independenceDeclared: boolean | null;

  @Guarded({
    description: "Name of the principal who planned it.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "text",
  })
  plannedBy: string | null;

  @Guarded({
    description: "When it was planned.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "timestamp",
    sortable: true,
  })
  plannedAt: Date | null;

  @Guarded({
    description: "Name of the principal who let the fieldwork begin.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "text",
  })
  openedBy: string | null;

  @Guarded({
    description: "When the fieldwork began.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "timestamp",
    sortable: true,
  })
  openedAt: Date | null;

  @Guarded({
    description: "Name of the principal who closed it.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "text",
  })
  closedBy: string | null;

  @Guarded({
    description: "When it was closed.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "timestamp",
    sortable: true,
  })
  closedAt: Date | null;

  @Guarded({
    description: "Why it was ended early.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "text",
  })
  closeReason: string | null;

  @Guarded({
    description: "Version of the audit; a step names the version that it was taken from.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "integer",
  })
  version: number | null;
}
