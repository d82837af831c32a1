import { Guarded, GuardedType, RowAttribute } from "../classification/field.ts";
import { NodeInterface } from "../graphql/node.ts";
import { AccessReviewOutcome } from "./access-review.enums.ts";

@GuardedType({
  table: "access_review_item",
  description: "One role that somebody has, as it was when the review began, and what was decided.",
  ownedBy: { type: "AccessReview", column: "review_id" },
  implements: () => NodeInterface,
})
export class AccessReviewItem {
  @RowAttribute("uuid", "The item.")
  id: string;

  @RowAttribute("uuid", "Who has the role.")
  holderId: string;

  @Guarded({
    description: "Name of the principal who has the role.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "text",
  })
  holder: string | null;

  @Guarded({
    description: "The role.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "text",
  })
  role: string | null;

  @Guarded({
    description: "Name of the principal who gave it; null where nobody is known.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "text",
  })
  grantedBy: string | null;

  @Guarded({
    description: "Since when it holds.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "timestamp",
  })
  validFrom: Date | null;

  @Guarded({
    description: "When it ends by itself; null where it has no end.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "timestamp",
  })
  validTo: Date | null;

  @Guarded({
    description: "When its holder last called with it, to the hour; null where never.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "timestamp",
  })
  lastUsedAt: Date | null;

  @Guarded({
    description: "Whether nobody used it for as long as the law pack says.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "boolean",
  })
  dormant: boolean | null;

  @Guarded({
    description:
      "Names of pairs of the policy that one person should not have together, and has with this role.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "list",
    graphqlType: () => [String],
  })
  toxicPairs: string[] | null;

  @Guarded({
    description: "What was decided; null until somebody did.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "enum",
    graphqlType: () => AccessReviewOutcome,
  })
  outcome: AccessReviewOutcome | null;

  @Guarded({
    description: "Name of the principal who decided; null where time did.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "text",
  })
  decidedBy: string | null;

  @Guarded({
    description: "When it was decided.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "timestamp",
  })
  decidedAt: Date | null;

  @Guarded({
    description: "Why.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "text",
  })
  note: string | null;

  @Guarded({
    description: "Version of the item; a decision names the version that it was taken from.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "integer",
  })
  version: number | null;
}
