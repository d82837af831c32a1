import { createRequire } from "node:module";
import { fromRoot, productModule } from "../run/product.ts";

/*
 * The reader of the product without policy: it reads the rows and columns that the policy would have
 * read, which it is told once for each caller and selection, and decides nothing afterwards.
 */

type Row = Record<string, unknown> & { readonly id: string; readonly $key?: unknown };
interface ListRequest {
  readonly type: string;
  readonly list: string;
  readonly selection: { readonly shown: ReadonlySet<string> };
  readonly page: unknown;
  readonly orderBy?: unknown;
  readonly filter?: unknown;
}
interface Page {
  readonly edges: unknown;
}
interface Loader<Value> {
  load(key: string): Promise<Value>;
}
interface PageWindow {
  readonly size: number;
  readonly from: unknown;
  readonly backwards: boolean;
}

const require = createRequire(fromRoot("package.json"));
const DataLoader = require("dataloader") as new <Value>(
  read: (keys: readonly string[]) => Promise<Value[]>,
) => Loader<Value>;
const { needsFor } = (await productModule("guard/needs.js")) as unknown as {
  needsFor: (asked: object) => unknown;
};
const { CursorSeal, digestOf, readWindow } = (await productModule(
  "guard/page-request.js",
)) as unknown as {
  CursorSeal: new (key: unknown, binding: object) => unknown;
  digestOf: (value: unknown) => string;
  readWindow: (asked: object) => PageWindow;
};
const { toPage } = (await productModule("guard/to-page.js")) as unknown as {
  toPage: (read: object) => Page;
};

/** What the open reader takes of the product's services. */
export interface OpenServices {
  readonly reader: {
    page(request: unknown, page: object): Promise<Row[]>;
    byIds(request: unknown, ids: readonly string[]): Promise<Map<string, Row>>;
    pagesOf(request: unknown, page: object, parents: object): Promise<Map<string, Row[]>>;
  };
  readonly cursorKey: unknown;
  readonly config: { readonly maxPageSize: number };
  readonly policy: {
    current(): { decisionsFor(caller: object, now: Date): Decisions };
  };
}

interface Decisions {
  readonly bound: { readonly catalog: ReadonlyMap<string, object> };
  readonly policyVersion: string;
  rows(action: string, type: string): unknown;
}

/** Requests that were asked for before: nothing of them depends on more than their key. */
const requests = new Map<string, unknown>();

/** The reader of one request of one caller. */
export class OpenReader {
  readonly #services: OpenServices;
  readonly #caller: { readonly id: string; readonly purpose: string | null };
  readonly #rows = new Map<string, Loader<Row | null>>();
  readonly #pages = new Map<string, Loader<Page>>();

  constructor(
    services: OpenServices,
    caller: { readonly id: string; readonly purpose: string | null },
  ) {
    this.#services = services;
    this.#caller = caller;
  }

  async list(asked: ListRequest): Promise<Page> {
    const { window, cursors, page } = this.#window(asked);
    const rows = await this.#services.reader.page(this.#request(asked), page);
    return toPage({ rows, window, cursors, totalCount: null });
  }

  listBelow(
    asked: ListRequest,
    parent: { readonly column: string; readonly id: string },
  ): Promise<Page> {
    const key = `${parent.column} ${digestOf([asked, [...asked.selection.shown]])}`;
    let loader = this.#pages.get(key);
    if (loader === undefined) {
      loader = new DataLoader<Page>((ids) => this.#pagesBelow(asked, parent.column, ids));
      this.#pages.set(key, loader);
    }
    return loader.load(parent.id);
  }

  find(type: string, selection: ListRequest["selection"], id: string): Promise<Row | null> {
    const key = `${type} ${[...selection.shown].join()}`;
    let loader = this.#rows.get(key);
    if (loader === undefined) {
      const request = this.#request({ type, selection });
      loader = new DataLoader<Row | null>(async (ids) => {
        const rows = await this.#services.reader.byIds(request, [...new Set(ids)]);
        return ids.map((one) => rows.get(one) ?? null);
      });
      this.#rows.set(key, loader);
    }
    return loader.load(id);
  }

  async get(type: string, selection: ListRequest["selection"], id: string): Promise<Row> {
    const row = await this.find(type, selection, id);
    if (row === null) throw new Error("There is no such row.");
    return row;
  }

  async #pagesBelow(
    asked: ListRequest,
    column: string,
    parentIds: readonly string[],
  ): Promise<Page[]> {
    const { window, cursors, page } = this.#window(asked);
    const pages = await this.#services.reader.pagesOf(this.#request(asked), page, {
      column,
      parentIds,
    });
    return parentIds.map((id) =>
      toPage({ rows: pages.get(id) ?? [], window, cursors, totalCount: null }),
    );
  }

  #window(asked: ListRequest): { window: PageWindow; cursors: unknown; page: object } {
    const { cursorKey, config } = this.#services;
    const cursors = new CursorSeal(cursorKey, {
      callerId: this.#caller.id,
      purpose: this.#caller.purpose ?? "",
      type: asked.list,
      sort: digestOf(asked.orderBy),
      filterDigest: digestOf(asked.filter),
      policyVersion: "off",
    });
    const window = readWindow({ page: asked.page, cursors, maxPageSize: config.maxPageSize });
    const { size, from, backwards } = window;
    return { window, cursors, page: { filter: null, order: [], limit: size + 1, from, backwards } };
  }

  #request({ type, selection }: Pick<ListRequest, "type" | "selection">): unknown {
    const key = `${this.#caller.id} ${this.#caller.purpose} ${type} ${[...selection.shown].join()}`;
    let request = requests.get(key);
    if (request === undefined) {
      const decisions = this.#services.policy.current().decisionsFor(this.#caller, new Date());
      request = {
        type: decisions.bound.catalog.get(type),
        visible: decisions.rows("see", type),
        needs: needsFor({
          decisions,
          type,
          shown: selection.shown,
          judged: [],
          withRowRules: false,
        }),
      };
      requests.set(key, request);
    }
    return request;
  }
}
