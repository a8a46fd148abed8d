import type { TaskStream } from '@engram/datasets';
import { ClError } from './errors.ts';
import type { Strategy } from './strategies/strategy.ts';

const names = (strategies: readonly Strategy[]): readonly string[] => strategies.map(({ name }) => name);

/** Throws ClError for strategies that contradict each other or the scenario. */
export function requireCompatible(strategies: readonly Strategy[], scenario: TaskStream['scenario']): void {
  const listed = names(strategies);
  const twice = listed.find((name, i) => listed.indexOf(name) !== i);
  if (twice !== undefined) {
    throw new ClError(
      'duplicate-strategy',
      `${twice} is listed twice in ${listed.join('+')}. List each strategy once.`,
    );
  }
  const alone = strategies.find(({ standsAlone }) => standsAlone);
  if (alone !== undefined && strategies.length > 1) {
    throw new ClError(
      'cannot-combine',
      `${alone.name} replaces the whole way of training, so it cannot be combined, but ${listed.join('+')} was asked for. Run ${alone.name} alone and compare.`,
    );
  }
  const gating = strategies.filter(({ gate }) => gate !== undefined);
  if (gating.length > 1) {
    throw new ClError('cannot-combine', `${names(gating).join(' and ')} both gate the hidden units. Keep one of them.`);
  }
  const told = strategies.find(({ requiresTask }) => requiresTask);
  if (told !== undefined && scenario !== 'task') {
    const instead = scenario === 'class' ? 'there the task is just what has to be found out' : 'there nobody tells it';
    throw new ClError(
      'needs-task-id',
      `${told.name} must be told the task, at test time too, but the ${scenario} scenario was chosen: ${instead}. Choose the task scenario, or a strategy that works without (er, ewc, si).`,
    );
  }
  const growing = strategies.find(({ requiresNewClasses }) => requiresNewClasses);
  if (growing !== undefined && scenario === 'domain') {
    throw new ClError(
      'needs-new-classes',
      `${growing.name} tells the classes of earlier tasks from new ones, but in the domain scenario every task has the same. Choose the class scenario, or a strategy that works here (er, der, dgr).`,
    );
  }
  const crediting = strategies.find(({ credit }) => credit !== undefined);
  const differentiating = strategies.find(({ credit, objective, project }) => !credit && (objective ?? project));
  if (crediting !== undefined && differentiating !== undefined) {
    throw new ClError(
      'cannot-combine',
      `${crediting.name} has a credit rule of its own, but ${differentiating.name} works on the gradients of losses. Keep one of them.`,
    );
  }
}
