import { registerEnumType } from "type-graphql";

/** Who audits, and on whose order. */
export enum AuditKind {
  INTERNAL = "INTERNAL",
  EXTERNAL = "EXTERNAL",
  REGULATOR_ORDERED = "REGULATOR_ORDERED",
}

/** Where an audit stands. */
export enum AuditState {
  PLANNED = "PLANNED",
  FIELDWORK = "FIELDWORK",
  DRAFT = "DRAFT",
  RESPONSE = "RESPONSE",
  FINAL = "FINAL",
  FOLLOW_UP = "FOLLOW_UP",
  CLOSED = "CLOSED",
}

/** Of what samples are drawn. */
export enum AuditPopulation {
  CUSTOMERS = "CUSTOMERS",
  DECISIONS = "DECISIONS",
}

registerEnumType(AuditKind, {
  name: "AuditKind",
  description: "Who audits, and on whose order.",
  valuesConfig: {
    INTERNAL: { description: "Auditors of the organisation itself." },
    EXTERNAL: { description: "A firm that the organisation chose." },
    REGULATOR_ORDERED: { description: "A firm, because an authority ordered the audit." },
  },
});
registerEnumType(AuditState, {
  name: "AuditState",
  description: "Where an audit stands.",
  valuesConfig: {
    PLANNED: { description: "Waits for the team to declare its independence, and to be begun." },
    FIELDWORK: { description: "The team looks at records." },
    DRAFT: { description: "The team writes its report." },
    RESPONSE: { description: "The audited answer to the draft." },
    FINAL: { description: "The report is final; the records are closed to the team again." },
    FOLLOW_UP: { description: "What was found is being put right." },
    CLOSED: { description: "Over, or ended early." },
  },
});
registerEnumType(AuditPopulation, {
  name: "AuditPopulation",
  description: "Of what samples are drawn.",
  valuesConfig: {
    CUSTOMERS: { description: "Customers within the audit." },
    DECISIONS: {
      description:
        "Decisions of the audited time, by or about the audited, that were sealed when it was drawn.",
    },
  },
});
