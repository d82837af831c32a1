import "reflect-metadata";
import { AccessReviewItem } from "./access-reviews/access-review-item.entity.ts";
import { AccessReview } from "./access-reviews/access-review.entity.ts";
import { SecurityAlert } from "./alerts/security-alert.entity.ts";
import { readCatalog } from "./classification/field.ts";
import type { Catalog } from "./classification/catalog.ts";
import { CustomerEvent } from "./customers/customer-event.entity.ts";
import { Customer } from "./customers/customer.entity.ts";
import { Decision } from "./decisions/decision.entity.ts";
import { Elevation } from "./elevations/elevation.entity.ts";
import { AuditEngagement } from "./engagements/audit-engagement.entity.ts";
import { AuditSample } from "./engagements/audit-sample.entity.ts";
import { AuditTeamMember } from "./engagements/audit-team-member.entity.ts";
import { EvidenceExport } from "./evidence/evidence-export.entity.ts";
import { CrossBorderMechanism } from "./transfers/cross-border-mechanism.entity.ts";
import { TransferItem } from "./transfers/transfer-item.entity.ts";
import { Transfer } from "./transfers/transfer.entity.ts";

/** Every guarded type of the product; a type that is not listed here does not exist. */
export const GUARDED_TYPES = [
  Customer,
  CustomerEvent,
  Elevation,
  Transfer,
  TransferItem,
  SecurityAlert,
  CrossBorderMechanism,
  Decision,
  AuditEngagement,
  AuditTeamMember,
  AuditSample,
  AccessReview,
  AccessReviewItem,
  EvidenceExport,
] as const;

/** The catalog of all guarded types. */
export function loadCatalog(): Catalog {
  return readCatalog(GUARDED_TYPES.map((type) => type.name));
}
