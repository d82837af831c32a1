import { DEMO_ORGANISATIONS, type DemoOrganisationCode } from "./demo-organisations.ts";
import type { MechanismReference } from "./principal-directory.ts";

/** A mechanism of the demonstration as the register has it. */
export interface DemoMechanism extends MechanismReference {
  /** UUIDv7, the same in every database. */
  readonly id: string;
  /** Organisation to whose people and systems the data goes. */
  readonly recipientId: string;
  readonly kind: string;
  readonly reference: string;
}

const SINCE = new Date("2026-01-01T00:00:00Z");
/** Far enough away that the demonstration never goes stale. */
const UNTIL = new Date("2099-12-31T00:00:00Z");
const WITHDRAWN = new Date("2026-06-30T00:00:00Z");

type Plan = Pick<DemoMechanism, "from" | "to" | "kind" | "reference"> & {
  readonly controller: DemoOrganisationCode;
  readonly recipient: DemoOrganisationCode;
  readonly withdrawnAt?: Date;
};

/** Who may receive whose data; the buyer's staff in Germany read the Chinese ledger by the first. */
const PLANS: readonly Plan[] = [
  plan("transferee", "transferee", "CN", "DE", "SECURITY_ASSESSMENT", "CAC-2026-0117"),
  plan("transferee", "transferee", "SG", "DE", "STANDARD_CONTRACT", "NL-SG-2026-02"),
  plan("transferor", "transferor", "DE", "CN", "SCC", "HR-SCC-2026-01"),
  plan("transferor", "transferor", "SG", "CN", "STANDARD_CONTRACT", "HR-SG-2026-01"),
  plan("transferor", "partner-gmbh", "CN", "DE", "STANDARD_CONTRACT", "HR-CN-2026-07"),
  plan("transferor", "partner-gmbh", "SG", "DE", "STANDARD_CONTRACT", "HR-SG-2026-07"),
  ...(["audit-firm", "security-firm", "administrator-firm"] as const).flatMap((recipient, at) => [
    plan("transferor", recipient, "DE", "CN", "SCC", `HR-SCC-2026-1${at}`),
    plan("transferor", recipient, "SG", "CN", "STANDARD_CONTRACT", `HR-SG-2026-1${at}`),
  ]),
  {
    ...plan("transferor", "transferor", "CN", "SG", "STANDARD_CONTRACT", "HR-CN-2026-09"),
    withdrawnAt: WITHDRAWN,
  },
];

/** Every mechanism of the demonstration; the last one was withdrawn. */
export const DEMO_MECHANISMS: readonly DemoMechanism[] = PLANS.map(
  ({ controller, recipient, withdrawnAt = null, ...rest }, at) => ({
    ...rest,
    id: `0192a000-0000-7000-8000-000000000${600 + at}`,
    controllerId: DEMO_ORGANISATIONS[controller].id,
    recipientId: DEMO_ORGANISATIONS[recipient].id,
    validFrom: SINCE,
    validTo: UNTIL,
    withdrawnAt,
  }),
);

/** What lets data come to an organisation of the demonstration. */
export function mechanismsTo(recipient: DemoOrganisationCode): MechanismReference[] {
  return DEMO_MECHANISMS.filter((one) => one.recipientId === DEMO_ORGANISATIONS[recipient].id).map(
    ({ controllerId, from, to, validFrom, validTo, withdrawnAt }) => ({
      controllerId,
      from,
      to,
      validFrom,
      validTo,
      withdrawnAt,
    }),
  );
}

function plan(
  ...[controller, recipient, from, to, kind, reference]: [
    DemoOrganisationCode,
    DemoOrganisationCode,
    string,
    string,
    string,
    string,
  ]
): Plan {
  return { controller, recipient, from, to, kind, reference };
}
