/** A field of a connector (later: of an IdP), declared once for form, validation words and docs. */
export type FieldDescription = {
  /** Path in the settings, e.g. `schedule.enabled`. */
  readonly name: string;
  readonly label: string;
  readonly help: string;
  readonly example: string | null;
  /** Write-only and encrypted. */
  readonly secret: boolean;
};
