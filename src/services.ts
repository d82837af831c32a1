import type { KeyObject } from "node:crypto";
import type { Logger } from "pino";
import { buildApi } from "./api.ts";
import type { DecisionSink } from "./audit/decision-writer.ts";
import type { LogProofs } from "./audit/log-proofs.ts";
import type { FieldDefinition } from "./classification/catalog.ts";
import type { Config } from "./config.ts";
import { buildEvidence, type EvidenceServices } from "./evidence-services.ts";
import { blindIndexesFor } from "./customers/customer.sealing.ts";
import { createUnsealer } from "./customers/customer.unsealing.ts";
import { validateField } from "./customers/customer.validation.ts";
import type { CustomerField } from "./customers/customer-record.ts";
import { type AccessReviewStore, createAccessReviewStore } from "./database/access-review-store.ts";
import { ChangeFeed } from "./database/change-feed.ts";
import { type CustomerChanges, createCustomerChanges } from "./database/customer-changes.ts";
import { createDecisionSources, type DecisionSources } from "./database/decision-sources.ts";
import { createElevationStore, type ElevationStore } from "./database/elevation-store.ts";
import { createEngagementStore, type EngagementStore } from "./database/engagement-store.ts";
import type { OpenDatabase } from "./database/open-database.ts";
import {
  createMissingOrganisationKeys,
  openOrganisationKeys,
} from "./database/organisation-key-store.ts";
import {
  createOrganisationDirectory,
  type OrganisationDirectory,
} from "./database/organisation-directory.ts";
import { createLogProofs } from "./database/log-proofs.ts";
import { readLogState } from "./database/log-state.ts";
import { createLookupLedger, type LookupLedger } from "./database/lookup-ledger.ts";
import { createOrm, type Orm } from "./database/orm.ts";
import { createPolicyVersions, type PolicyVersions } from "./database/policy-versions.ts";
import { createPrincipalDirectory } from "./database/principal-directory.ts";
import { createReader, type Reader } from "./database/reader.ts";
import { createSecurityAlerts, type SecurityAlerts } from "./database/security-alerts.ts";
import { createRoleUse, type RoleUse } from "./database/role-use.ts";
import type { Unsealer } from "./guard/disclose.ts";
import type { DigestOfLookup } from "./guard/lookup-budget.ts";
import type { IndexesOf } from "./guard/read-predicates.ts";
import { createMetrics, type Metrics } from "./http/metrics.ts";
import { createRevokedTokens } from "./database/revoked-tokens.ts";
import type { PrincipalRegister, RevokedTokens } from "./identity/principal-directory.ts";
import { installPolicy } from "./install-policy.ts";
import { type OpenLog, openLog } from "./open-log.ts";
import type { PolicyTester } from "./policy/policy-report.ts";
import { createPolicyTester } from "./policy-tester.ts";
import { createPolicyShelf } from "./policy-shelf.ts";
import type { PolicyShelf } from "./policy/stored-policy.ts";
import {
  CUSTOMER_REFERENCE_PURPOSE,
  type CustomerReferences,
  customerReferences,
} from "./sealing/customer-reference.ts";
import { DataKeyCache } from "./sealing/data-key-cache.ts";
import { LOOKUP_DIGEST_PURPOSE, lookupDigest } from "./sealing/lookup-digest.ts";
import type { MasterKey } from "./sealing/master-key.ts";
import type { OrganisationKeys } from "./sealing/organisation-keys.ts";
import { ServedPolicy } from "./served-policy.ts";

/** Unwrapped data keys kept in memory, about 200 bytes each. */
const MOST_DATA_KEYS = 50_000;

/** Everything that requests share. Nothing in it belongs to a caller. */
export interface Services extends OpenLog {
  readonly config: Config;
  readonly logger: Logger;
  readonly database: OpenDatabase;
  readonly api: ReturnType<typeof buildApi>;
  readonly policy: ServedPolicy;
  readonly policyVersions: PolicyVersions;
  readonly policyTester: PolicyTester;
  readonly changeFeed: ChangeFeed;
  readonly reader: Reader;
  readonly unsealer: Unsealer;
  readonly indexesOf: IndexesOf;
  readonly ledger: LookupLedger;
  readonly digestOfLookup: DigestOfLookup;
  readonly organisationKeys: OrganisationKeys;
  readonly dataKeys: DataKeyCache;
  readonly changes: CustomerChanges;
  readonly alerts: SecurityAlerts;
  readonly elevations: ElevationStore;
  readonly engagements: EngagementStore;
  readonly accessReviews: AccessReviewStore;
  readonly roleUse: RoleUse;
  readonly orm: Orm;
  readonly cursorKey: KeyObject;
  readonly customerReferences: CustomerReferences;
  readonly organisations: OrganisationDirectory;
  readonly principals: PrincipalRegister;
  readonly policies: PolicyShelf;
  readonly decisionSources: DecisionSources;
  readonly evidence: EvidenceServices;
  readonly revokedTokens: RevokedTokens;
  /** Proofs of the sealed decision log. */
  readonly proofs: LogProofs;
  readonly metrics: Metrics;
}

/**
 * Builds the services in order on a database that is migrated.
 *
 * @throws PolicyFaults, UnclassifiedFieldError: without a valid policy and schema nothing is served
 */
