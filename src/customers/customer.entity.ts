import * as anatomy from "../classification/anatomy.ts";
import { Guarded, GuardedType, RowAttribute } from "../classification/field.ts";
import * as rendering from "../classification/renderings/named.ts";
import { NodeInterface } from "../graphql/node.ts";
import { Organisation } from "../organisations/organisation.entity.ts";
import { AGE_BANDS } from "./customer-attributes.ts";
import {
  AccountKind,
  CustomerKind,
  CustomerState,
  Gender,
  Jurisdiction,
} from "./customer.enums.ts";

/*
 * Longer than most files here on purpose: it is the one list of what we keep about a customer,
 * and adding a field is adding one declaration to it.
 */

@GuardedType({
  table: "customer",
  description:
    "A person or company in a customer ledger. Every field but the id is decided by policy for each caller, purpose and row.",
  concerns: { organisations: ["controllerId"], transfers: ["transferIds"], customer: "id" },
  implements: () => NodeInterface,
})
export class Customer {
  // Attributes: what rules read. They are columns, kept true in the transaction that changes them.

  @RowAttribute("uuid", "The customer itself.")
  id: string;

  @RowAttribute("uuid", "Organisation that answers for the customer now.")
  controllerId: string;

  @RowAttribute("uuid[]", "Organisations that answered for the customer before.")
  formerControllerIds: string[];

  @RowAttribute("uuid[]", "Organisations to which a running transfer would give the customer.")
  prospectiveControllerIds: string[];

  @RowAttribute("text", "Law and controller, by which mechanisms for a border are known.")
  exportKey: string;

  @RowAttribute("text", "Province or federal state of the address.")
  province: string | null;

  @RowAttribute("text", "Age as far as rules need it, by the law of the jurisdiction.", AGE_BANDS)
  ageBand: string;

  @RowAttribute("boolean", "A guardian agreed (PIPL Art. 31); false where none is needed.")
  guardianConsent: boolean;

  @RowAttribute("uuid[]", "Staff who may read this minor's record (MinPR Art. 36).")
  minorApprovedIds: string[];

  @RowAttribute("boolean", "A rights request of the customer is open.")
  rightsRequestOpen: boolean;

  @RowAttribute("text[]", "Purposes for which this customer gives a legal basis.", "purposes")
  basisPurposes: string[];

  @RowAttribute("boolean", "False once the customer objected to marketing.")
  marketingAllowed: boolean;

  @RowAttribute("uuid[]", "Agents who work on this customer's case.")
  assignedAgentIds: string[];

  @RowAttribute("uuid[]", "Staff who are related to the customer (conflict of interest).")
  relatedPartyOf: string[];

  @RowAttribute(
    "text[]",
    "Purposes for which another organisation collected the record; null where the controller did.",
    "purposes",
  )
  originalPurposes: string[] | null;

  @RowAttribute("text[]", "Codes of the cases that name this customer.")
  caseCodes: string[];

  @RowAttribute("boolean", "The customer is an item of a transfer that has not ended.")
  inTransfer: boolean;

  @RowAttribute("uuid[]", "Transfers of which the customer is or was an item.")
  transferIds: string[];

  @RowAttribute(
    "text",
    "Names the present state of all the other attributes, for the decision log.",
  )
  circumstances: string;

  // NAME

  @Guarded({
    description: "Number that the ledger's owner gave the customer; unique per organisation.",
    classification: "PUBLIC",
    category: "NAME",
    shape: "text",
    renderings: { PARTIAL: rendering.lastThree },
    token: true,
    filter: "exact",
    sortable: true,
  })
  customerNo: string | null;

  @Guarded({
    description: "Full name of the person or company.",
    classification: "PUBLIC",
    category: "NAME",
    legalTags: ["PI"],
    shape: "text",
    renderings: { PARTIAL: rendering.personName },
    token: true,
    filter: "text",
    sortable: true,
  })
  fullName: string | null;

  @Guarded({
    description: "Unified social credit code of a company (GB 32100).",
    classification: "PUBLIC",
    category: "NAME",
    shape: "text",
    renderings: { PARTIAL: rendering.registerNumber },
    token: true,
    filter: "exact",
  })
  uscc: string | null;

