/**
 * A run that would write more events than this raises the directory’s epoch instead, in its first chunk and when it
 * ends, so that every product reads fully once. Unit: events.
 */
export const directoryEventLimit = 5000;
