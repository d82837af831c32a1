import "reflect-metadata";
import { AccessReviewStepsResolver } from "./access-reviews/access-review-steps.resolver.ts";
import { AccessReviewResolver } from "./access-reviews/access-review.resolver.ts";
import { SecurityAlertResolver } from "./alerts/security-alert.resolver.ts";
import { GUARDED_TYPES, loadCatalog } from "./catalog.ts";
import type { Catalog } from "./classification/catalog.ts";
import { CustomerResolver } from "./customers/customer.resolver.ts";
import { CustomerStatsResolver } from "./customers/customer-stats.resolver.ts";
import { CustomerUpdateResolver } from "./customers/customer-update.resolver.ts";
import { DecisionProofResolver } from "./decisions/decision-proof.resolver.ts";
import { DecisionResolver } from "./decisions/decision.resolver.ts";
import { ExplainDecisionResolver } from "./decisions/explain-decision.resolver.ts";
import { DenialsResolver } from "./decisions/denials.resolver.ts";
import { DisclosuresResolver } from "./decisions/disclosures.resolver.ts";
import { ReplayResolver } from "./decisions/replay.resolver.ts";
import { ElevationRequestResolver } from "./elevations/elevation-request.resolver.ts";
import { ElevationStepsResolver } from "./elevations/elevation-steps.resolver.ts";
import { ElevationResolver } from "./elevations/elevation.resolver.ts";
import { AuditEngagementResolver } from "./engagements/audit-engagement.resolver.ts";
import { AuditPlanResolver } from "./engagements/audit-plan.resolver.ts";
import { AuditSampleResolver } from "./engagements/audit-sample.resolver.ts";
import { AuditStepsResolver } from "./engagements/audit-steps.resolver.ts";
import { AccessMatrixResolver } from "./evaluation/access-matrix.resolver.ts";
import { EvaluationResolver } from "./evaluation/evaluation.resolver.ts";
import { EvidenceExportResolver } from "./evidence/evidence-export.resolver.ts";
import { ExplanationResolver } from "./evaluation/explanation.resolver.ts";
import { LawPacksResolver } from "./evaluation/law-packs.resolver.ts";
import { PolicyDiffResolver } from "./evaluation/policy-diff.resolver.ts";
import { SimulationResolver } from "./evaluation/simulation.resolver.ts";
import { ReachResolver } from "./evaluation/reach.resolver.ts";
import { accessResolverFor } from "./graphql/access.resolver.ts";
import { NodeResolver } from "./graphql/node.resolver.ts";
import { buildGuardedSchema, type ExecutableSchema } from "./graphql/schema.ts";
import { ViewerResolver } from "./graphql/viewer.resolver.ts";
import { PolicyStepResolver } from "./policy-versions/policy-step.resolver.ts";
import { PolicyVersionResolver } from "./policy-versions/policy-version.resolver.ts";
import { CrossBorderMechanismResolver } from "./transfers/cross-border-mechanism.resolver.ts";
import {
  CustomerTransfersResolver,
  TransferItemResolver,
} from "./transfers/transfer-item.resolver.ts";
import { TransferResolver } from "./transfers/transfer.resolver.ts";

/** Every class with resolvers. */
export const RESOLVERS = [
  CustomerResolver,
  CustomerStatsResolver,
  CustomerTransfersResolver,
  CustomerUpdateResolver,
  ElevationResolver,
  ElevationRequestResolver,
  ElevationStepsResolver,
  AuditEngagementResolver,
  AuditPlanResolver,
  AuditStepsResolver,
  AuditSampleResolver,
  AccessReviewResolver,
  AccessReviewStepsResolver,
  EvidenceExportResolver,
  TransferResolver,
  TransferItemResolver,
  SecurityAlertResolver,
  CrossBorderMechanismResolver,
  DecisionResolver,
  DecisionProofResolver,
  ExplainDecisionResolver,
  DisclosuresResolver,
  DenialsResolver,
  ReplayResolver,
  NodeResolver,
  ViewerResolver,
  EvaluationResolver,
  ExplanationResolver,
  ReachResolver,
  AccessMatrixResolver,
  LawPacksResolver,
  PolicyVersionResolver,
  PolicyStepResolver,
  PolicyDiffResolver,
  SimulationResolver,
  ...GUARDED_TYPES.map(accessResolverFor),
];

/** The whole API: every guarded type, the guarded schema over them, and what executes it. */
export function buildApi(): ExecutableSchema & { readonly catalog: Catalog } {
  const catalog = loadCatalog();
  return {
    catalog,
    ...buildGuardedSchema({ resolvers: RESOLVERS, types: GUARDED_TYPES, catalog }),
  };
}
