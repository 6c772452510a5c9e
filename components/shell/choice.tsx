'use client';

type Option<T extends string> = { value: T; text: string; lang?: string };
type Props<T extends string> = {
  label: string;
  value: T;
  options: Option<T>[];
  onChoose: (value: T) => void;
};

/** A small choice out of few: the browser's own list, which every keyboard and screen reader knows. */
export function Choice<T extends string>({ label, value, options, onChoose }: Props<T>) {
  return (
    <select
      aria-label={label}
      title={label}
      value={value}
      onChange={(event) => {
        const chosen = options.find((option) => option.value === event.target.value);
        if (chosen) onChoose(chosen.value);
      }}
      className="h-8 max-w-24 rounded border border-line bg-surface px-1.5 text-small text-text"
    >
      {options.map((option) => (
        <option key={option.value} value={option.value} lang={option.lang}>
          {option.text}
        </option>
      ))}
    </select>
  );
}
