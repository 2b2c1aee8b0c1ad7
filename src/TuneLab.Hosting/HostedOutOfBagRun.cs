using System.Runtime.InteropServices;
using TuneLab.Hosting.Processes;
using TuneLab.Hosting.Protocol;
using TuneLab.Training;

namespace TuneLab.Hosting;

/// <summary>A run in a child process of a trainer whose runs know out-of-bag predictions.</summary>
internal sealed class HostedOutOfBagRun(HostedTrainer trainer, TrainingRequest request, Loan loan, RowLists rows, ProgressAnswer progress, CancellationToken cancellation)
    : HostedRun(trainer, request, loan, rows, progress, cancellation), IOutOfBagRun
{
    /// <inheritdoc/>
    public OutOfBagPredictions? OutOfBag(CancellationToken cancellation)
    {
        var answer = Ask(new OutOfBagRequest(), cancellation);
        if (((OutOfBagAnswer)answer.Line).Rows is not { } count)
        {
            return null;
        }

        var rows = MemoryMarshal.Cast<byte, int>(answer.Payload.AsSpan(0, count * sizeof(int))).ToArray();
        var values = MemoryMarshal.Cast<byte, double>(answer.Payload.AsSpan(count * sizeof(int))).ToArray();
        return new OutOfBagPredictions(rows, values);
    }
}
