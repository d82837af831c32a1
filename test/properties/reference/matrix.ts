import type { AskerFacts, CustomerFacts } from "./facts.ts";
import { isAbove, type Level, levelOf, linesOf } from "./levels.ts";

/** The columns of the matrix: name, contact, behaviour, identity, finance, health, family, governance. */
const COLUMNS = ["N", "C", "B", "I", "F", "H", "M", "G"];

/** The default matrix of the domain (4.4), with what its remarks and the product's decisions say of a row. */
const MATRIX = `
role               | purpose            | on                 | N C B I F H M G
CS_AGENT           | SERVICE_DELIVERY   | assigned customers | A A A 1 4 D D A
CS_AGENT           | SERVICE_DELIVERY   | all                | A p b D D D D e
CS_AGENT           | CUSTOMER_CARE      | all                | A p b D D D D e
SALES_ANALYST      | MARKETING          | all                | A A A D D D D e
SALES_ANALYST      | ANALYTICS          | all                | t r b D D D D D
DATA_STEWARD       | DATA_QUALITY       | all                | A A p 1 4 e e A
DATA_STEWARD       | TRANSFER_EXECUTION | all                | A p e t t e e A
COMPLIANCE_OFFICER | RIGHTS_REQUEST     | rights requests    | A A A 1 4 c c A
COMPLIANCE_OFFICER | DISPUTE_HANDLING   | disputes           | A A A 1 4 c c A
COMPLIANCE_OFFICER | LEGAL_RETENTION    | all                | A p e 1 4 D D A
COMPLIANCE_OFFICER | RISK_AML           | all                | A p b A A D D A
LEGAL_COUNSEL      | DISPUTE_HANDLING   | disputes and holds | A p A 1 4 D D A
TRANSFER_MANAGER   | TRANSFER_EXECUTION | all                | A p e D D D D A
BANKRUPTCY_ADMIN   | TRANSFER_EXECUTION | all                | A p e D D D D A
INTERNAL_AUDITOR   | COMPLIANCE_AUDIT   | all                | p p b e e e e A
EXTERNAL_AUDITOR   | COMPLIANCE_AUDIT   | all                | t r D e e e e A
PARTNER_SYSTEM     | SERVICE_DELIVERY   | all                | p p p D t D D e
GOV_LIAISON        | LEGAL_DISCLOSURE   | listed fields      | A A A A A A A D
GOV_LIAISON        | LEGAL_DISCLOSURE   | cases              | p p D D D D D A
SECURITY_RESPONDER | INCIDENT_RESPONSE  | all                | t p D e e e e A
DATA_SUBJECT       | SELF_ACCESS        | all                | A A A A A A A A
`;

/** Who reads the particulars of transfers and of customers' places in them. */
const TRANSFERS = `
role               | purposes
TRANSFER_MANAGER   | TRANSFER_EXECUTION TRANSFER_DUE_DILIGENCE
DATA_STEWARD       | TRANSFER_EXECUTION DATA_QUALITY
COMPLIANCE_OFFICER | RIGHTS_REQUEST DISPUTE_HANDLING LEGAL_RETENTION
LEGAL_COUNSEL      | DISPUTE_HANDLING
INTERNAL_AUDITOR   | COMPLIANCE_AUDIT
EXTERNAL_AUDITOR   | COMPLIANCE_AUDIT
PARTNER_SYSTEM     | SERVICE_DELIVERY
BANKRUPTCY_ADMIN   | TRANSFER_EXECUTION
`;

/** On which customers, and of which fields, a line of the matrix holds. */
const ON: Readonly<
  Record<string, (asker: AskerFacts, customer: CustomerFacts, field: string) => boolean>
> = {
  all: () => true,
  "assigned customers": (asker, { agents }) => agents.includes(asker.id),
  "rights requests": (_, { hasRightsRequest }) => hasRightsRequest,
  disputes: (_, { inDispute }) => inDispute,
  "disputes and holds": (_, { inDispute, onHold }) => inDispute || onHold,
  cases: (asker, { cases }) => cases.some((code) => asker.cases.includes(code)),
  "listed fields": (asker, { cases }, field) =>
    cases.some((code) => asker.cases.includes(code)) && asker.listedFields.includes(field),
};

const LINES = linesOf(MATRIX).map(([role = "", purpose = "", on = "", cells = ""]) => {
  const letters = cells.split(" ");
  const levels = new Map(COLUMNS.map((column, at) => [column, levelOf(letters[at] ?? "")]));
  const holds = ON[on];
  if (holds === undefined) throw new Error(`Nobody knows on what "${on}" holds.`);
  return { role, purpose, levels, holds };
});

const READERS_OF_TRANSFERS = linesOf(TRANSFERS).map(([role = "", purposes = ""]) => ({
  role,
  purposes: purposes.split(" "),
}));

/** The most that any line gives the asker of a field in a column, before anything stops it. */
export function givenOf(
  { column, name }: { column: string; name: string },
  asker: AskerFacts,
  customer: CustomerFacts,
): Level {
  return LINES.filter(
    (line) =>
      asker.roles.includes(line.role) &&
      asker.purpose === line.purpose &&
      line.holds(asker, customer, name),
  )
    .map(({ levels }) => levels.get(column) ?? "NONE")
    .reduce<Level>((most, one) => (isAbove(one, most) ? one : most), "NONE");
}

/** What the asker is given of any field of a transfer or of an item. */
export function givenOfTransfers(asker: AskerFacts): Level {
  const isReader = READERS_OF_TRANSFERS.some(
    ({ role, purposes }) => asker.roles.includes(role) && purposes.includes(asker.purpose),
  );
  return isReader ? "CLEAR" : "NONE";
}
