import DataLoader from "dataloader";
import { type TypeDefinition, typeIn } from "../classification/catalog.ts";
import {
  type Filter,
  type PageRequest,
  type ReadRequest,
  type Row,
  ruleAttributesOf,
  type SortKey,
} from "../database/read-request.ts";
import type { SampleDraw } from "../database/read-sample.ts";
import { PublicError, publicError } from "../errors.ts";
import { allOf, type AttributeValues, type Condition } from "../policy/condition.ts";
import { AskedRows } from "./asked-rows.ts";
import { attributesRequest } from "./attributes-request.ts";
import { checkedFilter } from "./checked-filter.ts";
import { restrictToClearRows } from "./check-predicates.ts";
import type { GuardedReaderServices } from "./guarded-reader-services.ts";
import type { ListRequest, Page, Selection } from "./list-request.ts";
import { countChanges, type ChangesCounts, type ChangesRequest } from "./count-changes.ts";
import type { DenialCounts } from "../database/denial-counts.ts";
import { countDenials, type DenialsRequest } from "./count-denials.ts";
import { type AuditDraw, type Drawn, drawWithin } from "./draw-within.ts";
import { scopeWithin, type WantedScope } from "./scope-within.ts";
import { countInGroups, type CountsRequest, type GuardedCounts } from "./group-counts.ts";
import { rowsOnWhichKnown } from "./known-rows.ts";
import { needsFor } from "./needs.ts";
import { CursorSeal, digestOf, type PageWindow, readWindow } from "./page-request.ts";
import { selectionKey } from "./selection-key.ts";
import { toPage } from "./to-page.ts";
import { readOrder } from "./read-predicates.ts";

export type { GuardedReaderServices } from "./guarded-reader-services.ts";
export type { ListRequest, Page, Selection } from "./list-request.ts";

/** Rows as rules read them. */
type AttributesById = ReadonlyMap<string, AttributeValues>;

interface PreparedList {
  readonly request: ReadRequest;
  readonly page: PageRequest;
  readonly filter: Filter | null;
  readonly window: PageWindow;
  readonly cursors: CursorSeal;
}

/**
 * The reader of one request: every read carries the caller's row condition, every filter and
 * order is checked, and equal reads of one tick are one statement. Never shared by two requests.
 */
export class GuardedReader {
  readonly #services: GuardedReaderServices;
  readonly #rows = new Map<string, DataLoader<string, Row | null>>();
  readonly #pages = new Map<string, DataLoader<string, Page>>();

  /** Rows that questions about other callers may be about. */
  readonly asked: AskedRows;

  constructor(services: GuardedReaderServices) {
    this.#services = services;
    this.asked = new AskedRows(services);
  }

  /** @throws PURPOSE_REQUIRED, FIELD_FILTER_FORBIDDEN, FIELD_SORT_FORBIDDEN, INFERENCE_BUDGET_SPENT, VALIDATION_FAILED, QUERY_TOO_COMPLEX */
  async list(asked: ListRequest): Promise<Page> {
    const { reader } = this.#services;
    const { request, page, filter, window, cursors } = await this.#prepare(asked);
    const [rows, totalCount] = await Promise.all([
      window.size === 0 ? [] : reader.page(request, page),
      asked.wantsTotalCount ? reader.count(request, filter, asked.countsAtMost) : null,
    ]);
    return toPage({ rows, window, cursors, totalCount });
  }

