import type { FastifyInstance } from "fastify";
import type { Logger } from "pino";
import { authzenEndpoints } from "./authzen/endpoints.ts";
import type { DecisionSink } from "./audit/decision-writer.ts";
import type { Config } from "./config.ts";
import { type OpenDatabase, openDatabase } from "./database/open-database.ts";
import { publicError } from "./errors.ts";
import { fillDatabase, type Seed } from "./fill-database.ts";
import { accessExtension } from "./graphql/access-extension.ts";
import { decisionLogging } from "./graphql/decision-logging.ts";
import { createGraphqlServer } from "./graphql/apollo.ts";
import { queryLimits } from "./graphql/limits.ts";
import type { RequestContext } from "./graphql/context.ts";
import type { ContextRequest } from "./http/graphql-route.ts";
import { createLogger } from "./http/logger.ts";
import { connectionsEnded, listenOn } from "./http/listen.ts";
import { listenForMetrics, type ServedMetrics } from "./http/metrics-route.ts";
import { createHttpServer } from "./http/server.ts";
import { createIdentify } from "./identity/identify.ts";
import { type DevelopmentIssuer, openDevelopmentIssuer } from "./identity/development-issuer.ts";
import { createTokenVerifier, trustRemoteIssuer } from "./identity/token-verifier.ts";
import { startDailyWork } from "./daily-work.ts";
import { createRequestContext } from "./request-context.ts";
import { fileMasterKey } from "./sealing/file-master-key.ts";
import type { MasterKey } from "./sealing/master-key.ts";
import { startSettling } from "./settle-by-time.ts";
import { createEvidenceDelivery } from "./evidence-delivery.ts";
import { startPreparingEvidence } from "./prepare-evidence.ts";
import { buildServices, type Services } from "./services.ts";
import { type Sealing, startSealing } from "./start-sealing.ts";

/** A server that is built and not listening yet. */
export interface App {
  readonly services: Services;
  readonly server: FastifyInstance;
  readonly sealing: Sealing;
  /** Null in production. */
  readonly developmentIssuer: DevelopmentIssuer | null;
  /** Starts to listen and gives the address, such as `http://127.0.0.1:4000`. */
  listen(): Promise<string>;
  /** Finishes what is in flight, then ends the connections and the embedded database. */
  close(): Promise<void>;
}

/** What tests and benchmarks replace: the clock, the logs, and an ear on the statements. */
export interface AppOverrides {
  readonly now?: () => Date;
  readonly logger?: Logger;
  readonly onStatement?: (sql: string) => void;
  /** Where records of decisions go instead of the database, to measure what the log costs. */
  readonly sink?: DecisionSink;
  /** Another schema over the same catalog, to measure what the guard costs. */
  readonly api?: Services["api"];
  /** Makes the contexts of that schema. */
  readonly createContext?: typeof createRequestContext;
}

/** What is opened first, where somebody began with it before the rest was loaded. */
export interface Opening {
  readonly masterKey: MasterKey;
  readonly database: Promise<OpenDatabase>;
}

/** Builds everything in order; what was opened is closed again when a later step fails. */
export async function createApp({
  config,
  seed,
  opening,
  mayShareDatabase = false,
  overrides = {},
}: {
  config: Config;
  seed: Seed | null;
  opening?: Opening;
  /** For a second app of the same machine beside a running one, on the same embedded database. */
  mayShareDatabase?: boolean;
  overrides?: AppOverrides;
}): Promise<App> {
  const now = overrides.now ?? (() => new Date());
  const logger = overrides.logger ?? createLogger({ level: config.logLevel });
  const masterKey =
    opening?.masterKey ??
    fileMasterKey({ path: config.masterKeyFile, create: config.mode !== "production" });
  const database = await (opening?.database ??
    openDatabase(config, { mayShare: mayShareDatabase }));
  let services: Services | null = null;
  let sealing: Sealing | null = null;
  const closeServices = (): Promise<void> => closeAll({ sealing, services, database });
  try {
    await fillDatabase({ database, masterKey, seed, now: now() });
    services = await buildServices({
      ...overrides,
      config,
      logger,
      database,
      masterKey,
      now: now(),
    });
    sealing = await startSealing({ ...services, masterKey });
    const stopWork = await startWork(services, now);
    const isProduction = config.mode === "production";
    const developmentIssuer = isProduction ? null : await openDevelopmentIssuer(config);
    const createContext = createContextsOf(services, overrides.createContext);
    const server = await buildServer({ services, developmentIssuer, now, createContext });
    const metricsServer = await listenForMetrics(servedMetrics(services), config.metricsAddress);
    return {
      services,
      server,
      sealing,
      developmentIssuer,
      listen: () => listenOn(server, config),
      close: async () => {
        await stopWork();
        await metricsServer?.close();
        await server.close();
        await connectionsEnded(server);
        await closeServices();
      },
    };
  } catch (error) {
    await closeServices();
    throw error;
  }
}