  @Guarded({
    description: "Legal representative of a company.",
    classification: "PUBLIC",
    category: "NAME",
    legalTags: ["PI"],
    shape: "text",
    renderings: { PARTIAL: rendering.naturalPersonName },
    token: true,
  })
  legalRepresentative: string | null;

  @Guarded({
    description: "People to speak to at a company.",
    classification: "PUBLIC",
    category: "NAME",
    legalTags: ["PI"],
    shape: "text",
  })
  contactPersons: string | null;

  // CONTACT

  @Guarded({
    description: "Telephone number in E.164.",
    classification: "PUBLIC",
    category: "CONTACT",
    legalTags: ["PI"],
    shape: "text",
    renderings: { PARTIAL: rendering.phone, COARSE: rendering.phoneCountry },
    filter: "exact",
    anatomy: anatomy.PHONE_NUMBER,
    shows: { PARTIAL: ["phone.country", "phone.head", "phone.tail"], COARSE: ["phone.country"] },
  })
  phone: string | null;

  @Guarded({
    description: "E-mail address.",
    classification: "PUBLIC",
    category: "CONTACT",
    legalTags: ["PI"],
    shape: "text",
    renderings: { PARTIAL: rendering.email },
    filter: "exact",
  })
  email: string | null;

  @Guarded({
    description: "Whole postal address in one line.",
    classification: "PUBLIC",
    category: "CONTACT",
    legalTags: ["PI", "LOCATION"],
    shape: "text",
    renderings: { COARSE: rendering.regionOfAddress },
    anatomy: anatomy.POSTAL_ADDRESS,
    shows: { COARSE: ["home.zone", "home.province", "home.city"] },
  })
  address: string | null;

  @Guarded({
    description: "Province and city of the address.",
    classification: "PUBLIC",
    category: "CONTACT",
    legalTags: ["PI"],
    shape: "text",
    renderings: { COARSE: rendering.province },
    filter: "exact",
    sortable: true,
    derivesFrom: ["address"],
    anatomy: anatomy.PLACE,
    shows: { COARSE: ["home.zone", "home.province"] },
  })
  region: string | null;

  // IDENTITY

  @Guarded({
    description:
      "Kind of identity document: CN_RESIDENT_ID, PASSPORT, HK_MACAU_TAIWAN_PERMIT or FOREIGN_ID.",
    classification: "SENSITIVE",
    category: "IDENTITY",
    legalTags: ["PI"],
    shape: "text",
    renderings: { COARSE: rendering.documentGroup },
  })
  idType: string | null;

  @Guarded({
    description: "Number of the identity document; resident numbers follow GB 11643.",
    classification: "SENSITIVE",
    category: "IDENTITY",
    legalTags: ["PI", "SPECIFIC_IDENTITY"],
    shape: "text",
    renderings: { PARTIAL: rendering.identityNumber },
    token: true,
    filter: "lookup",
    anatomy: anatomy.RESIDENT_NUMBER,
    shows: { PARTIAL: ["home.zone", "id.check"] },
  })
  idNumber: string | null;

  @Guarded({
    description: "Date of birth.",
    classification: "SENSITIVE",
    category: "IDENTITY",
    legalTags: ["PI"],
    shape: "date",
    renderings: { COARSE: rendering.year },
    derivesFrom: ["idNumber"],
    anatomy: anatomy.BIRTH_DATE,
    shows: { COARSE: ["birth.year"] },
  })
  birthDate: string | null;

  @Guarded({
    description: "Gender as the source states it.",
    classification: "SENSITIVE",
    category: "IDENTITY",
    legalTags: ["PI"],
    shape: "enum",
    derivesFrom: ["idNumber"],
    graphqlType: () => Gender,
    anatomy: anatomy.SEX_OF_PERSON,
  })
  gender: Gender | null;

  @Guarded({
    description: "Nationality, ISO 3166-1 alpha-2.",
    classification: "PUBLIC",
    category: "IDENTITY",
    legalTags: ["PI"],
    shape: "text",
  })
  nationality: string | null;