  /** @throws PURPOSE_REQUIRED, FORBIDDEN, FIELD_GROUP_FORBIDDEN, FIELD_FILTER_FORBIDDEN, VALIDATION_FAILED, QUERY_TOO_COMPLEX */
  countGroups(asked: CountsRequest): Promise<GuardedCounts> {
    return countInGroups(this.#services, asked);
  }

  /** @throws PURPOSE_REQUIRED, FORBIDDEN */
  countChanges(asked: ChangesRequest): Promise<ChangesCounts> {
    return countChanges(this.#services, asked);
  }

  /** @throws PURPOSE_REQUIRED, FIELD_FILTER_FORBIDDEN, FIELD_GROUP_FORBIDDEN */
  countDenials(asked: DenialsRequest): Promise<DenialCounts> {
    return countDenials(this.#services, asked);
  }

  /** The same list below each parent; all parents of one tick are read together. */
  listBelow(asked: ListRequest, parent: { column: string; id: string }): Promise<Page> {
    const key = `${parent.column} ${digestOf({ ...asked, selection: selectionKey(asked.selection) })}`;
    let loader = this.#pages.get(key);
    if (loader === undefined) {
      loader = new DataLoader((parentIds) => this.#pagesBelow(asked, parent.column, parentIds));
      this.#pages.set(key, loader);
    }
    return loader.load(parent.id);
  }

  /** A row that the caller may see, or null: hidden, destroyed and missing rows look the same. */
  find(type: string, selection: Selection, id: string): Promise<Row | null> {
    return this.#rowLoader({ type, selection, action: "see" }).load(id);
  }

  /**
   * A row by its id, for those who ask for it by that id.
   *
   * @throws NOT_FOUND where the row is hidden or missing, GONE where it was destroyed
   */
  async get(type: string, selection: Selection, id: string): Promise<Row> {
    try {
      return await this.seek(type, selection, id);
    } catch (error) {
      if (error instanceof PublicError)
        this.#services.journal.missed({ type, id, refusal: error.code });
      throw error;
    }
  }

  /**
   * The same for whoever tries several types with one id; what was missed is not on record then.
   *
   * @throws NOT_FOUND, GONE
   */
  async seek(type: string, selection: Selection, id: string): Promise<Row> {
    const row = await this.#rowLoader({ type, selection, action: "know" }).load(id);
    if (row === null) throw publicError("NOT_FOUND");
    if (!this.#services.decisions.canSee(type, ruleAttributesOf(row))) throw publicError("GONE");
    return row;
  }

  /**
   * The attributes of a row that the caller may know of, all of them and no field.
   *
   * @throws NOT_FOUND where the row is hidden or missing
   */
  async attributesOf(type: string, id: string): Promise<AttributeValues> {
    const request = attributesRequest({ ...this.#services, type, action: "know" });
    const row = (await this.#services.reader.byIds(request, [id])).get(id);
    if (row === undefined) {
      this.#services.journal.missed({ type, id, refusal: "NOT_FOUND" });
      throw publicError("NOT_FOUND");
    }
    return ruleAttributesOf(row);
  }

  /**
   * The attributes of some rows that the caller sees, drawn by a seed: what questions about other
   * callers are judged on. They must not be told.
   *
   * @throws PURPOSE_REQUIRED
   */
  async sampleOf(type: string, draw: SampleDraw): Promise<AttributeValues[]> {
    const request = attributesRequest({ ...this.#services, type, action: "see" });
    return (await this.#services.reader.sample(request, draw)).map(ruleAttributesOf);
  }

  /** The same of those among some rows that the caller sees. */
  async attributesAmong(type: string, ids: readonly string[]): Promise<AttributesById> {
    const request = attributesRequest({ ...this.#services, type, action: "see" });
    const rows = await this.#services.reader.byIds(request, ids);
    return new Map([...rows].map(([id, row]) => [id, ruleAttributesOf(row)]));
  }

  /**
   * Ids of some rows that the caller sees within an audit, drawn by a seed, and how many there were to
   * draw from.
   *
   * @throws PURPOSE_REQUIRED, FIELD_FILTER_FORBIDDEN, INFERENCE_BUDGET_SPENT, VALIDATION_FAILED
   */
  drawWithin(asked: AuditDraw): Promise<Drawn> {
    return drawWithin(this.#services, { ...asked, request: this.#rowsAlone(asked.type) });
  }

  /** Which rows of an audit the caller may take along. @throws PURPOSE_REQUIRED, FORBIDDEN, FIELD_FILTER_FORBIDDEN */
  scopeWithin(wanted: WantedScope): ReturnType<typeof scopeWithin> {
    return scopeWithin(this.#services, { ...wanted, request: this.#rowsAlone(wanted.type) });
  }

  /** On which of the rows that the caller sees it knows an attribute, because it reads it in clear. */
  knownOn(type: string): (attribute: string) => Condition {
    const { decisions } = this.#services;
    return rowsOnWhichKnown(decisions, typeIn(decisions.bound.catalog, type));
  }

  /** Forgets rows that were read before a write, so that its payload shows what it wrote. */
  forget(): void {
    this.#rows.clear();
    this.#pages.clear();
  }

  #rowsAlone(type: string): ReadRequest {
    const selection = { shown: new Set<string>(), judged: new Set<string>() };
    return this.#request({ type, selection, action: "see" });
  }

  #rowLoader(asked: {
    type: string;
    selection: Selection;
    action: "see" | "know";
  }): DataLoader<string, Row | null> {
    const { type, selection, action } = asked;
    const key = `${type} ${action} ${selectionKey(selection)}`;
    let loader = this.#rows.get(key);
    if (loader === undefined) {
      const request = this.#request({ type, selection, action });
      loader = new DataLoader(async (ids) => {
        const rows = await this.#services.reader.byIds(request, [...new Set(ids)]);
        return ids.map((id) => rows.get(id) ?? null);
      });
      this.#rows.set(key, loader);
    }
    return loader;
  }

  async #pagesBelow(
    asked: ListRequest,
    column: string,
    parentIds: readonly string[],
  ): Promise<Page[]> {
    const { reader } = this.#services;
    const { request, page, filter, window, cursors } = await this.#prepare(asked);
    const parents = { column, parentIds };
    const [pages, counts] = await Promise.all([
      window.size === 0 ? null : reader.pagesOf(request, page, parents),
      asked.wantsTotalCount ? reader.countsOf(request, filter, parents) : null,
    ]);
    return parentIds.map((id) =>
      toPage({
        rows: pages?.get(id) ?? [],
        window,
        cursors,
        totalCount: counts === null ? null : (counts.get(id) ?? 0),
      }),
    );
  }

  async #prepare(asked: ListRequest): Promise<PreparedList> {
    const { decisions, callerId, purpose, cursorKey, budget, maxPageSize } = this.#services;
    const { within } = asked;
    const seen = this.#request({ type: asked.type, selection: asked.selection, action: "see" });
    const visible = within === undefined ? seen.visible : allOf([seen.visible, within]);
    const request = { ...seen, visible };
    const order: SortKey[] = readOrder(request.type, asked.orderBy ?? []);
    const { filter, lookups, fields } = await checkedFilter({
      services: this.#services,
      type: request.type,
      input: asked.filter,
      restrict: (filter) => restrictToClearRows({ decisions, filter, order }),
    });
    const cursors = new CursorSeal(cursorKey, {
      callerId,
      purpose: purpose ?? "",
      type: asked.list,
      sort: digestOf(asked.orderBy),
      filterDigest: digestOf(within === undefined ? asked.filter : [asked.filter, within]),
      policyVersion: decisions.policyVersion,
    });
    const window = readWindow({ page: asked.page, cursors, maxPageSize });
    const { size, from, backwards } = window;
    await budget.charge("see", { request, lookups });
    const sort = order.map(({ field }) => field);
    const action = fields.length > 0 ? "FILTER" : "SORT";
    this.#services.journal.asked({ action, type: asked.type, filter: fields, sort });
    return {
      request,
      filter,
      window,
      cursors,
      page: { filter, order, limit: size + 1, from, backwards },
    };
  }

  /** Every read of guarded rows starts here, so that none is without purpose or row condition. */
  #request(asked: { type: string; selection: Selection; action: "see" | "know" }): ReadRequest {
    const { decisions, purpose } = this.#services;
    if (purpose === null) throw publicError("PURPOSE_REQUIRED");
    const type: TypeDefinition = typeIn(decisions.bound.catalog, asked.type);
    return {
      type,
      visible: decisions.rows(asked.action, asked.type),
      needs: needsFor({
        decisions,
        type: asked.type,
        shown: asked.selection.shown,
        judged: asked.selection.judged,
        withRowRules: asked.action === "know",
      }),
    };
  }
}
