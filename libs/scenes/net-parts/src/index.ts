export { linearCka } from './cka.ts';
export { pixelImage } from './pixels.ts';
export { planeThrough, weightsAt, type Plane } from './plane.ts';
export { ranking, rootMeanSquare } from './statistics.ts';
