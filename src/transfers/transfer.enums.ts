import { registerEnumType } from "type-graphql";

/** Kind of deal that moves a ledger (domain 3.1). */
export enum DealType {
  MERGER_ABSORPTION = "MERGER_ABSORPTION",
  MERGER_NEW = "MERGER_NEW",
  DIVISION = "DIVISION",
  DISSOLUTION = "DISSOLUTION",
  BANKRUPTCY_LIQUIDATION = "BANKRUPTCY_LIQUIDATION",
  BANKRUPTCY_REORGANISATION = "BANKRUPTCY_REORGANISATION",
  ASSET_SALE = "ASSET_SALE",
  ENTRUSTMENT = "ENTRUSTMENT",
}

/** Article of the PIPL under which the ledger moves. */
export enum LegalPath {
  ART21 = "ART21",
  ART22 = "ART22",
  ART23 = "ART23",
}

/** Where a transfer stands (domain 3.2). */
export enum TransferState {
  DRAFT = "DRAFT",
  SCOPED = "SCOPED",
  ASSESSED = "ASSESSED",
  APPROVED = "APPROVED",
  NOTICE_OPEN = "NOTICE_OPEN",
  FROZEN = "FROZEN",
  EXECUTING = "EXECUTING",
  PAUSED = "PAUSED",
  EXECUTED = "EXECUTED",
  RECONCILING = "RECONCILING",
  COMPLETED = "COMPLETED",
  RESIDUAL = "RESIDUAL",
  CLOSED = "CLOSED",
  REJECTED = "REJECTED",
  CANCELLED = "CANCELLED",
  SUSPENDED = "SUSPENDED",
  MISMATCH = "MISMATCH",
  REVERSING = "REVERSING",
  REVERSED = "REVERSED",
}

/** Where one customer stands in a transfer (domain 3.3). */
export enum TransferItemState {
  CANDIDATE = "CANDIDATE",
  ELIGIBLE = "ELIGIBLE",
  HELD = "HELD",
  EXCLUDED = "EXCLUDED",
  QUEUED = "QUEUED",
  CUT_OVER = "CUT_OVER",
  VERIFIED = "VERIFIED",
  SOURCE_SEALED = "SOURCE_SEALED",
  SOURCE_DESTROYED = "SOURCE_DESTROYED",
  FAILED = "FAILED",
  REVERSED = "REVERSED",
}

registerEnumType(DealType, {
  name: "DealType",
  description: "Kind of deal that moves a ledger.",
});
registerEnumType(LegalPath, {
  name: "LegalPath",
  description:
    "Article of the PIPL under which a ledger moves; it decides between notice and consent.",
});
registerEnumType(TransferState, {
  name: "TransferState",
  description: "Where a transfer stands, from draft to closed, with its side states.",
});
registerEnumType(TransferItemState, {
  name: "TransferItemState",
  description: "Where one customer stands in a transfer.",
});
