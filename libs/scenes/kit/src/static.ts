export { describeScene, formatFor, locales } from './description.ts';
export type { Badge, FigureTable, Format, Locale, SceneDescription, SceneText, StillProps } from './description.ts';
export { StillScene, type StillSceneProps } from './frame/still.tsx';
export type { Heading, HideFlag } from './host.ts';