  // FINANCIAL

  @Guarded({
    description: "Bank of the account.",
    classification: "SENSITIVE",
    category: "FINANCIAL",
    legalTags: ["FINANCIAL_ACCOUNT"],
    shape: "text",
    anatomy: anatomy.BANK,
  })
  bankName: string | null;

  @Guarded({
    description: "Bank card or account number.",
    classification: "SENSITIVE",
    category: "FINANCIAL",
    legalTags: ["PI", "FINANCIAL_ACCOUNT"],
    shape: "text",
    renderings: { PARTIAL: rendering.lastFour },
    token: true,
    filter: "lookup",
    anatomy: anatomy.BANK_ACCOUNT,
    shows: { PARTIAL: ["account.last", "account.check"] },
  })
  bankAccount: string | null;

  @Guarded({
    description: "Whether the number is a card's or an account's.",
    classification: "SENSITIVE",
    category: "FINANCIAL",
    legalTags: ["FINANCIAL_ACCOUNT"],
    shape: "enum",
    graphqlType: () => AccountKind,
  })
  accountKind: AccountKind | null;

  @Guarded({
    description: "Tax number.",
    classification: "SENSITIVE",
    category: "FINANCIAL",
    legalTags: ["PI"],
    shape: "text",
    renderings: { PARTIAL: rendering.lastFour },
    token: true,
    filter: "lookup",
    anatomy: anatomy.RESIDENT_NUMBER,
    shows: { PARTIAL: ["id.order", "id.sex", "id.check"] },
  })
  taxNo: string | null;

  @Guarded({
    description: "Band of income as the source states it.",
    classification: "SENSITIVE",
    category: "FINANCIAL",
    legalTags: ["PI"],
    shape: "text",
  })
  incomeBand: string | null;

  @Guarded({
    description: "Credit remarks; adverse ones are kept five years at most.",
    classification: "SENSITIVE",
    category: "FINANCIAL",
    legalTags: ["PI"],
    shape: "text",
  })
  creditInfo: string | null;

  // BEHAVIOUR

  @Guarded({
    description: "Sum of all purchases, in the currency of the ledger.",
    classification: "SENSITIVE",
    category: "BEHAVIOUR",
    legalTags: ["PI", "PROFILE"],
    shape: "amount",
    renderings: { COARSE: rendering.amountRange },
  })
  purchaseTotal: string | null;

  @Guarded({
    description: "Number of orders.",
    classification: "SENSITIVE",
    category: "BEHAVIOUR",
    legalTags: ["PI", "PROFILE"],
    shape: "count",
    renderings: { COARSE: rendering.countRange },
  })
  orderCount: string | null;

  @Guarded({
    description: "What the customer likes to buy.",
    classification: "SENSITIVE",
    category: "BEHAVIOUR",
    legalTags: ["PI", "PROFILE"],
    shape: "text",
    renderings: { COARSE: rendering.preferenceGroup },
  })
  preferences: string | null;

  @Guarded({
    description: "Labels that staff gave the customer.",
    classification: "SENSITIVE",
    category: "BEHAVIOUR",
    legalTags: ["PI", "PROFILE"],
    shape: "text",
  })
  tags: string | null;

  // HEALTH

  @Guarded({
    description: "State of health as far as the customer told it.",
    classification: "PRIVATE",
    category: "HEALTH",
    legalTags: ["PI", "MEDICAL"],
    shape: "text",
    renderings: { COARSE: rendering.healthGroup },
  })
  healthStatus: string | null;

  @Guarded({
    description: "Disability.",
    classification: "PRIVATE",
    category: "HEALTH",
    legalTags: ["PI", "MEDICAL"],
    shape: "text",
  })
  disability: string | null;

  @Guarded({
    description: "Medication.",
    classification: "PRIVATE",
    category: "HEALTH",
    legalTags: ["PI", "MEDICAL"],
    shape: "text",
  })
  medication: string | null;

  // FAMILY

