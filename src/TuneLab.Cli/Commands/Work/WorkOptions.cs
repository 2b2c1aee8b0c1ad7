using System.CommandLine;
using TuneLab.Cli.Composition;
using TuneLab.Cli.Parsing;

namespace TuneLab.Cli.Commands.Work;

/// <summary>How a worker works: the options of <c>tunelab work</c>, which <c>tunelab work install</c> hands on.</summary>
internal sealed class WorkOptions
{
    private static readonly (string Unit, long Bytes)[] Units = [("TB", 1L << 40), ("GB", 1L << 30), ("MB", 1L << 20), ("KB", 1L << 10), ("B", 1)];

    public Option<string?> When { get; } = Options.Text(
        "--when", "WHEN", "When it works: night, lunch, weekend, a window of the settings, 22:00-07:00, \"mon-fri 12:00-13:00\", idle (nobody uses the machine), always or now; night,idle is either, night+idle both. Default: 'when' of the settings, else night,idle, with --drain always.");

    public Option<string?> Settings { get; } = WorkerFile.Option();

    public Option<int?> Jobs { get; } = Options.Whole("--jobs", "N", 1, "Evaluations at once. Default: 'jobs' of the settings, else the number of cores.", RunVerb.MostAtOnce);

    public Option<int?> Threads { get; } = Options.Whole("--threads", "N", 1, "Threads in all, shared by the evaluations. Default: 'threads' of the settings, else the number of cores.", RunVerb.MostAtOnce);

    public Option<long?> Memory { get; } = Options.Memory("--memory", "The most memory that work takes, like 4GB. Default: 'memory' of the settings, else no cap.");

    public Option<int?> Nice { get; } = Options.Whole("--nice", "N", 0, "How far work gives way to other programs, 0 (not at all) to 19. Default: 'nice' of the settings, else 19.", 19);

    public Option<bool> Background { get; } = new("--background")
    {
        Description = "When nothing in the queue can run, go on with what works: further generations of the experiments that promise the most gain per hour, each as long as 'background.slice' of the settings (10 min), until no gain is left. What is queued meanwhile goes before.",
    };

    /// <summary>Adds all of them.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[When, Settings, Jobs, Threads, Memory, Nice, Background])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Those that were given, as words of a command line that means the same anywhere.</summary>
    public IReadOnlyList<string> Words(Invocation call) =>
    [
        .. Word(When, call.Value(When)),
        .. Word(Settings, call.Value(Settings) is { } file ? call.Environment.Resolve(file) : null),
        .. Word(Jobs, call.Value(Jobs)?.ToString(CultureInfo.InvariantCulture)),
        .. Word(Threads, call.Value(Threads)?.ToString(CultureInfo.InvariantCulture)),
        .. Word(Memory, call.Value(Memory) is { } bytes ? Amount(bytes) : null),
        .. Word(Nice, call.Value(Nice)?.ToString(CultureInfo.InvariantCulture)),
        .. call.Value(Background) ? [Background.Name] : Array.Empty<string>(),
    ];

    private static string[] Word(Option option, string? value) => value is null ? [] : [option.Name, value];

    private static string Amount(long bytes)
    {
        var (unit, size) = Units.First(u => bytes % u.Bytes == 0);
        return (bytes / size).ToString(CultureInfo.InvariantCulture) + unit;
    }
}
