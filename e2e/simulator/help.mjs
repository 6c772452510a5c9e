/** In JavaScript, so that any Node can show it before the packages are installed. */
export const HELP = `Usage: npm run simulator [-- options]

DingTalk simulator: DingTalk's open platform as documented, on loopback only.

  --port <n>              where to listen, 0 for any free port (4010)
  --control-port <n>      a second listener for /__control/ alone, 0 for any free port (none)
  --rooms <n>             meeting rooms, the documented sample's included (40)
  --devices-per-room <n>  devices in each room (1, at most 16)
  --seed <n>              the same seed makes the same world (7)
  --qps <n>               calls a second for each API, 0 for no limit (20)
  --qpm <n>               calls a minute for each API, 0 for no limit (0)
  --monthly <n>           metered calls a calendar month, Shanghai time (5000)
  --token-seconds <n>     life of an access token (7200)
  --latency-ms <n>        wait before each answer (0)
  --keep-alive-seconds <n> how long an idle connection is kept open (60)
  --public-origin <url>   address of the sign-in page, when it is reached by another one
  --redirect-uri <url>    a registered redirect_uri, may be repeated (any loopback origin)
  --events-callback <url> where events are posted; without it they go down the stream
  --day-speed <n>         working days begin at once, one after another, n times as fast as the clock
  --help                  this text
`;
