export { sleep } from './nights.ts';
