/** An organisation of the demonstration. */
export interface DemoOrganisation {
  /** Organisation id (UUIDv7), the same in every database. */
  readonly id: string;
  readonly code: string;
  readonly name: string;
  /** True for organisations whose business is regulated finance. */
  readonly financial: boolean;
  /** True for the one whose people decide on the policy. */
  readonly operator: boolean;
}

/** The organisations of the demonstration by code; all made up. */
export const DEMO_ORGANISATIONS = {
  transferor: organisation({ code: "transferor", number: 1, name: "Huarui Retail Co., Ltd." }),
  transferee: organisation({ code: "transferee", number: 2, name: "Nordlicht Handels GmbH" }),
  "audit-firm": organisation({ code: "audit-firm", number: 3, name: "Linde & Partner Auditors" }),
  "partner-gmbh": organisation({ code: "partner-gmbh", number: 4, name: "Paketweg Logistik GmbH" }),
  authority: organisation({ code: "authority", number: 5, name: "Municipal Market Authority" }),
  "security-firm": organisation({ code: "security-firm", number: 6, name: "Nachtwache Security" }),
  "administrator-firm": organisation({
    code: "administrator-firm",
    number: 7,
    name: "Hengxin Insolvency Administrators",
  }),
  unrelated: organisation({ code: "unrelated", number: 8, name: "Merlion Trading Pte. Ltd." }),
  operator: organisation({
    code: "operator",
    number: 9,
    name: "Registrum Trust Services",
    operator: true,
  }),
} as const;

/** Code of a demo organisation. */
export type DemoOrganisationCode = keyof typeof DEMO_ORGANISATIONS;

function organisation(from: {
  code: string;
  number: number;
  name: string;
  operator?: true;
}): DemoOrganisation {
  return {
    id: `0192a000-0000-7000-8000-00000000010${from.number}`,
    code: from.code,
    name: from.name,
    financial: false,
    operator: from.operator ?? false,
  };
}
