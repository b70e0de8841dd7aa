/**
 * `schedule-unusable`: a schedule was evaluated that `parseSchedule` refuses.
 * `interval-unusable`: an interval with a step, time or day that cannot be chosen.
 */
export type ScheduleErrorCode = 'schedule-unusable' | 'interval-unusable';

/** A mistake of the caller, never of the person who typed: those get a refusal. */
export class ScheduleError extends Error {
  readonly code: ScheduleErrorCode;

  constructor(code: ScheduleErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ScheduleError';
    this.code = code;
  }
}
