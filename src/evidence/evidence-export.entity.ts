import { Guarded, GuardedType, RowAttribute } from "../classification/field.ts";
import { NodeInterface } from "../graphql/node.ts";
import { EvidenceState } from "./evidence-export.enums.ts";

@GuardedType({
  table: "evidence_export",
  description:
    "Evidence that somebody asked for in an audit: which part of the decision log, as it was then, and how far its bundle is. It tells how many records there are, and nothing of them.",
  ownedBy: { type: "AuditEngagement", column: "engagement_id" },
  implements: () => NodeInterface,
})
export class EvidenceExport {
  @RowAttribute("uuid", "The export.")
  id: string;

  @RowAttribute("uuid", "Who asked for it.")
  requesterId: string;

  @Guarded({
    description: "Name of the principal who asked for it.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "text",
    filter: "exact",
  })
  requestedBy: string | null;

  @Guarded({
    description: "Purpose for which it was asked for.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "text",
  })
  purpose: string | null;

  @Guarded({
    description: "Version of the policy by which it was decided what is in it.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "text",
  })
  policyVersion: string | null;

  @Guarded({
    description: "The filter as JSON; null for every record of the audit.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "text",
    column: "asked_filter",
  })
  filter: string | null;

  @Guarded({
    description: "Records of the log when it was asked for; later ones are not in it.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "place",
  })
  treeSize: number | null;

  @Guarded({
    description:
      "The signed head of that log (C2SP tlog-checkpoint), to which everything is proved.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "text",
  })
  checkpoint: string | null;

  @Guarded({
    description: "When it was asked for.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "timestamp",
    sortable: true,
  })
  createdAt: Date | null;

  @Guarded({
    description: "When it can no longer be downloaded.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "timestamp",
  })
  expiresAt: Date | null;

  @Guarded({
    description: "Where it stands.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "enum",
    filter: "exact",
    graphqlType: () => EvidenceState,
  })
  state: EvidenceState | null;

  @Guarded({
    description: "How many records of the log were looked at, out of `treeSize`.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "place",
  })
  lookedAt: number | null;

  @Guarded({
    description: "How many records are in it, so far.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "place",
  })
  records: number | null;

  @Guarded({
    description: "Length of the bundle in bytes, so far.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "place",
  })
  bytes: number | null;

  @Guarded({
    description:
      "SHA-256 of the manifest in hexadecimal, which names the digest of every file; null until it is ready.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "text",
  })
  digest: string | null;

  @Guarded({
    description: "When it was ready.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "timestamp",
  })
  readyAt: Date | null;

  @Guarded({
    description: "How many of its bytes, from the first on, were downloaded so far.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "place",
  })
  deliveredBytes: number | null;

  @Guarded({
    description: "When somebody last downloaded from it.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "timestamp",
  })
  deliveredAt: Date | null;
}
