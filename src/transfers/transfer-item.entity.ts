import { Guarded, GuardedType, RowAttribute } from "../classification/field.ts";
import { NodeInterface } from "../graphql/node.ts";
import { TransferItemState } from "./transfer.enums.ts";

@GuardedType({
  table: "transfer_item",
  description:
    "One customer's place in a transfer. The customer behind it is decided by the customer's own rules.",
  concerns: { organisations: ["transferorId"], transfers: ["transferId"], customer: "customerId" },
  implements: () => NodeInterface,
})
export class TransferItem {
  @RowAttribute("uuid", "The item itself.")
  id: string;

  @RowAttribute("uuid", "Customer whose place in the transfer it is.")
  customerId: string;

  @RowAttribute("uuid", "Transfer to which the item belongs.")
  transferId: string;

  @RowAttribute("uuid", "Organisation that gives the ledger.")
  transferorId: string;

  @RowAttribute("uuid", "Organisation that receives the ledger.")
  transfereeId: string;

  @RowAttribute("text[]", "Codes of the cases to which the item belongs.")
  caseCodes: string[];

  @RowAttribute("text", "State of the item.", Object.values(TransferItemState))
  @Guarded({
    description: "Where the customer stands in the transfer.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "enum",
    filter: "exact",
    sortable: true,
    graphqlType: () => TransferItemState,
  })
  state: TransferItemState | null;

  @Guarded({
    description: "Why the item is held or excluded.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "list",
    graphqlType: () => [String],
  })
  reasons: string[] | null;

  @Guarded({
    description: "Categories that stay behind when the customer moves.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "list",
    graphqlType: () => [String],
  })
  excludedCategories: string[] | null;

  @Guarded({
    description: "When the item last changed.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "timestamp",
    sortable: true,
  })
  updatedAt: Date | null;
}
