import { Guarded, GuardedType, RowAttribute } from "../classification/field.ts";
import { NodeInterface } from "../graphql/node.ts";
import { Organisation } from "../organisations/organisation.entity.ts";
import { DealType, LegalPath, TransferState } from "./transfer.enums.ts";

@GuardedType({
  table: "transfer",
  description:
    "The passage of a customer ledger, or a part of it, from one organisation to another.",
  concerns: { organisations: ["transferorId", "transfereeId"], transfers: ["id"], customer: null },
  implements: () => NodeInterface,
})
export class Transfer {
  @RowAttribute("uuid", "The transfer itself.")
  id: string;

  @RowAttribute("uuid", "Organisation that gives the ledger.")
  transferorId: string;

  @RowAttribute("uuid", "Organisation that receives the ledger.")
  transfereeId: string;

  @RowAttribute("text[]", "Codes of the cases to which the transfer belongs.")
  caseCodes: string[];

  @Guarded({
    description: "Number of the transfer, as both sides write it.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "text",
    filter: "exact",
    sortable: true,
  })
  code: string | null;

  @Guarded({
    description: "Kind of deal.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "enum",
    filter: "exact",
    graphqlType: () => DealType,
  })
  dealType: DealType | null;

  @Guarded({
    description: "Legal path that follows from the kind of deal.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "enum",
    filter: "exact",
    graphqlType: () => LegalPath,
  })
  legalPath: LegalPath | null;

  @RowAttribute("text", "State of the transfer.", Object.values(TransferState))
  @Guarded({
    description: "Where the transfer stands.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "enum",
    filter: "exact",
    sortable: true,
    graphqlType: () => TransferState,
  })
  state: TransferState | null;

  @Guarded({
    description: "Organisation that gives the ledger.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "relation",
    column: "transferor_id",
    graphqlType: () => Organisation,
  })
  transferor: Organisation | null;

  @Guarded({
    description: "Organisation that receives the ledger.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "relation",
    column: "transferee_id",
    graphqlType: () => Organisation,
  })
  transferee: Organisation | null;

  @Guarded({
    description: "Purposes for which the transferor kept the ledger.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "list",
    graphqlType: () => [String],
  })
  originalPurposes: string[] | null;

  @Guarded({
    description:
      "Purposes for which the transferee will use it; others than the original need new consent (PIPL Art. 22).",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "list",
    graphqlType: () => [String],
  })
  proposedPurposes: string[] | null;

  @Guarded({
    description: "Whether values leave the jurisdiction in which they are kept.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "boolean",
    filter: "exact",
  })
  crossBorder: boolean | null;

  @Guarded({
    description: "Start of the time in which customers can object or consent.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "timestamp",
    sortable: true,
  })
  windowOpensAt: Date | null;

  @Guarded({
    description: "End of that time.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "timestamp",
    sortable: true,
  })
  windowClosesAt: Date | null;

  @Guarded({
    description: "When custody passed, for transfers that were executed.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "timestamp",
    sortable: true,
  })
  cutoverAt: Date | null;
}
