import classes from './token-drawing.module.css';

export type OktaConsole = 'regular' | 'developer';

/** Our own line drawing of the page on which a token is made; its numbers are those of the list below it. */
export function TokenDrawing({ console }: { console: OktaConsole }) {
  const developer = console === 'developer';
  const way = developer ? 'Security, API, Tokens' : 'API, Tokens';
  return (
    <svg
      className={classes.drawing}
      viewBox="0 0 342 150"
      role="img"
      aria-label={`Our own drawing of the page in Okta: ${way}, with the button Create Token`}
    >
      <rect className={classes.side} width="84" height="150" />
      <Bar x={14} y={18} width={44} />
      <Bar x={14} y={36} width={34} />
      {developer ? (
        <>
          <text className={classes.text} x="14" y="61">
            ▾ Security
          </text>
          <rect className={classes.chosen} x="20" y="71" width="56" height="20" rx="4" />
          <text className={classes.accentText} x="30" y="85">
            API
          </text>
          <Bar x={28} y={102} width={34} />
          <Bar x={28} y={118} width={42} />
          <Badge x={80} y={57} number={2} />
        </>
      ) : (
        <>
          <Bar x={14} y={58} width={50} />
          <rect className={classes.chosen} x="8" y="72" width="68" height="21" rx="4" />
          <text className={classes.accentText} x="18" y="87">
            API
          </text>
          <Bar x={14} y={108} width={38} />
          <Bar x={14} y={126} width={44} />
        </>
      )}
      <Badge x={76} y={72} number={2} />
      <text className={classes.title} x="100" y="27">
        API
      </text>
      <text className={classes.dim} x="100" y="52">
        Authorization Servers
      </text>
      <text className={classes.accentText} x="217" y="52">
        Tokens
      </text>
      <line className={classes.line} x1="84" x2="342" y1="60" y2="60" />
      <line className={classes.accentLine} x1="215" x2="258" y1="59" y2="59" />
      <Badge x={266} y={44} number={2} />
      <rect className={classes.button} x="100" y="72" width="92" height="24" rx="4" />
      <text className={classes.buttonText} x="111" y="88">
        Create Token
      </text>
      <Badge x={194} y={72} number={3} />
      {[114, 132].map((y, row) => (
        <g key={y}>
          <Bar x={100} y={y} width={row === 0 ? 60 : 76} />
          <Bar x={198} y={y} width={row === 0 ? 40 : 32} />
          <Bar x={278} y={y} width={40} />
        </g>
      ))}
    </svg>
  );
}

function Bar({ x, y, width }: { x: number; y: number; width: number }) {
  return <rect className={classes.bar} x={x} y={y} width={width} height="6" rx="3" />;
}

function Badge({ x, y, number }: { x: number; y: number; number: number }) {
  return (
    <g>
      <circle className={classes.badge} cx={x} cy={y} r="9.5" />
      <text className={classes.buttonText} x={x} y={y + 4} textAnchor="middle">
        {number}
      </text>
    </g>
  );
}
