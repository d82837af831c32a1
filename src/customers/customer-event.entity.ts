import { Guarded, GuardedType, RowAttribute } from "../classification/field.ts";
import { NodeInterface } from "../graphql/node.ts";

@GuardedType({
  table: "customer_event",
  description:
    "Something that happened to a customer's record. It names fields, never values; the rules of the customer hold for it.",
  ownedBy: { type: "Customer", column: "customer_id" },
  implements: () => NodeInterface,
})
export class CustomerEvent {
  @RowAttribute("uuid", "The event itself.")
  id: string;

  @Guarded({
    description:
      "What happened: IMPORTED, UPDATED, CONSENT_GIVEN, CONSENT_WITHDRAWN, STATE_CHANGED …",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "text",
    filter: "exact",
  })
  kind: string | null;

  @Guarded({
    description: "When it happened.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "timestamp",
    sortable: true,
  })
  occurredAt: Date | null;

  @Guarded({
    description:
      "Names of the fields that changed, without those of which the caller may not know that they have a value.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "list",
    namesFields: true,
    graphqlType: () => [String],
  })
  changedFields: string[] | null;

  @Guarded({
    description: "Where the change came from, such as a file's digest or a case code.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "text",
  })
  source: string | null;
}
