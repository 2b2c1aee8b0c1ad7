using System.Runtime.InteropServices;
using TuneLab.Hosting.Processes;
using TuneLab.Hosting.Protocol;
using TuneLab.Training;

namespace TuneLab.Hosting;

/// <summary>A run in a child process. What has no token of its own (a prediction, say) is ended by the one that was given last.</summary>
internal class HostedRun : IRemoteRun
{
    private readonly HostedTrainer _trainer;
    private readonly TrainingRequest _request;
    private readonly Loan _loan;
    private readonly RowLists _rows;
    private ProgressAnswer _progress;
    private CancellationToken _cancellation;

    public HostedRun(HostedTrainer trainer, TrainingRequest request, Loan loan, RowLists rows, ProgressAnswer progress, CancellationToken cancellation)
        => (_trainer, _request, _loan, _rows, _progress, _cancellation) = (trainer, request, loan, rows, progress, cancellation);

    /// <inheritdoc/>
    public int Rounds => _progress.Rounds;

    /// <inheritdoc/>
    public bool CanAdvance => _progress.CanAdvance;

    /// <inheritdoc/>
    public bool ScoringRefits => _progress.ScoringRefits;

    /// <inheritdoc/>
    public long PeakMemoryBytes => _loan.Host.PeakMemoryBytes;

    /// <inheritdoc/>
    public void Advance(int rounds, CancellationToken cancellation)
    {
        _progress = (ProgressAnswer)Ask(new AdvanceRequest(rounds), cancellation).Line;
    }

    /// <inheritdoc/>
    public void Predict(int[] rows, double[] values)
    {
        var answer = Ask(new PredictRequest(_rows.NumberOf(rows)), _cancellation);
        MemoryMarshal.Cast<byte, double>(answer.Payload).CopyTo(values);
    }

    /// <inheritdoc/>
    public void Save(BinaryWriter writer) => writer.Write(Ask(new SaveRequest(), _cancellation).Payload);

    /// <inheritdoc/>
    public ITrainedModel Complete()
    {
        var bytes = Ask(new CompleteRequest(), _cancellation).Payload;
        _loan.Dispose();
        using var reader = new BinaryReader(new MemoryStream(bytes));
        return _trainer.Load(reader);
    }

    /// <inheritdoc/>
    public void Dispose() => _loan.Dispose();

    /// <summary>Asks the host that works for this run.</summary>
    protected Message<HostAnswer> Ask(HostRequest request, CancellationToken cancellation)
    {
        _cancellation = cancellation;
        return _loan.Host.Ask(request, _request.Threads, cancellation);
    }
}
