import { Frame, SeedField, Slider, Toggle, useRun } from '@engram/scene-kit';
import type { SceneProps } from '@engram/scene-kit';
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { bytesKept, joules, multiplyAdds } from './cost.ts';
import type { Part } from './cost.ts';
import { brainOf, jobsOf, parts } from './experiment.ts';
import type { State } from './experiment.ts';
import { Board, isWithin, megabytes, nameOf, operations, tableOf } from './figure.tsx';
import type { Budget } from './figure.tsx';
import type { Text } from './messages.en.ts';
import { useBoard } from './use-board.ts';

export function BuildABrain({ state, change, text, format }: SceneProps<State, Text>): ReactNode {
  const run = useRun();
  const { board, add, clear } = useBoard();
  const jobs = jobsOf(state);
  const budget: Budget = { bytes: state.memory * 1e5, multiplyAdds: state.compute * 1e9 };
  const brain = brainOf(state.parts, state);
  const cost: Budget = { bytes: bytesKept(brain), multiplyAdds: multiplyAdds(brain) };

  const { runs } = run;
  useEffect(() => {
    for (const { record, job } of runs) {
      const accuracy = record?.status === 'finished' ? record.summary.averageAccuracy : null;
      if (record === null || accuracy === null) continue;
      // the settings it was trained with, whatever the controls say now
      const trained = parts.filter((part) => record.spec.strategies.some(({ name }) => name === part));
      const er = record.spec.strategies.find((strategy) => strategy.name === 'er');
      const hidden = job.request.hidden?.[0] ?? 0;
      const made = brainOf(trained, { hidden, stored: er?.capacity ?? 0 });
      const { weightsHash } = record;
      add({
        parts: trained,
        hidden,
        accuracy,
        multiplyAdds: multiplyAdds(made),
        bytes: bytesKept(made),
        weightsHash,
      });
    }
  }, [runs, add]);

  const final = (id: string): number | null => run.of(id)?.record?.summary.averageAccuracy ?? null;
  const alone = parts.map(final).filter((value) => value !== null);
  const best = board.find((entry) => isWithin(budget, entry));
  return (
    <Frame
      activity={run}
      onStart={() => run.start(jobs)}
      jobs={jobs}
      controls={<Controls state={state} change={change} cost={cost} budget={budget} text={text} format={format} />}
      prediction={{ ask: text.ask, metric: 'brain' }}
      figure={
        board.length === 0 ? null : (
          <>
            <Board id="build-a-brain-live" board={board} budget={budget} text={text} format={format} />
            <p>
              <small>{text.boardHelp}</small>{' '}
              <button type="button" onClick={clear}>
                {text.clear}
              </button>
            </p>
          </>
        )
      }
      table={board.length === 0 ? null : tableOf(board, budget, text, format)}
      summary={best === undefined ? '' : text.summary(nameOf(best, text, format), format.percent(best.accuracy))}
      metrics={[
        { name: 'brain', label: text.brain, value: final('brain'), unit: 'percent' },
        {
          name: 'best-alone',
          label: text.bestAlone,
          value: alone.length === 0 ? null : Math.max(...alone),
          unit: 'percent',
        },
        { name: 'multiply-adds', label: text.multiplyAdds, value: cost.multiplyAdds / 1e9, unit: 'number' },
        { name: 'kilobytes', label: text.bytes, value: cost.bytes / 1e3, unit: 'number' },
      ]}
    />
  );
}

interface ControlsProps extends Pick<SceneProps<State, Text>, 'state' | 'change' | 'text' | 'format'> {
  readonly cost: Budget;
  readonly budget: Budget;
}

function Controls({ state, change, cost, budget, text, format }: ControlsProps): ReactNode {
  const toggled = (part: Part, wanted: boolean): readonly Part[] =>
    wanted ? [...state.parts, part] : state.parts.filter((other) => other !== part);
  return (
    <>
      <fieldset className="field choice">
        <legend>{text.parts}</legend>
        {parts.map((part) => (
          <Toggle
            key={part}
            label={text.part[part]}
            checked={state.parts.includes(part)}
            onChange={(wanted) => change({ parts: [...toggled(part, wanted)] })}
          />
        ))}
      </fieldset>
      {state.parts.includes('er') ? (
        <Slider label={text.stored} min={1} max={20} value={state.stored} onChange={(stored) => change({ stored })} />
      ) : null}
      <Slider
        label={text.hidden}
        min={20}
        max={200}
        step={20}
        value={state.hidden}
        onChange={(hidden) => change({ hidden })}
      />
      <Slider
        label={text.memory}
        min={5}
        max={60}
        value={state.memory}
        shown={megabytes(budget.bytes, text, format)}
        onChange={(memory) => change({ memory })}
      />
      <Slider
        label={text.compute}
        min={10}
        max={200}
        step={5}
        value={state.compute}
        shown={operations(budget.multiplyAdds, text, format)}
        onChange={(compute) => change({ compute })}
      />
      <p style={{ gridColumn: '1 / -1', margin: 0 }}>
        {text.costs(
          megabytes(cost.bytes, text, format),
          operations(cost.multiplyAdds, text, format),
          format.number(joules(cost.multiplyAdds), 2),
        )}{' '}
        <strong>
          <output data-metric="within-budget" data-value={Number(isWithin(budget, cost))}>
            {isWithin(budget, cost) ? text.within : text.over}
          </output>
        </strong>
      </p>
      <Toggle label={text.alone} checked={state.alone} onChange={(alone) => change({ alone })} />
      <SeedField label={text.seed} newSeed={text.newSeed} value={state.seed} onChange={(seed) => change({ seed })} />
    </>
  );
}
