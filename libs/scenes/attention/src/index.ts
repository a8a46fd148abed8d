export { remember } from './episode.ts';
export { listenAgain } from './stream.ts';
