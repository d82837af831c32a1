import { type Level, LEVELS, linesOf } from "./levels.ts";

/** Letter of the matrix's column, class (P, S for SENSITIVE, X for PRIVATE), and the forms below CLEAR. */
const CUSTOMER = `
field               | column | class | forms
customerNo          | N | P | PARTIAL TOKEN EXISTS
fullName            | N | P | PARTIAL TOKEN EXISTS
uscc                | N | P | PARTIAL TOKEN EXISTS
legalRepresentative | N | P | PARTIAL TOKEN EXISTS
contactPersons      | N | P | EXISTS
phone               | C | P | PARTIAL COARSE EXISTS
email               | C | P | PARTIAL EXISTS
address             | C | P | COARSE EXISTS
region              | C | P | COARSE EXISTS
idType              | I | S | COARSE EXISTS
idNumber            | I | S | PARTIAL TOKEN EXISTS
birthDate           | I | S | COARSE EXISTS
gender              | I | S |
nationality         | I | P | EXISTS
bankName            | F | S | EXISTS
bankAccount         | F | S | PARTIAL TOKEN EXISTS
accountKind         | F | S |
taxNo               | F | S | PARTIAL TOKEN EXISTS
incomeBand          | F | S | EXISTS
creditInfo          | F | S | EXISTS
purchaseTotal       | B | S | COARSE EXISTS
orderCount          | B | S | COARSE EXISTS
preferences         | B | S | COARSE EXISTS
tags                | B | S | EXISTS
healthStatus        | H | X | COARSE EXISTS
disability          | H | X | EXISTS
medication          | H | X | EXISTS
maritalStatus       | M | X | EXISTS
familyMembers       | M | X | EXISTS
familyBackground    | M | X | EXISTS
guardianName        | M | S | PARTIAL EXISTS
guardianPhone       | M | S | PARTIAL COARSE EXISTS
guardianRelation    | M | S | EXISTS
kind                | G | P |
state               | G | P |
jurisdiction        | G | P |
legalHold           | G | P |
disputeOpen         | G | P |
permittedPurposes   | G | P |
marketingConsent    | G | P | EXISTS
controller          | G | P |
recordedOn          | G | P | EXISTS
updatedAt           | G | P |
version             | G | P |
events              | G | P |
transfers           | G | P |
`;

const CUSTOMER_EVENT = `
field         | column | class | forms
kind          | G | P | EXISTS
occurredAt    | G | P |
changedFields | G | P |
source        | G | P | EXISTS
`;

const TRANSFER = `
field            | column | class | forms
code             | G | P | EXISTS
dealType         | G | P |
legalPath        | G | P |
state            | G | P |
transferor       | G | P |
transferee       | G | P |
originalPurposes | G | P |
proposedPurposes | G | P |
crossBorder      | G | P |
windowOpensAt    | G | P |
windowClosesAt   | G | P |
cutoverAt        | G | P |
items            | G | P |
`;

const TRANSFER_ITEM = `
field              | column | class | forms
state              | G | P |
reasons            | G | P |
excludedCategories | G | P |
updatedAt          | G | P |
customer           | G | P |
transfer           | G | P |
`;

/** What a field is. */
export interface FieldFacts {
  readonly name: string;
  readonly column: string;
  readonly isSensitive: boolean;
  readonly isPrivate: boolean;
  /** Forms in which it can be shown. */
  readonly forms: ReadonlySet<Level>;
}

/** The fields of each type by name. */
export const FIELDS: Readonly<Record<string, ReadonlyMap<string, FieldFacts>>> = {
  Customer: fieldsIn(CUSTOMER),
  CustomerEvent: fieldsIn(CUSTOMER_EVENT),
  Transfer: fieldsIn(TRANSFER),
  TransferItem: fieldsIn(TRANSFER_ITEM),
};

/** The most that is given of a field at a level: what it cannot show so, it shows less of. */
export function shownAt({ forms }: FieldFacts, level: Level): Level {
  const lower = LEVELS.slice(0, LEVELS.indexOf(level) + 1).toReversed();
  return lower.find((one) => one === "NONE" || forms.has(one)) ?? "NONE";
}

function fieldsIn(table: string): Map<string, FieldFacts> {
  return new Map(
    linesOf(table).map(([name = "", column = "", letter = "", forms = ""]) => [
      name,
      {
        name,
        column,
        isSensitive: letter === "S",
        isPrivate: letter === "X",
        forms: new Set<Level>(["CLEAR", ...(forms.split(" ").filter(Boolean) as Level[])]),
      },
    ]),
  );
}