/** Closes what is open, in the order in which one needs the other. */
async function closeAll(opened: {
  sealing: Sealing | null;
  services: Services | null;
  database: OpenDatabase;
}): Promise<void> {
  const { sealing, services, database } = opened;
  await sealing?.stop();
  services?.policy.close();
  await services?.changeFeed.close();
  await services?.roleUse.close();
  await services?.closeLog();
  await services?.orm.close();
  await database.close();
}

/** Work that no request asks for. */
async function startWork(services: Services, now: () => Date): Promise<() => Promise<void>> {
  const stopDailyWork = await startDailyWork({ ...services, now });
  const { elevations, accessReviews, logger } = services;
  const stores = { elevations, "reviews of roles": accessReviews };
  const stopSettling = startSettling({ stores, logger, now });
  const stopPreparing = startPreparingEvidence(services, { now });
  return async () => {
    stopDailyWork();
    stopSettling();
    await stopPreparing();
  };
}

/** Makes the contexts of requests, as long as it is known what holds now. */
function createContextsOf(
  services: Services,
  createContext: typeof createRequestContext = createRequestContext,
): (request: ContextRequest) => Promise<RequestContext> {
  return async (request) => {
    // Who can't find out what was revoked or activated meanwhile may not answer.
    if (!(await services.changeFeed.isCurrent())) throw publicError("SERVICE_UNAVAILABLE");
    services.roleUse.note(request.caller, request.now);
    return createContext(services, request);
  };
}

async function buildServer({
  services,
  developmentIssuer,
  now,
  createContext,
}: {
  services: Services;
  developmentIssuer: DevelopmentIssuer | null;
  now: () => Date;
  createContext: (request: ContextRequest) => Promise<RequestContext>;
}): Promise<FastifyInstance> {
  const { config, logger, database, api, changeFeed, policy } = services;
  const issuers = [
    ...config.tokenIssuers.map(trustRemoteIssuer),
    ...(developmentIssuer === null ? [] : [developmentIssuer.trusted]),
  ];
  return createHttpServer({
    config,
    logger,
    now,
    graphql: createGraphqlServer({
      api,
      limits: queryLimits(config),
      production: config.mode === "production",
      logger,
      // The log comes last: it closes what the others still write into.
      plugins: [
        accessExtension(),
        decisionLogging({
          log: services.log,
          onFailure: { SENSITIVE: config.auditSensitive, PRIVATE: config.auditPrivate },
        }),
      ],
    }),
    identify: createIdentify({
      verifyToken: createTokenVerifier({
        issuers,
        clockToleranceS: config.tokenClockToleranceS,
        maxAgeS: config.tokenMaxAgeS,
      }),
      directory: services.principals,
      revokedTokens: services.revokedTokens,
    }),
    createContext,
    evidence: createEvidenceDelivery(services, createContext),
    authzen: authzenOf(services),
    health: {
      checkDatabase: () => database.check(),
      checkChanges: () => changeFeed.isCurrent(),
      isPolicyServed: () => policy.fault() === null,
    },
    jwks: developmentIssuer?.jwks ?? null,
    log: services.proofs,
    metrics: config.metricsAddress === null ? servedMetrics(services) : null,
    admission: services.metrics.admission,
    ide: developmentIssuer,
  });
}

function servedMetrics({ metrics, config }: Services): ServedMetrics {
  const { metricsNetworks: networks, trustProxy } = config;
  return { metrics, networks, trustsProxy: trustProxy.length > 0 };
}

/** What AuthZEN clients are answered, within the bounds of the settings. */
function authzenOf({ log, config }: Services): ReturnType<typeof authzenEndpoints> {
  const { authzenMaxEvaluations, authzenMaxJudged, maxPageSize } = config;
  return authzenEndpoints({
    log,
    most: { evaluations: authzenMaxEvaluations, results: maxPageSize, judged: authzenMaxJudged },
  });
}
