/** What a scene's plain code needs: no React, no DOM, so that Node runs it as it is. */
export { commandOf, specRequestOf, type Job, type JobRequest, type ProbeRequest } from './run/job.ts';
export { flag, inRange, oneOf, seed, someOf, stateOf, type NumberRange } from './state/fields.ts';
