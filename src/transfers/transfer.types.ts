import { typeIn } from "../classification/catalog.ts";
import { readCatalog } from "../classification/field.ts";
import { connectionTypeOf } from "../graphql/connection.ts";
import { filterInputOf, orderInputOf } from "../graphql/predicate-inputs.ts";
import { TransferItem } from "./transfer-item.entity.ts";
import { Transfer } from "./transfer.entity.ts";
import { DealType, LegalPath, TransferItemState, TransferState } from "./transfer.enums.ts";

const catalog = readCatalog([Transfer.name, TransferItem.name]);

/** A page of transfers. */
export const TransferConnection = connectionTypeOf(Transfer, "Transfer");

/** A page of items. */
export const TransferItemConnection = connectionTypeOf(TransferItem, "TransferItem");

/** Filter of transfers. */
export const TransferFilter = filterInputOf(typeIn(catalog, Transfer.name), {
  dealType: ["DealType", DealType],
  legalPath: ["LegalPath", LegalPath],
  state: ["TransferState", TransferState],
});

/** Order of transfers. */
export const TransferOrder = orderInputOf(typeIn(catalog, Transfer.name));

/** Filter of items. */
export const TransferItemFilter = filterInputOf(typeIn(catalog, TransferItem.name), {
  state: ["TransferItemState", TransferItemState],
});

/** Order of items. */
export const TransferItemOrder = orderInputOf(typeIn(catalog, TransferItem.name));
