import { ClearClass, RecordedActionEnum } from "./decision.enums.ts";
import { DecisionCaller, DecisionOperation, DecisionVerdict } from "./decision.parts.ts";
import { ID } from "type-graphql";
import { Guarded, GuardedType, RowAttribute } from "../classification/field.ts";
import { NodeInterface } from "../graphql/node.ts";
import { DisclosureEnum } from "../graphql/field-access.ts";
import { Organisation } from "../organisations/organisation.entity.ts";

/**
 * Longer than most files here on purpose: it is the one list of what is told of a decision. What names
 * people, cases or rows is of category IDENTITY or NAME, so that policy can show a record to a
 * person who is in it without the others (decision 0037).
 */
@GuardedType({
  table: "decision",
  description:
    "One record of the decision log: who, why, about whom, and what came of it. It holds names, ids, references and codes, and never a value.",
  concerns: { organisations: ["concernedIds"], transfers: ["transferIds"], customer: null },
  sequence: {
    field: "treeIndex",
    time: "at",
    day: "recordedOn",
    days: "decision_day",
    blocks: {
      table: "decision_block",
      bits: 10,
      organisations: "concernedIds",
      words: { facets: "", purpose: "p:", policyVersion: "v:", roles: "o:", transferIds: "t:" },
      rarer: ["subjects", "caller", "request", "operationName", "caseCodes"],
    },
  },
  implements: () => NodeInterface,
})
export class Decision {
  @RowAttribute("uuid", "The record itself.")
  id: string;

  @RowAttribute("date", "Day of the request (UTC).")
  recordedOn: string;

  @RowAttribute("uuid", "Who asked; null for who has no principal.")
  principalId: string | null;

  @RowAttribute("uuid", "Organisation of the one who asked.")
  organisationId: string | null;

  @Guarded({
    description: "The canonical text: exactly these bytes (UTF-8) are the leaf of the tree.",
    classification: "PUBLIC",
    category: "IDENTITY",
    shape: "text",
    column: "body",
  })
  record: string | null;

  @Guarded({
    description: "Time of the request.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "timestamp",
    filter: "time",
    column: "occurred_at",
  })
  at: Date | null;

  @Guarded({
    description: "When it got its place in the tree.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "timestamp",
  })
  sealedAt: Date | null;

  @Guarded({
    description: "Place in the tree, counted from 0.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "place",
    sortable: true,
  })
  treeIndex: number | null;

  @RowAttribute("text", "What it is about.")
  @Guarded({
    description: "What it is about.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "enum",
    graphqlType: () => RecordedActionEnum,
  })
  action: RecordedActionEnum | null;

  @Guarded({
    description: "Id of the request.",
    classification: "PUBLIC",
    category: "IDENTITY",
    shape: "text",
    filter: "exact",
    column: "request_id",
  })
  request: string | null;

  @Guarded({
    description: "The operation in which it was decided.",
    classification: "PUBLIC",
    category: "IDENTITY",
    shape: "relation",
    column: "body",
    graphqlType: () => DecisionOperation,
  })
  operation: DecisionOperation | null;

  @Guarded({
    description: "Name of the operation, where it has one.",
    classification: "PUBLIC",
    category: "IDENTITY",
    shape: "text",
    filter: "exact",
    column: "operation",
  })
  operationName: string | null;

  @Guarded({
    description: "Who asked; null for who has no principal.",
    classification: "PUBLIC",
    category: "NAME",
    shape: "relation",
    filter: "exact",
    column: "principal_id",
    graphqlType: () => DecisionCaller,
  })
  caller: DecisionCaller | null;

  @Guarded({
    description: "Organisation of the one who asked.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "relation",
    filter: "exact",
    column: "organisation_id",
    graphqlType: () => Organisation,
  })
  organisation: Organisation | null;

  @Guarded({
    description: "Roles of the one who asked.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "list",
    filter: "list",
    graphqlType: () => [String],
  })
  roles: string[] | null;

  @RowAttribute("text", "Purpose of the request.")
  @Guarded({
    description: "Purpose of the request.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "text",
    filter: "exact",
  })
  purpose: string | null;