  @Guarded({
    description: "Marital status.",
    classification: "PRIVATE",
    category: "FAMILY",
    legalTags: ["PI", "PRIVATE_LIFE"],
    shape: "text",
  })
  maritalStatus: string | null;

  @Guarded({
    description: "Members of the family; they are data subjects too.",
    classification: "PRIVATE",
    category: "FAMILY",
    legalTags: ["PI", "PRIVATE_LIFE"],
    shape: "text",
  })
  familyMembers: string | null;

  @Guarded({
    description: "Family background.",
    classification: "PRIVATE",
    category: "FAMILY",
    legalTags: ["PI", "PRIVATE_LIFE"],
    shape: "text",
  })
  familyBackground: string | null;

  @Guarded({
    description: "Name of a minor's guardian.",
    classification: "SENSITIVE",
    category: "FAMILY",
    legalTags: ["PI", "MINOR"],
    shape: "text",
    renderings: { PARTIAL: rendering.naturalPersonName },
  })
  guardianName: string | null;

  @Guarded({
    description: "Telephone number of a minor's guardian, E.164.",
    classification: "SENSITIVE",
    category: "FAMILY",
    legalTags: ["PI", "MINOR"],
    shape: "text",
    renderings: { PARTIAL: rendering.phone, COARSE: rendering.phoneCountry },
    anatomy: anatomy.GUARDIAN_PHONE,
    shows: {
      PARTIAL: ["guardianPhone.country", "guardianPhone.head", "guardianPhone.tail"],
      COARSE: ["guardianPhone.country"],
    },
  })
  guardianPhone: string | null;

  @Guarded({
    description: "How the guardian is related to the minor.",
    classification: "SENSITIVE",
    category: "FAMILY",
    legalTags: ["PI", "MINOR"],
    shape: "text",
  })
  guardianRelation: string | null;

  // GOVERNANCE

  @RowAttribute("text", "Person or company.", Object.values(CustomerKind))
  @Guarded({
    description: "Person or company.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "enum",
    filter: "exact",
    sortable: true,
    graphqlType: () => CustomerKind,
  })
  kind: CustomerKind | null;

  @RowAttribute("text", "Where the customer stands.", Object.values(CustomerState))
  @Guarded({
    description: "Where the customer stands.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "enum",
    filter: "exact",
    sortable: true,
    graphqlType: () => CustomerState,
  })
  state: CustomerState | null;

  @RowAttribute("text", "Law pack of the record.", Object.values(Jurisdiction))
  @Guarded({
    description: "Law that governs the record.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "enum",
    filter: "exact",
    sortable: true,
    graphqlType: () => Jurisdiction,
  })
  jurisdiction: Jurisdiction | null;

  @RowAttribute("boolean", "A legal hold forbids destruction and silent changes.")
  @Guarded({
    description: "A legal hold lies on the record.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "boolean",
    filter: "exact",
  })
  legalHold: boolean | null;

  @RowAttribute("boolean", "A dispute with the customer is open.")
  @Guarded({
    description: "A dispute with the customer is open.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "boolean",
    filter: "exact",
  })
  disputeOpen: boolean | null;

  @Guarded({
    description: "Purposes for which this customer gives a legal basis today.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "list",
    column: "basis_purposes",
    graphqlType: () => [String],
  })
  permittedPurposes: string[] | null;

  @Guarded({
    description: "Consent to marketing: GIVEN, REFUSED, WITHDRAWN, or null where nobody asked.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "text",
    filter: "exact",
  })
  marketingConsent: string | null;

  @Guarded({
    description: "Organisation that answers for the customer now.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "relation",
    column: "controller_id",
    graphqlType: () => Organisation,
  })
  controller: Organisation | null;

  @Guarded({
    description: "Day on which the record was first made, as the source states it.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "date",
    filter: "range",
    sortable: true,
  })
  recordedOn: string | null;

  @Guarded({
    description: "When the record last changed here.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "timestamp",
    sortable: true,
  })
  updatedAt: Date | null;

  @Guarded({
    description: "Version of the record; a change names the version that it was made from.",
    classification: "PUBLIC",
    category: "GOVERNANCE",
    shape: "integer",
  })
  version: number | null;
}
