using TuneLab.Hosting.Folds;
using TuneLab.Hosting.Processes;
using TuneLab.Hosting.Protocol;
using TuneLab.Training;

namespace TuneLab.Hosting;

/// <summary>
/// A trainer whose runs work in child processes. Models, scores and checkpoints are those of the trainer in process; what differs is that a run that crashes, hangs or takes too much memory ends
/// as a <see cref="Errors.TuneLabException"/> with the reason, and that a cancelled one ends within <see cref="HostPoolOptions.CancelGrace"/> whatever it does.
/// </summary>
/// <param name="trainer">The trainer; the hosts have one with the same id. Here only its <see cref="ITunable.Info"/> and <see cref="ITrainer.Load"/> are used.</param>
/// <param name="pool">Where the processes come from; stays the caller's.</param>
public sealed class HostedTrainer(ITrainer trainer, HostPool pool) : IRemoteTrainer
{
    /// <inheritdoc/>
    public TrainerInfo Info => trainer.Info;

    /// <inheritdoc/>
    public ITrainingProcesses Processes => pool;

    /// <inheritdoc/>
    public ITrainingRun Start(TrainingRequest request, CancellationToken cancellation = default) => Start(request, [], () => { }, cancellation);

    /// <inheritdoc/>
    public ITrainingRun Start(TrainingRequest request, Action begins, CancellationToken cancellation = default) => Start(request, [], begins, cancellation);

    /// <inheritdoc/>
    public ITrainingRun Resume(TrainingRequest request, BinaryReader reader, CancellationToken cancellation = default) => Start(request, Checkpoint.Copy(reader), () => { }, cancellation);

    /// <inheritdoc/>
    public ITrainedModel Load(BinaryReader reader) => trainer.Load(reader);

    private HostedRun Start(TrainingRequest request, byte[] checkpoint, Action begins, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var fold = FoldFile.Of(request.Fold, pool.Folder, cancellation);
        var host = pool.Borrow(fold, cancellation);
        try
        {
            host.Use(fold);
            host.Ask(new ReadRequest(fold.Path), null, cancellation);
            begins();
            var rows = new RowLists(host, request.Fold.Train);
            var start = new StartRequest(
                Info.Id, Values(request, v => v.Name is null), Values(request, v => v.Name is not null), fold.Path, rows.NumberOf(request.Rows), request.Seed.Value) { Bytes = checkpoint.Length };
            var progress = (ProgressAnswer)host.Ask(start, request.Threads, cancellation, checkpoint).Line;
            var loan = new Loan(host, pool);
            return progress.OutOfBag ? new HostedOutOfBagRun(this, request, loan, rows, progress, cancellation) : new HostedRun(this, request, loan, rows, progress, cancellation);
        }
        catch
        {
            Loan.End(host);
            pool.Return(host);
            throw;
        }
    }

    private static SortedDictionary<string, string> Values(TrainingRequest request, Func<Space.ParameterValue, bool> wanted)
        => new(request.Configuration.Values.Where(v => wanted(v.Value)).ToDictionary(v => v.Key, v => v.Value.ToString()), StringComparer.Ordinal);
}
