using Spectre.Console;
using TuneLab.Cli.Commands;
using TuneLab.Cli.Composition;
using TuneLab.Cli.Output;
using TuneLab.Experiments;

namespace TuneLab.Cli.Progress;

/// <summary>Chooses how a run shows its progress, and tells what a signal does.</summary>
internal static class RunProgressView
{
    private const string ShowCursor = "\u001b[?25h";

    /// <summary>Works under the view that fits the call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="signals">Ctrl-C and SIGTERM.</param>
    /// <param name="grace">What is said about them.</param>
    /// <param name="work">The work, which gets the monitor to tell.</param>
    public static T Show<T>(Invocation call, StopSignals signals, TimeSpan grace, Func<IExperimentMonitor, T> work)
    {
        var stopping = $"stopping: the best so far is confirmed and exported, within about {Words.Clock(grace)}; a second Ctrl-C ends at once";
        var time = call.Environment.Time;
        if (call.Quiet)
        {
            return work(new SilentProgress());
        }

        if (call.Json || call.Verbose || !call.Environment.IsTerminal)
        {
            var plain = new PlainProgress(call.Json ? call.Error : call.Output, time, RunViews.WritePlan, call.Verbose);
            signals.Asked += () => plain.Note(stopping);
            var result = work(plain);
            (call.Json ? call.Error : call.Output).WriteLine();
            return result;
        }

        var shown = LiveProgress.Show(Terminal(call), time, RunViews.WritePlan, monitor =>
        {
            signals.Asked += () => monitor.Note(stopping);
            signals.Ending += () => call.Output.WriteLine(ShowCursor);
            return work(monitor);
        });
        call.Output.WriteLine();
        return shown;
    }

    private static IAnsiConsole Terminal(Invocation call)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = call.Environment.Variable("NO_COLOR") is { Length: > 0 } ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(call.Output),
        });
        console.Profile.Width = call.Environment.Width > 0 ? call.Environment.Width : 80;
        return console;
    }
}
