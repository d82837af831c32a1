import type { FastifyInstance } from "fastify";
import type { Logger } from "pino";
import type { Config } from "./config.ts";
import { migrateUp } from "./database/migrate.ts";
import { type OpenDatabase, openDatabase } from "./database/open-database.ts";
import { publicError } from "./errors.ts";
import { accessExtension } from "./graphql/access-extension.ts";
import { decisionLogging } from "./graphql/decision-logging.ts";
import { createGraphqlServer } from "./graphql/apollo.ts";
import { queryLimits } from "./graphql/limits.ts";
import { createLogger } from "./http/logger.ts";
import { createHttpServer } from "./http/server.ts";
import { createIdentify } from "./identity/identify.ts";
import { type DevelopmentIssuer, openDevelopmentIssuer } from "./identity/development-issuer.ts";
import { createTokenVerifier, trustRemoteIssuer } from "./identity/token-verifier.ts";
import { startDailyWork } from "./daily-work.ts";
import { createRequestContext } from "./request-context.ts";
import { fileMasterKey } from "./sealing/file-master-key.ts";
import type { MasterKey } from "./sealing/master-key.ts";
import { startSettling } from "./settle-by-time.ts";
import { buildServices, type Services } from "./services.ts";

/** A server that is built and not listening yet. */
export interface App {
  readonly services: Services;
  readonly server: FastifyInstance;
  /** Null in production. */
  readonly developmentIssuer: DevelopmentIssuer | null;
  /** Starts to listen and gives the address, such as `http://127.0.0.1:4000`. */
  listen(): Promise<string>;
  /** Finishes what is in flight, then ends the connections and the embedded database. */
  close(): Promise<void>;
}

/** What tests replace: the clock, the log, and an ear on the statements. */
export interface AppOverrides {
  readonly now?: () => Date;
  readonly logger?: Logger;
  readonly onStatement?: (sql: string) => void;
}

/** Fills an empty database before anything is served. */
export type Seed = (into: {
  database: OpenDatabase;
  masterKey: MasterKey;
  now: Date;
}) => Promise<void>;

/** Builds everything in order; what was opened is closed again when a later step fails. */
export async function createApp({
  config,
  seed,
  mayShareDatabase = false,
  overrides = {},
}: {
  config: Config;
  seed: Seed | null;
  /** For a second app of the same machine beside a running one, on the same embedded database. */
  mayShareDatabase?: boolean;
  overrides?: AppOverrides;
}): Promise<App> {
  const now = overrides.now ?? (() => new Date());
  const logger = overrides.logger ?? createLogger({ level: config.logLevel });
  const masterKey = fileMasterKey({
    path: config.masterKeyFile,
    create: config.mode !== "production",
  });
  const database = await openDatabase(config, { mayShare: mayShareDatabase });
  let services: Services | null = null;
  const closeServices = async (): Promise<void> => {
    services?.policy.close();
    await services?.changeFeed.close();
    await services?.roleUse.close();
    await services?.closeLog();
    await services?.orm.close();
    await database.close();
  };
  try {
    await migrateUp(database.pool);
    if (seed !== null) await seed({ database, masterKey, now: now() });
    services = await buildServices({
      config,
      logger,
      database,
      masterKey,
      now: now(),
      onStatement: overrides.onStatement,
    });
    const stopDailyWork = await startDailyWork({ database, logger, now, policy: services.policy });
    const { elevations, accessReviews } = services;
    const stores = { elevations, "reviews of roles": accessReviews };
    const stopSettling = startSettling({ stores, logger, now });
    const developmentIssuer =
      config.mode === "production" ? null : await openDevelopmentIssuer(config);
    const server = await buildServer({ services, developmentIssuer, now });
    return {
      services,
      server,
      developmentIssuer,
      listen: () => server.listen({ host: config.host, port: config.port }),
      close: async () => {
        stopDailyWork();
        stopSettling();
        await server.close();
        await closeServices();
      },
    };
  } catch (error) {
    await closeServices();
    throw error;
  }
}

async function buildServer({
  services,
  developmentIssuer,
  now,
}: {
  services: Services;
  developmentIssuer: DevelopmentIssuer | null;
  now: () => Date;
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
      schema: api.schema,
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
    createContext: async (request) => {
      // Who can't find out what was revoked or activated meanwhile may not answer.
      if (!(await changeFeed.isCurrent())) throw publicError("SERVICE_UNAVAILABLE");
      services.roleUse.note(request.caller, request.now);
      return createRequestContext(services, request);
    },
    health: {
      checkDatabase: () => database.check(),
      checkChanges: () => changeFeed.isCurrent(),
      isPolicyServed: () => policy.fault() === null,
    },
    jwks: developmentIssuer?.jwks ?? null,
    ide: developmentIssuer,
  });
}