export async function buildServices({
  config,
  logger,
  database,
  masterKey,
  now,
  onStatement,
  sink,
  api = buildApi(),
}: {
  config: Config;
  logger: Logger;
  database: OpenDatabase;
  masterKey: MasterKey;
  now: Date;
  onStatement?: ((sql: string) => void) | undefined;
  sink?: DecisionSink | undefined;
  api?: ReturnType<typeof buildApi> | undefined;
}): Promise<Services> {
  const { pool } = database;
  const policyVersions = createPolicyVersions(pool);
  await installPolicy({ config, catalog: api.catalog, pool, versions: policyVersions, now });
  await createMissingOrganisationKeys({ database: pool, masterKey });
  const organisationKeys = await openOrganisationKeys({ database: pool, masterKeys: [masterKey] });
  const orm = createOrm({
    url: database.url,
    catalog: api.catalog,
    connectTimeoutMs: config.databaseConnectTimeoutMs,
    statementTimeoutMs: config.statementTimeoutMs,
  });
  const metrics = createMetrics(() => readLogState(pool));
  const dataKeys = new DataKeyCache({ organisationKeys, maxKeys: MOST_DATA_KEYS });
  return {
    config,
    logger,
    database,
    api,
    policyVersions,
    policyTester: createPolicyTester(config.policyCasesDir),
    reader: createReader({ pool, catalog: api.catalog, ...(onStatement ? { onStatement } : {}) }),
    unsealer: createUnsealer({ dataKeys, organisationKeys }),
    indexesOf: indexesUnder(organisationKeys),
    ledger: createLookupLedger({ pool, catalog: api.catalog, onStatement }),
    digestOfLookup: digestsUnder(await masterKey.derive({ purpose: LOOKUP_DIGEST_PURPOSE })),
    organisationKeys,
    dataKeys,
    orm,
    ...storesOn({ orm, pool, logger }),
    cursorKey: await masterKey.derive({ purpose: "cursor" }),
    customerReferences: await referencesUnder(masterKey),
    ...openLog({ config, database, metrics: metrics.audit, sink }),
    organisations: createOrganisationDirectory(pool),
    proofs: createLogProofs(pool),
    metrics,
    policies: createPolicyShelf({ versions: policyVersions, catalog: api.catalog }),
    decisionSources: createDecisionSources(pool),
    evidence: buildEvidence({ database, orm, catalog: api.catalog, masterKey }),
    // The last, because it keeps a connection that whoever fails after it would have to close.
    ...(await followChanges({ config, logger, database, api, policyVersions })),
  };
}

/** What writes on behalf of the aggregates. */
function storesOn({
  orm,
  pool,
  logger,
}: {
  orm: Orm;
  pool: OpenDatabase["pool"];
  logger: Logger;
}): Pick<
  Services,
  "changes" | "alerts" | "elevations" | "engagements" | "accessReviews" | "roleUse"
> {
  return {
    changes: createCustomerChanges(orm),
    alerts: createSecurityAlerts(pool),
    elevations: createElevationStore({ orm, pool }),
    engagements: createEngagementStore(orm),
    accessReviews: createAccessReviewStore({ orm, pool }),
    roleUse: createRoleUse({ pool, logger }),
  };
}

/** What has to hear of changes: the policy that is served, and what is remembered of principals and tokens. */
async function followChanges({
  config,
  logger,
  database,
  api,
  policyVersions,
}: Pick<Services, "config" | "logger" | "database" | "api" | "policyVersions">): Promise<
  Pick<Services, "policy" | "changeFeed" | "principals" | "revokedTokens">
> {
  const { changeLimitMs: limitMs, changePollMs: pollMs } = config;
  const policy = new ServedPolicy({
    versions: policyVersions,
    catalog: api.catalog,
    limitMs,
    logger,
  });
  const principals = createPrincipalDirectory(database.pool);
  const revokedTokens = createRevokedTokens(database.pool);
  const changeFeed = new ChangeFeed({
    url: database.url,
    listens: config.changeFeed === "listen",
    pollMs,
    limitMs,
    timeoutMs: config.databaseConnectTimeoutMs,
    logger,
  });
  changeFeed.onChange((table) => {
    if (table === null || table === "policy_version") void policy.refresh();
    if (table === "policy_version") return;
    principals.forget();
    revokedTokens.forget();
  });
  await changeFeed.start();
  await policy.refresh();
  return { policy, changeFeed, principals, revokedTokens };
}

async function referencesUnder(masterKey: MasterKey): Promise<CustomerReferences> {
  return customerReferences(await masterKey.derive({ purpose: CUSTOMER_REFERENCE_PURPOSE }));
}

/** A value is looked up in its stored form; one that is none can lie nowhere. */
function indexesUnder(organisationKeys: OrganisationKeys): IndexesOf {
  return (field, value) => {
    const stored = storedForm(field, value);
    if (stored === null) return [];
    return blindIndexesFor({ field, value: stored, organisationKeys: organisationKeys.all() });
  };
}

/** Two spellings of one value are one lookup; a value that has no stored form counts as it is. */
function digestsUnder(key: KeyObject): DigestOfLookup {
  return ({ principalId, field, kind, text }) => {
    const subject = `${kind} ${field.type}.${field.name}`;
    const value = (kind === "value" ? storedForm(field, text) : null) ?? text;
    return lookupDigest({ key, principalId, subject, value });
  };
}

function storedForm(field: FieldDefinition, value: string): string | null {
  const verdict = validateField({ field: field.name as CustomerField, value });
  return verdict.ok ? verdict.value : null;
}
