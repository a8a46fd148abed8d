import type { Scenario, StrategyName } from '@engram/contracts';
import { strategies } from './strategies.ts';
import type { Trait } from './strategies.ts';

/** Why strategies cannot be trained together; `names` are those it is about. */
export interface Misfit {
  readonly why: Trait;
  readonly names: readonly StrategyName[];
}

/** The first thing that speaks against a combination, or null. The learner refuses the same ones; a test compares. */
export function misfitOf(names: readonly StrategyName[], scenario: Scenario): Misfit | null {
  const having = (trait: Trait): readonly StrategyName[] =>
    names.filter((name) => strategies[name].traits.includes(trait));
  const alone = having('alone');
  if (alone.length > 0 && names.length > 1) return { why: 'alone', names: alone.slice(0, 1) };
  const told = having('told');
  if (told.length > 0 && scenario !== 'task') return { why: 'told', names: told };
  const growing = having('growing');
  if (growing.length > 0 && scenario === 'domain') return { why: 'growing', names: growing };
  const credit = having('credit');
  const gradients = having('gradients');
  if (credit.length > 0 && gradients.length > 0) return { why: 'credit', names: [...credit, ...gradients] };
  return null;
}
