import { typeIn } from "../classification/catalog.ts";
import { readCatalog } from "../classification/field.ts";
import { AuditEngagement } from "../engagements/audit-engagement.entity.ts";
import { connectionTypeOf } from "../graphql/connection.ts";
import { filterInputOf, orderInputOf } from "../graphql/predicate-inputs.ts";
import { EvidenceExport } from "./evidence-export.entity.ts";
import { EvidenceState } from "./evidence-export.enums.ts";

const catalog = readCatalog([AuditEngagement.name, EvidenceExport.name]);
const type = typeIn(catalog, EvidenceExport.name);

/** A page of exports. */
export const EvidenceExportConnection = connectionTypeOf(EvidenceExport, "EvidenceExport");

/** Filter of exports. */
export const EvidenceExportFilter = filterInputOf(type, {
  state: ["EvidenceState", EvidenceState],
});

/** Order of exports. */
export const EvidenceExportOrder = orderInputOf(type);
