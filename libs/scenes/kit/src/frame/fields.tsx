import { useId } from 'react';
import type { ReactNode } from 'react';

interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  /** The value in words; also what a screen reader says. */
  readonly shown?: string;
  readonly onChange: (value: number) => void;
  readonly disabled?: boolean;
  /** Short help below. */
  readonly help?: string;
}

/** A number to drag, or to change with the arrow keys. */
export function Slider({ label, value, min, max, step = 1, shown, onChange, disabled, help }: SliderProps): ReactNode {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <output htmlFor={id}>{shown ?? value}</output>
      <input
        id={id}
        type="range"
        {...{ min, max, step, value, disabled }}
        aria-valuetext={shown}
        aria-describedby={help === undefined ? undefined : `${id}-help`}
        onChange={({ target }) => onChange(target.valueAsNumber)}
      />
      {help === undefined ? null : <small id={`${id}-help`}>{help}</small>}
    </div>
  );
}

interface ChoiceProps<Value extends string> {
  readonly label: string;
  /** null while nothing is chosen */
  readonly value: Value | null;
  readonly options: readonly { readonly value: Value; readonly label: string; readonly disabled?: boolean }[];
  readonly onChange: (value: Value) => void;
}

/** One of a few, all of them in sight. */
export function Choice<Value extends string>({ label, value, options, onChange }: ChoiceProps<Value>): ReactNode {
  const name = useId();
  return (
    <fieldset className="field choice">
      <legend>{label}</legend>
      <div className="options">
        {options.map((option) => (
          <label key={option.value}>
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              disabled={option.disabled}
              onChange={() => onChange(option.value)}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

interface ToggleProps {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly disabled?: boolean;
  readonly help?: string;
}

/** On or off. */
export function Toggle({ label, checked, onChange, disabled, help }: ToggleProps): ReactNode {
  const id = useId();
  return (
    <div className="field toggle">
      <input
        id={id}
        type="checkbox"
        checked={checked}
        disabled={disabled}
        aria-describedby={help === undefined ? undefined : `${id}-help`}
        onChange={({ target }) => onChange(target.checked)}
      />
      <label htmlFor={id}>{label}</label>
      {help === undefined ? null : <small id={`${id}-help`}>{help}</small>}
    </div>
  );
}

interface SeedFieldProps {
  readonly label: string;
  readonly newSeed: string;
  readonly value: number;
  readonly onChange: (seed: number) => void;
}

/** The seed of a run: visible, editable, and a button for another. */
export function SeedField({ label, newSeed, value, onChange }: SeedFieldProps): ReactNode {
  const id = useId();
  return (
    <div className="field seed">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="number"
        inputMode="numeric"
        min={0}
        max={999_999}
        value={value}
        onChange={({ target }) => {
          if (Number.isInteger(target.valueAsNumber)) onChange(target.valueAsNumber);
        }}
      />
      <button type="button" onClick={() => onChange((value * 7919 + 104_729) % 1_000_000)}>
        {newSeed}
      </button>
    </div>
  );
}
