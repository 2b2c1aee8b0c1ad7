using System.CommandLine;
using TuneLab.Cli.Composition;
using TuneLab.Cli.Output;
using TuneLab.Cli.Parsing;
using TuneLab.Engines;
using TuneLab.Errors;
using TuneLab.Experiments;
using TuneLab.Experiments.Files;
using TuneLab.Scheduling.Queue;
using TuneLab.Storage.Work;

namespace TuneLab.Cli.Commands.Queue;

/// <summary><c>tunelab queue add</c>: experiments that will run.</summary>
internal sealed class QueueAddVerb : Verb
{
    private readonly Argument<string[]> _files = new("FILE") { Description = "Experiment files.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<int?> _priority = Options.Whole("--priority", "N", -1000, "Higher ones run first. Default: 0.", 1000);
    private readonly Option<string[]> _after = new("--after") { HelpName = "ID|NAME", Description = "Only when that entry is done. May be given several times.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> _window = Options.Text("--window", "WHEN", "Only then, whenever else the worker works: night, lunch, weekend, idle, always, 22:00-07:00, or a window of the worker's settings; night,idle is either, night+idle both. Default: when the worker works.");
    private readonly Option<string?> _notBefore = Options.Text("--not-before", "TIME", "Not before: 22:00, \"2026-12-24 18:00\", +2h.");
    private readonly Option<string?> _deadline = Options.Text("--deadline", "TIME", "The answer is wanted by then: the search is cut so that it is confirmed and exported in time.");
    private readonly Option<string?> _repeat = Options.Text("--repeat", "WINDOW", "Run again, on the data as they are then, whenever that window opens, and only while it is open: nightly, lunch, weekend.");

    private readonly Option<string?> _settings = WorkerFile.Option();

    public override string Name => "add";

    public override string Description => "Queues experiments. Each file is checked now, and its content is kept: what is done to the file later changes nothing. One that waits already gets the options that are given.";

    public override string Example => "tunelab queue add configs/churn.yaml configs/houses.yaml\ntunelab queue add configs/churn.yaml --priority 5 --window night --deadline 07:30";

    protected override void Declare(Command command)
    {
        command.Arguments.Add(_files);
        command.Options.Add(_priority);
        command.Options.Add(_after);
        command.Options.Add(_window);
        command.Options.Add(_notBefore);
        command.Options.Add(_deadline);
        command.Options.Add(_repeat);
        command.Options.Add(_settings);
    }

    protected override int Run(Invocation call)
    {
        var files = call.Value(_files).Select(call.Environment.Resolve).Distinct().ToList();
        using var store = WorkStores.Open(call, files[0]);
        var entries = store.Entries();
        var settings = WorkerFile.Read(call, call.Value(_settings), files[0]);
        var permits = Permits.Of(call, settings, store);
        var now = call.Environment.Time.GetUtcNow();
        if (call.Value(_window) is { } window)
        {
            _ = permits.For(window, now); // a window that is none is said now
        }

        var repeat = call.Value(_repeat) switch { null => null, "nightly" => "night", var other => other };
        if (repeat is not null)
        {
            _ = permits.NextOpening(repeat, now) ?? throw new InputException($"--repeat is '{call.Value(_repeat)}', which opens at no known time.", "Name a window with times: nightly, lunch, weekend, 22:00-07:00.");
        }

        var deadline = Instants.Read(call, _deadline, settings.Zone);
        if (deadline < now)
        {
            throw new InputException($"--deadline is '{call.Value(_deadline)}', which has passed.", "Give a time to come.");
        }

        var terms = new QueueTerms
        {
            Priority = call.Value(_priority),
            After = call.Value(_after) is { Length: > 0 } after ? [.. after.Select(word => QueueEdits.Find(entries, word).Id)] : null,
            Window = call.Value(_window),
            NotBefore = Instants.Read(call, _notBefore, settings.Zone),
            Deadline = deadline,
            Repeat = repeat,
        };
        var (fresh, known) = (new List<QueueEntry>(), new List<QueueEntry>());
        var faults = new List<string>();
        foreach (var file in files)
        {
            try
            {
                var entry = Check(file);
                if (QueueIntake.Twin(entry, entries) is { } twin)
                {
                    QueueEdits.RequireFree(twin, terms);
                    QueueCheck.Require(terms.Of(twin), entries, permits, now);
                    known.Add(twin);
                }
                else
                {
                    QueueCheck.Require(terms.Of(entry), entries, permits, now);
                    fresh.Add(terms.Of(entry));
                }
            }
            catch (InputException e) when (files.Count > 1)
            {
                faults.AddRange(e.Faults.Select(f => Path.GetFileName(file) + ": " + f));
            }
        }

        if (faults.Count > 0)
        {
            throw BatchRefusal.Of("Nothing was queued:", faults, "Mend these, or leave the files out.");
        }

        var set = known.Select(entry => QueueEdits.Set(store, entry, terms)).ToList();
        var added = store.AddEntries(fresh);
        if (call.Json)
        {
            call.WriteJson(json => QueueView.WriteJson(json, [.. added, .. set], store, permits, now));
            return ExitCode.Done;
        }

        foreach (var entry in added)
        {
            call.Note($"Queued {entry.Name} as number {entry.Id}.");
        }

        foreach (var entry in known)
        {
            var changes = terms.Changes(entry, permits.Words);
            call.Note(changes.Count == 0 ? $"{entry.Name} is queued already, as number {entry.Id}." : $"{entry.Name} was queued already, as number {entry.Id}; it has {string.Join(", ", changes.Select(c => $"{c.Option} {c.Value}"))} now.");
        }

        if (added.Count > 0 && store.Workers().Count == 0)
        {
            call.Note("No worker is on this store: start one with 'tunelab work'.");
        }

        return ExitCode.Done;
    }

    private static QueueEntry Check(string file)
    {
        var plan = PlanReader.ReadFile(file);
        var loaded = LoadedExperiment.Load(plan, EngineCatalog.Create());
        loaded.RequireSound(strict: false);
        return QueueIntake.Of(plan, file);
    }
}
