import DataLoader from "dataloader";
import type { MongoAbility } from "@casl/ability";
import { abilityOf } from "./rules.ts";
import { type CustomerRow, inOrder, type ItemRow, type PeerCaller, type Rows } from "./rows.ts";

/** What a request of a peer has: who asks, what they may, and how rows are read together. */
export interface PeerContext {
  readonly caller: PeerCaller;
  readonly ability: MongoAbility;
  readonly rows: Rows;
  readonly customers: DataLoader<string, CustomerRow | null>;
  readonly items: (first: number) => DataLoader<string, ItemRow[]>;
}

/** Makes the context of one request. */
export function peerContext(rows: Rows, caller: PeerCaller): PeerContext {
  const items = new Map<number, DataLoader<string, ItemRow[]>>();
  return {
    caller,
    ability: abilityOf(caller),
    rows,
    customers: new DataLoader(async (ids) => {
      const found = await rows.customersById(caller, ids);
      const byId = new Map(found.map((row) => [row.id, row]));
      return ids.map((id) => byId.get(id) ?? null);
    }),
    items: (first) => {
      let loader = items.get(first);
      if (loader === undefined) {
        loader = new DataLoader(async (ids) =>
          inOrder(ids, await rows.items(caller, ids, first), ({ transferId }) => transferId),
        );
        items.set(first, loader);
      }
      return loader;
    },
  };
}
