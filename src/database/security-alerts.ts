import type { Pool } from "pg";
import { publicError } from "../errors.ts";
import { ask } from "./ask.ts";

/** That somebody has looked into an alert. */
export interface Acknowledgement {
  readonly id: string;
  /** Name of the principal. */
  readonly by: string;
  readonly at: Date;
  readonly note: string;
}

/** Writes to alerts; they come about in `spend_lookups` alone. */
export interface SecurityAlerts {
  /** @throws INVALID_STATE where somebody was faster, SERVICE_UNAVAILABLE */
  acknowledge(acknowledgement: Acknowledgement): Promise<void>;
}

/** Makes the writer of alerts on the primary database. */
export function createSecurityAlerts(primary: Pool): SecurityAlerts {
  return {
    async acknowledge({ id, by, at, note }) {
      const { rowCount } = await ask(primary, {
        name: "acknowledge-alert",
        text: `UPDATE security_alert SET acknowledged_at = $2, acknowledged_by = $3, note = $4
                WHERE id = $1 AND acknowledged_at IS NULL`,
        values: [id, at, by, note],
      });
      if (rowCount === 0) throw publicError("INVALID_STATE");
    },
  };
}
