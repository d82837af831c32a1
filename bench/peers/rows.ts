import pg from "pg";

/** Callers as peers know them: by a header, without a token. */
export interface PeerCaller {
  readonly id: string;
  readonly organisationId: string;
  readonly purpose: "SERVICE_DELIVERY" | "TRANSFER_EXECUTION";
}

/** A customer with everything that rules read of it. */
export interface CustomerRow {
  readonly __typename: "Customer";
  readonly id: string;
  readonly customerNo: string | null;
  readonly fullName: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly region: string | null;
  readonly idNumber: string | null;
}

/** A place in a transfer. */
export interface ItemRow {
  readonly transferId: string;
  readonly customerId: string;
  readonly state: string;
}

/** A transfer. */
export interface TransferRow {
  readonly id: string;
  readonly code: string;
  readonly state: string;
}

const ORGANISATION = "0192a000-0000-7000-8000-000000000101";
const PEER_CALLERS: Readonly<Record<string, PeerCaller>> = {
  agent: {
    id: "0192a000-0000-7000-8000-000000000200",
    organisationId: ORGANISATION,
    purpose: "SERVICE_DELIVERY",
  },
  manager: {
    id: "0192a000-0000-7000-8000-000000000205",
    organisationId: ORGANISATION,
    purpose: "TRANSFER_EXECUTION",
  },
};

/** The header by which a peer is told who asks. */
export const CALLER_HEADER = "x-bench-caller";

/** Who asks. @throws Error for a stranger */
export function peerCaller(header: unknown): PeerCaller {
  const caller = PEER_CALLERS[String(header)];
  if (caller === undefined) throw new Error("Nobody knows who asks.");
  return caller;
}

const SHOWN = `'Customer' AS "__typename", id, customer_no AS "customerNo", full_name AS "fullName", phone, email, region,
  id_number_partial AS "idNumber"`;
const ATTRIBUTES = `, age_band AS "ageBand", minor_approved_ids AS "minorApprovedIds",
  guardian_consent AS "guardianConsent", related_party_of AS "relatedPartyOf", basis_purposes AS "basisPurposes",
  original_purposes AS "originalPurposes", jurisdiction, export_key AS "exportKey",
  assigned_agent_ids AS "assignedAgentIds"`;
const SCOPE = "controller_id = $1 AND state NOT IN ('SEALED', 'DESTROYED')";

/** What floor and peers read, each by one prepared statement. */
export class Rows {
  readonly #pool: pg.Pool;
  readonly #columns: string;

  /** @param withAttributes whether rules will be asked, which read more columns */
  constructor(url: string, { withAttributes }: { withAttributes: boolean }) {
    this.#pool = new pg.Pool({ connectionString: url, max: 10 });
    this.#columns = withAttributes ? SHOWN + ATTRIBUTES : SHOWN;
  }

  customers(caller: PeerCaller, limit: number): Promise<CustomerRow[]> {
    const text = `SELECT ${this.#columns} FROM customer WHERE ${SCOPE} ORDER BY id LIMIT $2`;
    return this.#rows("customers", text, [caller.organisationId, limit]);
  }

  customersById(caller: PeerCaller, ids: readonly string[]): Promise<CustomerRow[]> {
    const scope = caller.purpose === "TRANSFER_EXECUTION" ? `${SCOPE} AND in_transfer` : SCOPE;
    const text = `SELECT ${this.#columns} FROM customer WHERE ${scope} AND id = ANY ($2::uuid[])`;
    return this.#rows(`by-id ${caller.purpose}`, text, [caller.organisationId, ids]);
  }

  transfers(caller: PeerCaller, limit: number): Promise<TransferRow[]> {
    const text = `SELECT id, code, state FROM transfer WHERE transferor_id = $1 OR transferee_id = $1 ORDER BY id LIMIT $2`;
    return this.#rows("transfers", text, [caller.organisationId, limit]);
  }

  /** The first items of each transfer. */
  items(caller: PeerCaller, ids: readonly string[], limit: number): Promise<ItemRow[]> {
    const text = `SELECT i.* FROM unnest($2::uuid[]) AS t (id)
      CROSS JOIN LATERAL (SELECT transfer_id AS "transferId", customer_id AS "customerId", state FROM transfer_item
        WHERE transfer_id = t.id AND transferor_id = $1 ORDER BY id LIMIT $3) i`;
    return this.#rows("items", text, [caller.organisationId, ids, limit]);
  }

  close(): Promise<void> {
    return this.#pool.end();
  }

  async #rows<Row>(name: string, text: string, values: unknown[]): Promise<Row[]> {
    const { rows } = await this.#pool.query({ name, text, values });
    return rows as Row[];
  }
}

/** Rows by a column, in the order of the wanted values. */
export function inOrder<Row>(
  wanted: readonly string[],
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): Row[][] {
  const found = new Map<string, Row[]>(wanted.map((key) => [key, []]));
  for (const row of rows) found.get(keyOf(row))?.push(row);
  return wanted.map((key) => found.get(key) ?? []);
}
