import { Guarded, GuardedType, RowAttribute } from "../classification/field.ts";
import { NodeInterface } from "../graphql/node.ts";
import { Organisation } from "../organisations/organisation.entity.ts";
import { MechanismKind } from "./cross-border-mechanism.enums.ts";

@GuardedType({
  table: "cross_border_mechanism",
  description:
    "A contract, certificate or assessment under which data of a controller may be read in another jurisdiction.",
  concerns: { organisations: ["controllerId", "recipientId"], transfers: [], customer: null },
  implements: () => NodeInterface,
})
export class CrossBorderMechanism {
  @RowAttribute("uuid", "The mechanism itself.")
  id: string;

  @RowAttribute("uuid", "Organisation whose data may go.")
  controllerId: string;

  @RowAttribute("uuid", "Organisation whose people and systems receive it.")
  recipientId: string;

  @Guarded({
    description: "Organisation whose data may go.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "relation",
    column: "controller_id",
    graphqlType: () => Organisation,
  })
  controller: Organisation | null;

  @Guarded({
    description: "Organisation that receives it; the controller itself for its own staff abroad.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "relation",
    column: "recipient_id",
    graphqlType: () => Organisation,
  })
  recipient: Organisation | null;

  @Guarded({
    description: "Jurisdiction (ISO 3166-1 alpha-2) whose law the data is under.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "text",
    filter: "exact",
    sortable: true,
  })
  fromJurisdiction: string | null;

  @Guarded({
    description: "Jurisdiction in which it may be read.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "text",
    filter: "exact",
    sortable: true,
  })
  toJurisdiction: string | null;

  @Guarded({
    description: "What lets it go.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "enum",
    filter: "exact",
    graphqlType: () => MechanismKind,
  })
  kind: MechanismKind | null;

  @Guarded({
    description: "Number of the filing, contract or certificate.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "text",
    filter: "exact",
  })
  reference: string | null;

  @Guarded({
    description: "From when it holds.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "timestamp",
    sortable: true,
  })
  validFrom: Date | null;

  @Guarded({
    description: "Until when it holds; null where it has no end.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "timestamp",
    sortable: true,
  })
  validTo: Date | null;

  @Guarded({
    description: "When it was withdrawn; from then on it lets nothing go.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "timestamp",
    sortable: true,
  })
  withdrawnAt: Date | null;
}
