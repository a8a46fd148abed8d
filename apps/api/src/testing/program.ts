// A service or a worker as a process of its own, for tests that end it: node program.ts service|worker
import { readConfig } from '../config.ts';
import { createLog, startRemoteWorker, startService } from '../service.ts';

const config = readConfig(process.env);
const log = createLog(config.ENGRAM_LOG_LEVEL, process.stderr);
const started = process.argv[2] === 'worker' ? await startRemoteWorker(config, log) : await startService(config, log);
console.log('url' in started ? started.url : started.worker.id);
process.on('SIGTERM', () => void started.close().then(() => process.exit(0)));
