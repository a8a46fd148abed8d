import { Copyable, PlanError, planJobs, save, useHost } from '@engram/scene-kit';
import type { Job } from '@engram/scene-kit/plain';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { specJson, typescriptOf } from './code.ts';
import type { Group } from './groups.ts';
import { modelAddress } from './service.ts';
import type { Submitted } from './use-service-run.ts';
import type { LabText } from './words.ts';

interface TakeProps {
  readonly jobs: readonly Job[];
  readonly groups: readonly Group[];
  readonly submitted: readonly Submitted[];
  readonly text: LabText;
}

/** The experiment as code, and what was learned as files. */
export function Take({ jobs, groups, submitted, text }: TakeProps): ReactNode {
  return (
    <div className="lab-take">
      <details>
        <summary>{text.code}</summary>
        <p>{text.codeHelp}</p>
        <Copyable name="typescript" text={typescriptOf(jobs)} />
        <Specification jobs={jobs} text={text} />
      </details>
      <details>
        <summary>{text.weights}</summary>
        <p>{text.weightsHelp}</p>
        <Weights groups={groups} submitted={submitted} text={text} />
      </details>
    </div>
  );
}

/** The whole specification with every default written out; the training program knows them, so it is asked. */
function Specification({ jobs, text }: Pick<TakeProps, 'jobs' | 'text'>): ReactNode {
  const { createWorker } = useHost();
  const [answer, setAnswer] = useState('');
  const write = async (): Promise<void> => {
    setAnswer('');
    try {
      save('lab.json', specJson(jobs, await planJobs(createWorker, jobs)), 'application/json');
    } catch (error) {
      if (!(error instanceof PlanError)) throw error;
      setAnswer(error.message);
    }
  };
  return (
    <p>
      <button type="button" data-action="spec" onClick={() => void write()}>
        {text.saveSpec}
      </button>{' '}
      <span role="status">{answer}</span>
    </p>
  );
}

function Weights({ groups, submitted, text }: Omit<TakeProps, 'jobs'>): ReactNode {
  const files = groups.flatMap((group) =>
    group.runs.flatMap((run) => {
      const { model, job } = run;
      const id = submitted.find((one) => one.job === job.id && one.status === 'succeeded')?.id;
      const name = `${group.label}, ${text.seed} ${job.seed}`;
      if (id !== undefined) {
        return (
          <li key={id}>
            <a href={modelAddress(id)} download>
              {name}
            </a>
          </li>
        );
      }
      if (model === null) return [];
      return (
        <li key={`${group.id} ${job.id}`}>
          <button
            type="button"
            data-action="weights"
            onClick={() =>
              void import('@engram/export').then(({ encodeModel }) =>
                save(
                  `${job.id.replaceAll(' ', '-')}.safetensors`,
                  new Blob([encodeModel(model)]),
                  'application/octet-stream',
                ),
              )
            }
          >
            {name}
          </button>
        </li>
      );
    }),
  );
  return files.length === 0 ? <p>{text.noWeights}</p> : <ul className="lab-files">{files}</ul>;
}
