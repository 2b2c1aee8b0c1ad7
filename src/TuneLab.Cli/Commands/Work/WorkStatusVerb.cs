using System.CommandLine;
using TuneLab.Cli.Composition;
using TuneLab.Cli.Output;
using TuneLab.Scheduling.Worker;
using TuneLab.Storage.Work;

namespace TuneLab.Cli.Commands.Work;

/// <summary><c>tunelab work status</c>: who works.</summary>
internal sealed class WorkStatusVerb : Verb
{
    public override string Name => "status";

    public override string Description => "Lists the workers on the store and what they do.";

    public override string Example => "tunelab work status";

    /// <summary>The workers that live; those that ended without a word are forgotten.</summary>
    public static IReadOnlyList<WorkerRecord> Living(IWorkStore store, DateTimeOffset now)
    {
        var living = new List<WorkerRecord>();
        foreach (var worker in store.Workers())
        {
            if (IsLiving(store, worker))
            {
                living.Add(worker);
            }
            else
            {
                DeadSlices.Close(store, s => s.Worker == worker.Id, now);
                store.DropWorker(worker.Id);
            }
        }

        return living;
    }

    /// <summary>Whether a worker lives; on another machine its lock says nothing here, and it counts as living.</summary>
    public static bool IsLiving(IWorkStore store, WorkerRecord worker)
    {
        using var right = worker.Machine == Environment.MachineName ? store.TryLock(worker.Lock) : null;
        return right is null;
    }

    protected override void Declare(Command command)
    {
    }

    protected override int Run(Invocation call)
    {
        var location = Stores.Locate(call, file: null);
        using IWorkStore store = File.Exists(location.Path) ? WorkStores.OpenExisting(call) : new MemoryWorkStore(call.Environment.Time);
        var workers = Living(store, call.Environment.Time.GetUtcNow());
        if (call.Json)
        {
            call.WriteJson(json =>
            {
                json.WriteStartArray();
                foreach (var worker in workers)
                {
                    json.WriteStartObject();
                    json.WriteString("id", worker.Id);
                    json.WriteNumber("process", worker.Process);
                    json.WriteString("machine", worker.Machine);
                    json.WriteString("state", worker.State);
                    json.WriteString("reason", worker.Reason);
                    json.WriteBoolean("stopping", worker.Stop);
                    json.WriteString("began", worker.Began.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
                    json.WriteString("seen", worker.Seen.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            });
            return ExitCode.Done;
        }

        if (workers.Count == 0)
        {
            call.Output.WriteLine($"No worker is on {location.Path}. Start one with: tunelab work");
        }
        else
        {
            WriteTable(call, workers);
        }

        if (AlertView.Undelivered(store, call.Environment.Time.GetUtcNow()) is { } undelivered)
        {
            call.Output.WriteLine();
            call.Output.WriteLine(undelivered);
        }

        return ExitCode.Done;
    }

    private static void WriteTable(Invocation call, IReadOnlyList<WorkerRecord> workers)
    {
        var permits = Permits.Of(call);
        var table = new TextTable("worker", ">process", "machine", "state", "what", "since");
        foreach (var worker in workers)
        {
            table.Add(worker.Id, worker.Process.ToString(CultureInfo.InvariantCulture), worker.Machine, worker.Stop ? "stopping" : worker.State, worker.Reason, permits.Words(worker.Began));
        }

        table.Write(call.Output);
    }
}
