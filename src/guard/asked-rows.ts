import { ruleAttributesOf } from "../database/read-request.ts";
import { publicError } from "../errors.ts";
import { allOf, type AttributeValues, type Condition } from "../policy/condition.ts";
import { attributesRequest } from "./attributes-request.ts";
import type { GuardedReaderServices } from "./guarded-reader.ts";
import { CursorSeal, digestOf } from "./page-request.ts";

/**
 * Rows that questions about other callers may be about (`ask`), by the attributes on which they are
 * judged. The attributes must not be told.
 */
export class AskedRows {
  readonly #services: GuardedReaderServices;

  constructor(services: GuardedReaderServices) {
    this.#services = services;
  }

  /**
   * The attributes of one row.
   *
   * @throws NOT_FOUND where the row is out of reach or missing
   */
  async attributesOf(type: string, id: string): Promise<AttributeValues> {
    const request = attributesRequest({ ...this.#services, type, action: "ask" });
    const row = (await this.#services.reader.byIds(request, [id])).get(id);
    if (row === undefined) {
      this.#services.journal.missed({ type, id, refusal: "NOT_FOUND" });
      throw publicError("NOT_FOUND");
    }
    return ruleAttributesOf(row);
  }

  /** Rows among those of a condition, in the order of their ids: what searches judge. */
  async page(asked: {
    readonly type: string;
    readonly among: Condition;
    /** Id of the row before the first; null for the beginning. */
    readonly after: string | null;
    /** Most rows. */
    readonly limit: number;
  }): Promise<{ readonly id: string; readonly attributes: AttributeValues }[]> {
    const { type, among, after, limit } = asked;
    const request = attributesRequest({ ...this.#services, type, action: "ask" });
    const from = after === null ? null : [after];
    const rows = await this.#services.reader.page(
      { ...request, visible: allOf([request.visible, among]) },
      { filter: null, order: [], limit, from, backwards: false },
    );
    return rows.map((row) => ({ id: row.id, attributes: ruleAttributesOf(row) }));
  }

  /** Seals where a page of a search starts, for the same caller, purpose, policy and question. */
  tokensOf(search: string, question: unknown): CursorSeal {
    const { decisions, callerId, purpose, cursorKey } = this.#services;
    return new CursorSeal(cursorKey, {
      callerId,
      purpose: purpose ?? "",
      type: search,
      sort: "",
      filterDigest: digestOf(question),
      policyVersion: decisions.policyVersion,
    });
  }
}
