/** Rows of each large table that these values are of (`large-tables.ts`). */
export const LARGE_ROWS = 40_000;

type Samples = Readonly<Record<string, { rare: SampleValue; common: SampleValue }>>;

/** A value that is looked for. */
export type SampleValue = string | boolean;

/** Values that few rows have, and that most have; for what is different on every row, that of one. */
export const SAMPLES = {
  Customer: {
    customerNo: { rare: `C-${LARGE_ROWS - 1}`, common: "C-1" },
    fullName: { rare: "Name no-such", common: "Name" },
    uscc: { rare: `USCC-${LARGE_ROWS - 1}`, common: "USCC-1" },
    phone: { rare: `+49 ${LARGE_ROWS - 1}`, common: "+49 1" },
    email: { rare: `${LARGE_ROWS - 1}@example.com`, common: "1@example.com" },
    region: { rare: "rare", common: "region 1" },
    idNumber: { rare: `id ${LARGE_ROWS - 1}`, common: "id 1" },
    bankAccount: { rare: `account ${LARGE_ROWS - 1}`, common: "account 1" },
    taxNo: { rare: `tax ${LARGE_ROWS - 1}`, common: "tax 1" },
    kind: { rare: "ORGANISATION", common: "INDIVIDUAL" },
    state: { rare: "RESTRICTED", common: "ACTIVE" },
    jurisdiction: { rare: "SG", common: "DE" },
    legalHold: { rare: true, common: false },
    disputeOpen: { rare: true, common: false },
    marketingConsent: { rare: "GIVEN", common: "REFUSED" },
    recordedOn: { rare: "2031-01-01", common: "2020-06-01" },
  },
  CustomerEvent: { kind: { rare: "RARE", common: "UPDATED" } },
  Transfer: {
    code: { rare: `T-${LARGE_ROWS - 1}`, common: "T-1" },
    dealType: { rare: "MERGER", common: "ASSET_SALE" },
    legalPath: { rare: "ART22", common: "ART23" },
    state: { rare: "COMPLETED", common: "DRAFT" },
    crossBorder: { rare: true, common: false },
  },
  TransferItem: { state: { rare: "FROZEN", common: "INCLUDED" } },
  SecurityAlert: {
    kind: { rare: "DENIED_FILTERS", common: "LOOKUPS" },
    caller: { rare: "caller rare", common: "caller 1" },
    field: { rare: "Customer.taxNo", common: "Customer.idNumber" },
    acknowledged: { rare: false, common: true },
  },
} as const satisfies Readonly<Record<string, Samples>>;
