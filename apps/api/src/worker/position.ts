import type { ExperimentEvent, ExperimentSpec } from '@engram/contracts';

/**
 * How far into a run an event lies, as a number that grows through the run. A run that goes on from a checkpoint tells
 * again what came after it, with equal content; what the log already holds up to its position is left out. null: of the
 * attempt, not of the run, and always kept.
 */
export function positionOf(event: ExperimentEvent, { stream, training }: ExperimentSpec): number | null {
  const ofTask = (task: number, place: number): number => 2 + task * (training.iterations + 3) + place;
  switch (event.type) {
    case 'task-started':
      return ofTask(event.task, 0);
    case 'step':
      return ofTask(event.task, event.iteration);
    case 'consolidated':
      return ofTask(event.task, training.iterations + 1);
    case 'evaluated':
      return event.tasksLearned === 0 ? 1 : ofTask(event.tasksLearned - 1, training.iterations + 2);
    case 'finished':
    case 'diverged':
      return ofTask(stream.tasks, 0);
    case 'run-started':
    case 'checkpoint':
    case 'interrupted':
      return null;
  }
}
