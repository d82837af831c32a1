import { LEGAL_TAGS } from "../../classification/classification.ts";

/** How sure we are of a fact: the confidence marks of the study that the packs were written from. */
export const CONFIDENCES = [
  "VERIFIED",
  "QUOTED",
  "SECONDARY",
  "UNCHECKED",
  "PRODUCT_DEFAULT",
] as const;

/** One mark. */
export type Confidence = (typeof CONFIDENCES)[number];

/** Units of lengths of time. */
export const TIME_UNITS = ["minutes", "hours", "days", "working-days", "months", "years"] as const;

/** One unit of time. */
export type TimeUnit = (typeof TIME_UNITS)[number];

/** Whether the number itself is already meant: 以上 includes it, 超过 does not. */
export const BOUNDS = ["INCLUDED", "EXCLUDED"] as const;

/** One of the two. */
export type Bound = (typeof BOUNDS)[number];

/**
 * What a fact's value is. `age` in years; `time` with one of the units; `count` of persons with a
 * bound; `percent`; `places` and `words` are lists; `flag` is true or false.
 */
export type FactKind = "age" | "time" | "count" | "percent" | "places" | "tags" | "word" | "flag";

interface FactDefinition {
  readonly kind: FactKind;
  readonly about: string;
  /** A law need not say it, and then there is none; any other fact the strictest pack says. */
  readonly optional?: true;
  /** The only words that it can be. */
  readonly words?: readonly string[];
}

const age = (about: string) => ({ kind: "age", about }) as const;
const time = (about: string) => ({ kind: "time", about }) as const;
const count = (about: string) => ({ kind: "count", about }) as const;
const flag = (about: string) => ({ kind: "flag", about }) as const;
const places = (about: string) => ({ kind: "places", about }) as const;
const perhaps = <Fact extends FactDefinition>(fact: Fact) => ({ ...fact, optional: true }) as const;

