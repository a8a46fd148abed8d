import type { StrategyName } from '@engram/contracts';
import type { ReactNode } from 'react';
import { scenarioOf } from './experiment.ts';
import type { Letter } from './experiment.ts';
import { misfitOf } from './fits.ts';
import type { LabProps } from './settings.tsx';
import { families, labelOf, offered, strategies } from './strategies.ts';

/** One network and what it is given against forgetting. */
export function Network({ letter, state, change, text, locale }: LabProps & { readonly letter: Letter }): ReactNode {
  const chosen: readonly StrategyName[] = state[letter];
  const misfit = misfitOf(chosen, scenarioOf(state));
  const toggled = (name: StrategyName, on: boolean): readonly StrategyName[] =>
    on ? [...chosen, name] : chosen.filter((other) => other !== name);
  return (
    <div className="lab-network" data-network={letter}>
      <details>
        <summary>
          <span className="lab-letter">{letter.toUpperCase()}</span>
          <span>{chosen.length === 0 ? text.none : labelOf(chosen)}</span>
        </summary>
        {families.map((family) => (
          <fieldset key={family}>
            <legend>{text.families[family]}</legend>
            {offered
              .filter((name) => strategies[name].family === family)
              .map((name) => (
                <label key={name}>
                  <input
                    type="checkbox"
                    name={name}
                    checked={chosen.includes(name)}
                    onChange={({ target }) => change({ [letter]: toggled(name, target.checked) })}
                  />
                  <span>
                    <strong>{strategies[name].label}</strong> {strategies[name].help[locale]}
                  </span>
                </label>
              ))}
          </fieldset>
        ))}
      </details>
      <p className="lab-misfit" role="status">
        {misfit === null ? '' : text.misfits[misfit.why](labelOf(misfit.names))}
      </p>
    </div>
  );
}
