import { Guarded, GuardedType, RowAttribute } from "../classification/field.ts";
import { NodeInterface } from "../graphql/node.ts";
import { ElevationReview, ElevationState } from "./elevation.enums.ts";

@GuardedType({
  table: "elevation",
  description:
    "Fields of one customer that a second person opened to the first for a while. It names fields, never values, and exists only for those for whom the customer does.",
  ownedBy: { type: "Customer", column: "customer_id" },
  implements: () => NodeInterface,
})
export class Elevation {
  @RowAttribute("uuid", "The elevation itself.")
  id: string;

  @RowAttribute("uuid", "Organisation of the one who asked for it.")
  organisationId: string;

  @RowAttribute("uuid", "Who asked for it.")
  requesterId: string;

  @RowAttribute("uuid", "Who approved or rejected it.")
  approverId: string | null;

  @Guarded({
    description: "The one purpose for which the fields are open.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "text",
    filter: "exact",
  })
  purpose: string | null;

  @Guarded({
    description: "Names of the customer's fields that it opens.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "list",
    graphqlType: () => [String],
  })
  fields: string[] | null;

  @Guarded({
    description: "Why they have to be read, in the words of who asked.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "text",
  })
  reason: string | null;

  @Guarded({
    description: "For how many minutes from the approval on.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "integer",
  })
  minutes: number | null;

  @Guarded({
    description: "Where it stands.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "enum",
    filter: "exact",
    sortable: true,
    graphqlType: () => ElevationState,
  })
  state: ElevationState | null;

  @Guarded({
    description: "Name of the principal who asked.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "text",
    filter: "exact",
  })
  requestedBy: string | null;

  @Guarded({
    description: "When it was asked for.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "timestamp",
    sortable: true,
  })
  requestedAt: Date | null;

  @Guarded({
    description: "When it lapses unless somebody decides.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "timestamp",
  })
  lapsesAt: Date | null;

  @Guarded({
    description: "Name of the principal who approved or rejected it.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "text",
    filter: "exact",
  })
  decidedBy: string | null;

  @Guarded({
    description: "When it was approved, and so opened, or rejected.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "timestamp",
    sortable: true,
  })
  decidedAt: Date | null;

  @Guarded({
    description: "Why it was rejected.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "text",
  })
  decisionNote: string | null;

  @Guarded({
    description: "When it ends by itself; where it was ended early, when that was.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "timestamp",
    sortable: true,
  })
  until: Date | null;

  @Guarded({
    description: "Name of the principal who ended it early.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "text",
  })
  endedBy: string | null;

  @Guarded({
    description: "Where its review stands; nothing that was never open is reviewed.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "enum",
    filter: "exact",
    graphqlType: () => ElevationReview,
  })
  reviewState: ElevationReview | null;

  @Guarded({
    description: "By when somebody has to review it.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "timestamp",
    sortable: true,
  })
  reviewDueAt: Date | null;

  @Guarded({
    description: "Name of the principal who reviewed it.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "text",
  })
  reviewedBy: string | null;

  @Guarded({
    description: "When it was reviewed.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "timestamp",
  })
  reviewedAt: Date | null;

  @Guarded({
    description: "What the reviewer found.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "text",
  })
  reviewNote: string | null;

  @Guarded({
    description: "Version of the elevation; a step names the version that it was taken from.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "integer",
  })
  version: number | null;
}
