namespace TuneLab.Reporting.Html;

/// <summary>The style sheet of the page: two columns of figures where there is room, one where there is not; light, dark and paper.</summary>
internal static class HtmlStyle
{
    public const string Css = """
        :root { color-scheme: light dark; --ink: #1c2330; --soft: #5a6475; --paper: #ffffff; --card: #f4f6f9; --line: #d5dae2;
          --good: #1a7f4b; --bad: #b3261e; --open: #8a6100;
          --t0: #0e93c4; --t1: #2b2bd9; --t2: #e2671f; --t3: #4a1273; --t4: #97300f; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e4e8ef; --soft: #a3adbd; --paper: #14181f; --card: #1d232d; --line: #39424f;
          --good: #4fc98a; --bad: #ff8a80; --open: #e8b94a;
          --t0: #3fa3c8; --t1: #8a4fe8; --t2: #e06a1f; --t3: #8fd0ff; --t4: #ffe9a0; } }
        * { box-sizing: border-box; }
        body { margin: 0 auto; padding: 1.2rem 1rem 3rem; max-width: 72rem; background: var(--paper); color: var(--ink);
          font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
        h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .6rem; overflow-wrap: anywhere; }
        h2 { font-size: 1.2rem; margin: 2.2rem 0 .6rem; padding-bottom: .25rem; border-bottom: 1px solid var(--line); }
        p, ul { max-width: 46rem; overflow-wrap: anywhere; }
        .verdict { margin: 0; padding: .8rem 1rem; max-width: none; border-left: .35rem solid var(--open); background: var(--card); }
        .verdict b { color: var(--open); }
        .supported { border-color: var(--good); } .supported b { color: var(--good); }
        .refuted { border-color: var(--bad); } .refuted b { color: var(--bad); }
        dl { display: grid; grid-template-columns: fit-content(9rem) 1fr; gap: .3rem 1rem; margin: .6rem 0; max-width: 60rem; }
        dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
        .scroll { overflow-x: auto; margin: .8rem 0; }
        table { border-collapse: collapse; font-size: .93rem; font-variant-numeric: tabular-nums; }
        th, td { text-align: left; vertical-align: top; padding: .3rem .9rem .3rem 0; border-bottom: 1px solid var(--line); }
        th { color: var(--soft); font-weight: 600; } .w { min-width: 14rem; }
        .n { text-align: right; white-space: nowrap; }
        @media (max-width: 40rem) { table { font-size: .85rem; } th, td { padding-right: .6rem; } .n { white-space: normal; } }
        pre { overflow-x: auto; padding: .8rem 1rem; background: var(--card); font: .9rem/1.45 ui-monospace, "Cascadia Mono", Consolas, Menlo, monospace; }
        .figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 27rem), 1fr)); gap: 1.5rem; }
        .figures.small { grid-template-columns: repeat(auto-fill, minmax(min(100%, 15rem), 1fr)); gap: .6rem 1.5rem; } .small figure { max-width: 22rem; } .small figcaption { font-size: .82rem; overflow-wrap: anywhere; }
        figure { margin: .8rem 0; max-width: 40rem; } figcaption { font-size: .88rem; color: var(--soft); } figcaption b { color: var(--ink); }
        .plot { width: 100%; height: auto; display: block; } .plot text { font: 13px system-ui, sans-serif; fill: var(--ink); }
        .plot .grid { stroke: var(--line); } .plot .axis { stroke: var(--soft); }
        .plot .best { stroke: var(--ink); stroke-width: 2; fill: none; } .plot .baseline { stroke: var(--ink); stroke-width: 1.5; stroke-dasharray: 5 4; }
        .plot .bar { fill: var(--t0); fill-opacity: .8; } .plot .box { fill: var(--card); stroke: var(--soft); }
        .plot .dot { fill: currentColor; stroke: currentColor; fill-opacity: .75; } .plot .part { fill-opacity: 0; } .plot .failed { fill: none; stroke: var(--bad); stroke-width: 2; }
        .plot .head { font-weight: 600; } .plot .small { font-size: 11px; fill: var(--soft); } .plot .span { fill: currentColor; }
        .plot .strong { stroke: var(--t2); stroke-width: 1.6; fill: none; } .plot .faint { stroke: var(--soft); stroke-width: .7; stroke-opacity: .45; fill: none; }
        .plot .band { fill: var(--t1); fill-opacity: .13; stroke: none; }
        .plot .step { fill: var(--t1); fill-opacity: .13; stroke: var(--t1); stroke-width: .8; stroke-opacity: .7; }
        .plot .spot { fill: var(--paper); stroke: var(--ink); stroke-width: 1.1; fill-opacity: .85; } .plot .spot.part { fill-opacity: 0; }
        .plot .hit { fill: var(--t1); } .plot .miss { fill: var(--bad); } .plot .bar { fill: var(--t0); } .plot .whisker { stroke: var(--ink); stroke-width: 1.5; } .plot .curve { stroke: var(--t1); stroke-width: 2; fill: none; } .plot .ahead { stroke-dasharray: 3 4; }
        .t0 { color: var(--t0); } .t1 { color: var(--t1); } .t2 { color: var(--t2); } .t3 { color: var(--t3); } .t4 { color: var(--t4); }
        @media print { :root { color-scheme: light; --ink: #000; --soft: #444; --paper: #fff; --card: #f2f2f2; --line: #bbb; --good: #14603a; --bad: #8c1d17; --open: #6b4b00;
          --t0: #0e93c4; --t1: #2b2bd9; --t2: #e2671f; --t3: #4a1273; --t4: #97300f; }
          html { font-size: 9.5pt; } body { padding: 0; max-width: none; } .figures { grid-template-columns: 1fr 1fr; } .figures.small { grid-template-columns: 1fr 1fr 1fr; } .scroll, pre { overflow: visible; } pre { white-space: pre-wrap; }
          h2 { break-after: avoid; } figure, tr, pre, dl { break-inside: avoid; } }
        """;
}
