using System.CommandLine;
using System.Numerics;
using System.Reflection;
using System.Runtime.InteropServices;
using TuneLab.Cli.Composition;
using TuneLab.Cli.Output;
using TuneLab.Engines;
using TuneLab.Errors;
using TuneLab.Hosting.Limits;
using TuneLab.Learners;
using TuneLab.MLNet;
using TuneLab.Reporting.Terminal;
using TuneLab.Scheduling.Presence;
using TuneLab.Scheduling.Settings;
using TuneLab.Storage;

namespace TuneLab.Cli.Commands;

/// <summary><c>tunelab doctor</c>: whether this machine can run experiments.</summary>
internal sealed class DoctorVerb : Verb
{
    private sealed record Finding(string Name, bool Good, string Value, string? Hint = null);

    public override string Name => "doctor";

    public override string Description => "Says what this machine offers (runtime, cores, memory, store, engines, what tells that it is idle) and what is missing.";

    public override string Example => "tunelab doctor";

    protected override void Declare(Command command)
    {
    }

    protected override int Run(Invocation call)
    {
        var findings = new List<Finding>
        {
            new("tunelab", true, typeof(DoctorVerb).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown"),
            new("runtime", true, RuntimeInformation.FrameworkDescription + ", " + RuntimeInformation.RuntimeIdentifier),
            new("system", true, RuntimeInformation.OSDescription + ", " + RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()),
            Cores(),
            Memory(),
            Store(call),
            new("engine embedded", true, string.Join(", ", EmbeddedTrainers.All.Select(t => t.Info.Id))),
            new("engine mlnet", true, EngineAvailability.IsAvailable ? string.Join(", ", EngineAvailability.Trainers.Select(t => t.Info.Id)) : "not in this build", EngineCatalog.HowToGetMissing),
        };
        findings.AddRange(Background(call));
        Write(call, findings);
        return findings.TrueForAll(f => f.Good) ? ExitCode.Done : ExitCode.Failed;
    }

    private static IEnumerable<Finding> Background(Invocation call)
    {
        var settings = Settings(call, out var read);
        yield return settings;
        var presence = call.Environment.Presence(() => [Environment.ProcessId], call.Environment.Time).Read();
        var idle = read.Idle;
        yield return Look("idle: input", idle.Keyboard is not null, presence.SinceInput, t => $"last used {Words.Seconds(t.TotalSeconds)} ago");
        yield return Look("idle: load", idle.LoadPerCore is not null, presence.LoadPerCore, l => string.Create(CultureInfo.InvariantCulture, $"{l:0.00} per core"));
        yield return Look("idle: pressure", idle.Pressure is not null, presence.Pressure, p => string.Create(CultureInfo.InvariantCulture, $"{p:0.0} %"));
        yield return Look("idle: power", idle.Mains, presence.OnMains, m => m ? "on mains" : "on battery");
        yield return Look("idle: memory", idle.FreeMemoryBytes is not null, presence.FreeMemoryBytes, b => Words.Bytes(b) + " free");
        var state = new IdleJudge(idle, call.Environment.Time).Judge(presence);
        yield return new Finding("idle", true, state.Holds ? "now: " + state.Why : "not now: " + state.Why);
        if (OperatingSystem.IsLinux())
        {
            yield return WorkGroup.Hindrance("/") is { } hindrance
                ? new Finding("cgroup", true, "none may be made: " + hindrance, "A cap on memory is kept by the search itself then; nice and the class of disk access work all the same.")
                : new Finding("cgroup", true, "one may be made");
        }
    }

    private static Finding Settings(Invocation call, out WorkerSettings settings)
    {
        settings = WorkerSettings.Default(call.Environment.Time);
        try
        {
            var file = WorkerFile.Find(call);
            settings = WorkerFile.Read(call);
            return new Finding("worker", true, file ?? "no worker.yaml: every setting has its default", settings.Hints.Count == 0 ? null : string.Join(" ", settings.Hints));
        }
        catch (TuneLabException e)
        {
            return new Finding("worker", false, e.Message, e.Hint);
        }
    }

    // what can't be read is nothing that is wrong with the machine: `idle` does not hold, and that is said
    private static Finding Look<T>(string name, bool asked, Reading<T> reading, Func<T, string> words)
        where T : struct
        => reading.Value is { } value ? new Finding(name, true, $"{words(value)} ({reading.Note})")
        : !reading.IsOffered ? new Finding(name, true, "none: " + reading.Note)
        : new Finding(name, true, "unknown: " + reading.Note, asked ? $"Since it is unknown, the machine never counts as idle here; 'idle: {{ {Key(name)}: ignore }}' in worker.yaml does without it." : null);

    private static string Key(string name) => name == "idle: input" ? "keyboard" : name["idle: ".Length..];

    private static Finding Cores()
        => new("cores", true, Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture) + (Vector.IsHardwareAccelerated ? $", vectors of {Vector<byte>.Count * 8} bits" : ", no vectors"));

    private static Finding Memory()
    {
        var bytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        return bytes >= 1L << 30
            ? new Finding("memory", true, Words.Bytes(bytes))
            : new Finding("memory", false, Words.Bytes(bytes), "Under 1 GB: use small tables, and --jobs 1.");
    }

    private static Finding Store(Invocation call)
    {
        try
        {
            var location = Stores.Locate(call, file: null);
            if (!File.Exists(location.Path))
            {
                CheckFolder(location.Path);
                return new Finding("store", true, $"{location.Path} ({location.Reason}); made by the first run");
            }

            using var store = Stores.OpenExisting(call, location);
            return new Finding("store", true, $"{location.Path} ({location.Reason}); schema version {store.SchemaVersion.ToString(CultureInfo.InvariantCulture)}");
        }
        catch (TuneLabException e)
        {
            return new Finding("store", false, e.Message, e.Hint);
        }
    }

    // tries the nearest folder that is there: a look at the machine makes no folders
    private static void CheckFolder(string store)
    {
        var folder = Path.GetDirectoryName(store);
        while (folder is not null && !Directory.Exists(folder))
        {
            folder = File.Exists(folder) ? throw new InputException($"The store '{store}' can't be made: '{folder}' is a file.", "Name another with --store.") : Path.GetDirectoryName(folder);
        }

        var probe = Path.Combine(folder ?? "/", ".tunelab-doctor-" + Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        try
        {
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"The store '{store}' can't be made: {e.Message}", "Name another with --store, or set TUNELAB_STORE.", e);
        }
    }

    private static void Write(Invocation call, List<Finding> findings)
    {
        if (call.Json)
        {
            call.WriteJson(json =>
            {
                json.WriteStartObject();
                json.WriteBoolean("good", findings.TrueForAll(f => f.Good));
                json.WriteStartArray("findings");
                foreach (var finding in findings)
                {
                    json.WriteStartObject();
                    json.WriteString("name", finding.Name);
                    json.WriteBoolean("good", finding.Good);
                    json.WriteString("value", finding.Value);
                    json.WriteString("hint", finding.Hint);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteEndObject();
            });
            return;
        }

        var table = new TextTable("check", "good", "found");
        foreach (var finding in findings)
        {
            table.Add(finding.Name, finding.Good ? "yes" : "NO", finding.Value);
        }

        table.Write(call.Output);
        foreach (var finding in findings.Where(f => f.Hint is not null))
        {
            call.Output.WriteLine();
            Paragraph.Write(call.Output, $"{finding.Name}: {finding.Hint}");
        }
    }
}
