import { Guarded, GuardedType, RowAttribute } from "../classification/field.ts";
import { NodeInterface } from "../graphql/node.ts";
import { Organisation } from "../organisations/organisation.entity.ts";
import { AccessReviewState, EndsWhenOverdue } from "./access-review.enums.ts";

@GuardedType({
  table: "access_review",
  description:
    "A look at who has which role in an organisation: each of them is kept or ends, by somebody else than who has it.",
  concerns: { organisations: ["organisationId"], transfers: [], customer: null },
  implements: () => NodeInterface,
})
export class AccessReview {
  @RowAttribute("uuid", "The review itself.")
  id: string;

  @RowAttribute("uuid", "Organisation whose roles it is about.")
  organisationId: string;

  @RowAttribute("uuid", "Who opened it.")
  openedById: string;

  @Guarded({
    description: "Organisation whose roles it is about.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "relation",
    column: "organisation_id",
    graphqlType: () => Organisation,
  })
  organisation: Organisation | null;

  @Guarded({
    description: "The one role that it is about; null for all of them.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "text",
    filter: "exact",
  })
  role: string | null;

  @RowAttribute("text", "Where it stands.", Object.values(AccessReviewState))
  @Guarded({
    description: "Where it stands.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "enum",
    filter: "exact",
    sortable: true,
    graphqlType: () => AccessReviewState,
  })
  state: AccessReviewState | null;

  @Guarded({
    description: "Which roles end by themselves when nobody has decided about them by then.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "enum",
    graphqlType: () => EndsWhenOverdue,
  })
  endsWhenOverdue: EndsWhenOverdue | null;

  @Guarded({
    description: "Name of the principal who opened it.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "text",
    filter: "exact",
  })
  openedBy: string | null;

  @Guarded({
    description: "When it was opened.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "timestamp",
    sortable: true,
  })
  openedAt: Date | null;

  @Guarded({
    description: "By when everything is to be decided.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "timestamp",
    sortable: true,
  })
  dueAt: Date | null;

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
  })
  closedAt: Date | null;

  @Guarded({
    description: "Version of the review; closing names the version that it was taken from.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "integer",
  })
  version: number | null;
}