  @Guarded({
    description: "Cases in which the one who asked worked.",
    classification: "PUBLIC",
    category: "IDENTITY",
    shape: "list",
    filter: "list",
    graphqlType: () => [String],
  })
  caseCodes: string[] | null;

  @Guarded({
    description: "Id of the token.",
    classification: "PUBLIC",
    category: "IDENTITY",
    shape: "text",
  })
  tokenId: string | null;

  @Guarded({
    description: "Version of the policy that decided.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "text",
    filter: "exact",
  })
  policyVersion: string | null;

  @Guarded({
    description: "Digest of what the law packs said on that day; null without any.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "text",
  })
  lawPack: string | null;

  @Guarded({
    description: "Guarded type; null where it was about none.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "text",
    column: "subject_type",
  })
  type: string | null;

  @Guarded({
    description: "Fields, such as Customer.idNumber.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "list",
    graphqlType: () => [String],
  })
  fields: string[] | null;

  @RowAttribute("text[]", "How much was given of one field or another.")
  @Guarded({
    description: "How much was given of one field or another.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "list",
    graphqlType: () => [DisclosureEnum],
  })
  disclosures: string[] | null;

  @Guarded({
    description: "Reason codes.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "list",
    graphqlType: () => [String],
  })
  reasons: string[] | null;

  @Guarded({
    description: "Ids of the deciding rules.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "list",
    graphqlType: () => [String],
  })
  rules: string[] | null;

  @Guarded({
    description:
      "Words by which it is found: f:field, d:disclosure, fd:field=disclosure, r:rule, x:reason, a:action, e:refusal.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "list",
    filter: "list",
    graphqlType: () => [String],
  })
  facets: string[] | null;

  @Guarded({
    description: "What was decided; holds for each of the rows.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "relation",
    column: "body",
    graphqlType: () => [DecisionVerdict],
  })
  verdicts: DecisionVerdict[] | null;

  @Guarded({
    description: "Fields that were given in clear, such as Customer.phone.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "relation",
    column: "facets",
    graphqlType: () => [String],
  })
  clearFields: string[] | null;

  @Guarded({
    description: "How many rows it covers.",
    classification: "PUBLIC",
    category: "IDENTITY",
    shape: "integer",
  })
  rowCount: number | null;

  @Guarded({
    description: "Ids of the rows, where they are no customers.",
    classification: "PUBLIC",
    category: "IDENTITY",
    shape: "relation",
    column: "body",
    graphqlType: () => [ID],
  })
  ids: string[] | null;

  @RowAttribute("uuid[]", "References of the customers that it is about.")
  @Guarded({
    description: "References of the customers that it is about, each once.",
    classification: "PUBLIC",
    category: "IDENTITY",
    shape: "list",
    filter: "list",
    items: "uuid",
    isSelective: true,
    graphqlType: () => [ID],
  })
  subjects: string[] | null;

  @RowAttribute("uuid[]", "Organisations that may be told of it.")
  @Guarded({
    description: "Ids of the organisations that it concerns.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "list",
    filter: "list",
    items: "uuid",
    graphqlType: () => [ID],
  })
  concernedIds: string[] | null;

  @RowAttribute("uuid[]", "Transfers of which the rows are part.")
  @Guarded({
    description: "Ids of the transfers of which the rows are part.",
    classification: "PUBLIC",
    category: "IDENTITY",
    shape: "list",
    filter: "list",
    items: "uuid",
    graphqlType: () => [ID],
  })
  transferIds: string[] | null;

  @Guarded({
    description: "Highest class of what was given in clear; null where nothing above PUBLIC was.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "relation",
    column: "body",
    graphqlType: () => ClearClass,
  })
  clear: ClearClass | null;

  @Guarded({
    description: "Code of the error with which it was answered; null where it was not refused.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "text",
  })
  refusal: string | null;

  @Guarded({
    description: "What was asked, for verbs and questions, as JSON: words and ids, never a value.",
    classification: "PUBLIC",
    category: "IDENTITY",
    shape: "relation",
    column: "body",
    graphqlType: () => String,
  })
  about: string | null;
}
