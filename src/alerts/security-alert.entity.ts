import { Guarded, GuardedType, RowAttribute } from "../classification/field.ts";
import { NodeInterface } from "../graphql/node.ts";
import { Organisation } from "../organisations/organisation.entity.ts";
import { AlertKind } from "./security-alert.enums.ts";

@GuardedType({
  table: "security_alert",
  description:
    "Something that a caller did too often to be work. It holds numbers and the name of a field, never a value.",
  concerns: { organisations: ["concernedIds"], transfers: [], customer: null },
  implements: () => NodeInterface,
})
export class SecurityAlert {
  @RowAttribute("uuid", "The alert itself.")
  id: string;

  @RowAttribute("uuid", "Caller whom the alert is about.")
  principalId: string;

  @RowAttribute("uuid[]", "The caller's organisation, and those for which the caller works.")
  concernedIds: string[];

  @Guarded({
    description: "What was done too often.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "enum",
    filter: "exact",
    graphqlType: () => AlertKind,
  })
  kind: AlertKind | null;

  @Guarded({
    description: "Name of the caller, as auditors name it in their questions.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "text",
    filter: "exact",
  })
  caller: string | null;

  @Guarded({
    description: "Organisation of the caller.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "relation",
    column: "organisation_id",
    graphqlType: () => Organisation,
  })
  organisation: Organisation | null;

  @Guarded({
    description: "Field that was asked about, such as Customer.idNumber.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "text",
    filter: "exact",
  })
  field: string | null;

  @Guarded({
    description: "When it was first too much in this window.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "timestamp",
    sortable: true,
  })
  occurredAt: Date | null;

  @Guarded({
    description: "Length of the window, in minutes.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "integer",
  })
  windowMinutes: number | null;

  @Guarded({
    description: "What the count would have been with what was refused.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "integer",
  })
  counted: number | null;

  @Guarded({
    description: "What the budget allows in the window.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "integer",
  })
  allowed: number | null;

  @Guarded({
    description: "Somebody has looked into it.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "boolean",
    filter: "exact",
  })
  acknowledged: boolean | null;

  @Guarded({
    description: "When somebody had looked into it.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "timestamp",
  })
  acknowledgedAt: Date | null;

  @Guarded({
    description: "Name of whoever looked into it.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "text",
  })
  acknowledgedBy: string | null;

  @Guarded({
    description: "What they found.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "text",
  })
  note: string | null;
}