/** Every fact that a law pack can state; code reads the law by these names and knows no number. */
export const LAW_FACTS = {
  "guardian-consent-age": age("Below this age a guardian must agree."),
  "majority-age": age("Below this age a person is a minor."),
  "minors-audit-interval": perhaps(time("How often the handling of minors' data is audited.")),
  "separate-consent-tags": {
    kind: "tags",
    about: "Legal tags of fields that pass to another controller only with a separate consent.",
    words: LEGAL_TAGS,
  },

  "notice-window": time("Least time between notice and cutover where notice is enough."),
  "consent-window": time("Least time for a consent campaign; silence is no consent."),
  "objection-window": time("Least time in which persons may object to a transfer."),
  "source-notice-due": time("When a new controller must have told persons where data came from."),
  "transfer-training-share": {
    kind: "percent",
    about: "Share of the receiving staff that must be trained before a transfer is approved.",
  },
  "due-diligence-consent": flag("Whether showing rows before completion needs consent."),
  "inactive-relation": perhaps(time("After this time without business data only stay in keeping.")),
  "creditor-notice-due": perhaps(time("When creditors are told of a merger or division.")),
  "creditor-announcement-due": perhaps(time("When a merger or division is announced.")),
  "destruction-after-transfer": time("When the former controller's copies must be destroyed."),

  "free-flow-to": places("Places to which data of this law may flow as at home."),
  "adequate-places": places("Places that were found adequate, for whoever sends data there."),
  "export-contract-from": count("Persons in a year from which export needs a contract or more."),
  "export-contract-from-sensitive": count("The same for persons with sensitive data."),
  "export-assessment-from": perhaps(count("Persons in a year from which export is assessed.")),
  "export-assessment-from-sensitive": perhaps(count("The same for persons with sensitive data.")),
  "export-contract-filing-due": perhaps(time("When an export contract is filed.")),
  "export-assessment-valid": perhaps(time("How long an assessment of an export holds.")),
  "export-assessment-extension-lead": perhaps(time("How long before its end it is extended.")),
  "localisation-from": perhaps(count("Persons from which data must be stored at home.")),

  "breach-authority-due": time("When an authority must know of a breach."),
  "breach-authority-due-critical": perhaps(time("The same for critical infrastructure.")),
  "breach-authority-due-state-organ": perhaps(time("The same for central state organs.")),
  "breach-report-from": count("Persons concerned from which that deadline holds."),
  "breach-major-from": perhaps(count("Persons concerned from which a breach is major.")),
  "breach-extreme-from": perhaps(count("Persons concerned from which it is extremely grave.")),
  "breach-closing-report-due": perhaps(time("When the closing report follows.")),
  "breach-individuals": {
    kind: "word",
    about: "When the persons themselves are told.",
    words: ["POSSIBLE_LEAK", "HIGH_RISK"],
  },

  "rights-request-due": time("When a person's request must be answered."),
  "rights-request-extension": perhaps(time("By how much that can be put off.")),
  "consent-reask-ban": time("How long nobody is asked again who refused."),
  "marketing-consent-passes": flag("Whether a consent to marketing passes to a new controller."),

  "keep-decision-log": time("Least time that decisions are kept."),
  "keep-network-log": perhaps(time("Least time that network logs are kept.")),
  "keep-private-reading": time("Least time that readings of PRIVATE values are kept."),
  "keep-consent-evidence": time("Least time that evidence of consent outlives the processing."),
  "keep-impact-assessment": time("Least time that impact assessments are kept."),
  "keep-provision-record": time("Least time that records of handing data on are kept."),
  "keep-transfer-record": time("Least time that records of a transfer are kept."),
  "keep-destruction-certificate": time("Least time that certificates of destruction are kept."),
  "keep-incident": time("Least time that incidents are kept."),
  "keep-training-record": time("Least time that training records are kept."),
  "keep-aml-record": time("Least time that identity and transactions are kept against laundering."),
  "keep-e-commerce-record": perhaps(time("Least time that a platform keeps transactions.")),
  "keep-tax-record": perhaps(time("Least time that books and vouchers are kept.")),
  "keep-ledger-record": perhaps(time("Least time that account ledgers are kept.")),
  "delete-credit-item": perhaps(time("After this time an adverse credit item is deleted.")),
  "limitation-period": perhaps(time("After this time a claim is barred.")),

  "regulator-report-from": perhaps(count("Persons from which an authority hears of a transfer.")),
  "responsible-person-from": perhaps(count("Persons from which somebody responsible is named.")),
  "responsible-person-report-due": perhaps(time("When that person is reported.")),
  "compliance-audit-from": perhaps(count("Persons from which audits have a fixed interval.")),
  "compliance-audit-interval": perhaps(time("That interval.")),
  "ordered-audit-from": perhaps(count("Persons from which an authority may order an audit.")),
  "ordered-audit-from-sensitive": perhaps(count("The same for persons with sensitive data.")),
  "risk-assessment-filing-due": perhaps(time("When a yearly risk assessment is filed.")),

  "contact-stale-after": time("When contact data must be looked at again."),
  "identity-stale-after": time("When identity data must be looked at again."),
  "elevation-longest": time("Longest time for which protection may be lifted."),
  "elevation-review-due": time("When a lifting of protection must have been reviewed."),
  "training-grace": time("How long an old training holds after the course changed."),
  "access-review-interval": time("How often who has access is reviewed."),
  "dormant-grant-after": time("When a role that nobody used is called dormant."),
} as const satisfies Readonly<Record<string, FactDefinition>>;

/** Name of one fact. */
export type FactName = keyof typeof LAW_FACTS;

/** Names of the facts of one kind. */
export type FactOf<Kind extends FactKind> = {
  [Name in FactName]: (typeof LAW_FACTS)[Name]["kind"] extends Kind ? Name : never;
}[FactName];

/** All names, in the order of the table. */
export const FACT_NAMES = Object.keys(LAW_FACTS) as FactName[];

/** What the table says of a fact. */
export function factDefinition(name: FactName): FactDefinition {
  return LAW_FACTS[name];
}
