import { createMongoAbility, type MongoAbility } from "@casl/ability";
import { productModule } from "../run/product.ts";
import type { CustomerRow, PeerCaller } from "./rows.ts";

/** Fields of the six that a rule is asked about. */
export const RULED = ["customerNo", "fullName", "phone", "email", "region", "idNumber"] as const;

/** One of them. */
export type RuledField = (typeof RULED)[number];

const NAME = ["customerNo", "fullName"];
const CONTACT = ["phone", "email", "region"];
const abilities = new Map<PeerCaller, MongoAbility>();

/** What a caller may do, made once for each: `see` a row, read a field `clear` or `partial`. */
export function abilityOf(caller: PeerCaller): MongoAbility {
  const known = abilities.get(caller);
  if (known !== undefined) return known;
  const made = createMongoAbility(
    rulesFor(caller) as never,
    {
      detectSubjectType: (row) => (row as { __typename: string }).__typename,
    } as never,
  ) as MongoAbility;
  abilities.set(caller, made);
  return made;
}

interface Rule {
  readonly action: string | readonly string[];
  readonly subject: string;
  readonly fields?: readonly string[];
  readonly conditions?: object;
  readonly inverted?: true;
}

/** The product's policy for the two callers, in CASL's own words. */
function rulesFor({ id, organisationId, purpose }: PeerCaller): Rule[] {
  const isAgent = purpose === "SERVICE_DELIVERY";
  const subject = "Customer";
  const never = (conditions: object): Rule => ({
    action: ["clear", "partial"],
    subject,
    fields: RULED,
    conditions,
    inverted: true,
  });
  const assigned = { assignedAgentIds: id };
  return [
    { action: "see", subject, fields: RULED },
    { action: "clear", subject, fields: NAME },
    { action: "partial", subject, fields: CONTACT },
    ...(isAgent
      ? [
          { action: "clear", subject, fields: CONTACT, conditions: assigned },
          { action: "partial", subject, fields: ["idNumber"], conditions: assigned },
        ]
      : []),
    never({ ageBand: { $in: ["CHILD", "YOUTH"] }, minorApprovedIds: { $ne: id } }),
    never({ ageBand: "CHILD", guardianConsent: false }),
    never({ relatedPartyOf: id }),
    ...(isAgent
      ? [
          never({ basisPurposes: { $ne: purpose } }),
          never({ originalPurposes: { $nin: [null, purpose] } }),
        ]
      : []),
    never({
      jurisdiction: { $ne: "CN" },
      exportKey: { $nin: [`DE/${organisationId}`, `SG/${organisationId}`] },
    }),
  ];
}

type Mask = (value: string) => string;
const contact = (await productModule("classification/renderings/contact.js")) as unknown as {
  renderPhone: Mask;
  renderEmail: Mask;
};
const groups = (await productModule("classification/renderings/groups.js")) as unknown as {
  renderProvince: Mask;
};
const MASKS: Readonly<Partial<Record<RuledField, Mask>>> = {
  phone: contact.renderPhone,
  email: contact.renderEmail,
  region: groups.renderProvince,
};

/** A field as the caller gets it; the masks are the product's, so that answers can be compared. */
export function shown(ability: MongoAbility, row: CustomerRow, field: RuledField): string | null {
  if (ability.can("clear", row as never, field)) return row[field];
  if (!ability.can("partial", row as never, field)) return null;
  const value = row[field];
  const mask = MASKS[field];
  if (value === null || mask === undefined) return value;
  const masked = mask(value);
  return masked === value ? "******" : masked;
}
