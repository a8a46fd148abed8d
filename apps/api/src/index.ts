export { ConfigError, configLines, readConfig, type Config } from './config.ts';
export { createLog, startRemoteWorker, startService, type RunningService } from './service.ts';
