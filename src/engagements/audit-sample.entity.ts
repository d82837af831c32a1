import { Guarded, GuardedType, RowAttribute } from "../classification/field.ts";
import { NodeInterface } from "../graphql/node.ts";
import { AuditPopulation } from "./audit.enums.ts";

@GuardedType({
  table: "audit_sample",
  description:
    "A sample that was drawn in an audit: what it takes to draw it again and to tell whether it came out the same. It holds no id and no value of what was drawn.",
  ownedBy: { type: "AuditEngagement", column: "engagement_id" },
  implements: () => NodeInterface,
})
export class AuditSample {
  @RowAttribute("uuid", "The sample.")
  id: string;

  @RowAttribute("uuid", "Who drew it.")
  drawnById: string;

  @Guarded({
    description: "Of what it was drawn.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "enum",
    graphqlType: () => AuditPopulation,
  })
  population: AuditPopulation | null;

  @Guarded({
    description: "Number from which chance started.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "integer",
  })
  seed: number | null;

  @Guarded({
    description: "How many were to be drawn.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "integer",
  })
  wanted: number | null;

  @Guarded({
    description:
      "The filter as JSON, with its keys in order; null for everything within the audit.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "text",
  })
  query: string | null;

  @Guarded({
    description: "Version of the policy under which it was drawn.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "text",
  })
  policyVersion: string | null;

  @Guarded({
    description: "How many there were to draw from.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "integer",
  })
  populationSize: number | null;

  @Guarded({
    description: "How many were drawn.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "integer",
  })
  drawn: number | null;

  @Guarded({
    description: "SHA-256 over the drawn ids in their order, hex.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "text",
  })
  idDigest: string | null;

  @Guarded({
    description: "Records in the decision log when decisions were drawn; null for what is no log.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "text",
  })
  treeSize: string | null;

  @Guarded({
    description: "Name of the principal who drew it.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "text",
  })
  drawnBy: string | null;

  @Guarded({
    description: "When it was drawn.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "timestamp",
  })
  drawnAt: Date | null;
}
