import { type Weekday, weekdays } from '@gatehouse/schedule/interval';
import classes from './schedule.module.css';

const NAMES: Readonly<Record<Weekday, string>> = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
};

/** Seven toggles, Monday first. */
export function WeekdayButtons({
  days,
  onChange,
}: {
  days: readonly Weekday[];
  onChange: (days: readonly Weekday[]) => void;
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would draw a frame of its own
    <div className={classes.days} role="group" aria-label="Days">
      {weekdays.map((day) => {
        const chosen = days.includes(day);
        return (
          <button
            key={day}
            type="button"
            className={classes.day}
            aria-pressed={chosen}
            title={NAMES[day]}
            onClick={() => onChange(chosen ? days.filter((one) => one !== day) : [...days, day])}
          >
            {NAMES[day].slice(0, 3)}
          </button>
        );
      })}
    </div>
  );
}
