using System.Runtime.InteropServices;
using TuneLab.Hosting.Protocol;
using TuneLab.Randomness;
using TuneLab.Space;
using TuneLab.Training;

namespace TuneLab.Hosting.Serving;

/// <summary>The run that a host is at, and the folds that it keeps. Used by one thread; the share of threads is changed by another.</summary>
internal sealed class HostedSession(TrainerCatalog catalog, ThreadShare share) : IDisposable
{
    private readonly FoldCache _folds = new();
    private readonly Dictionary<int, int[]> _rows = [];
    private PreparedFold? _fold;
    private ITrainingRun? _run;

    private ITrainingRun Current => _run ?? throw new InvalidOperationException("No run was started.");

    /// <summary>Does what is asked; null: it is not answered.</summary>
    public (HostAnswer? Answer, ReadOnlyMemory<byte> Payload) Do(Message<HostRequest> message, CancellationToken cancellation)
    {
        switch (message.Line)
        {
            case RowsNote rows:
                _rows[rows.List] = MemoryMarshal.Cast<byte, int>(message.Payload).ToArray();
                return (null, default);
            case WarmRequest warm:
                Warmth.Of(catalog, warm.Trainers, cancellation);
                return (new DoneAnswer(), default);
            case ReadRequest read:
                _folds.Get(read.Fold);
                return (new DoneAnswer(), default);
            case StartRequest start:
                Start(start, message.Payload, cancellation);
                return (Progress(), default);
            case AdvanceRequest advance:
                Current.Advance(advance.Rounds, cancellation);
                return (Progress(), default);
            case PredictRequest predict:
                return (new DoneAnswer(), Predict(_rows[predict.Rows]));
            case OutOfBagRequest:
                return OutOfBag(cancellation);
            case SaveRequest:
                return (new DoneAnswer(), Written(Current.Save));
            case CompleteRequest:
                return (new DoneAnswer(), Written(Current.Complete().Save));
            case EndRequest:
                End();
                return (new DoneAnswer(), default);
            default:
                throw new InvalidDataException($"The message {message.Line.GetType().Name} is no request.");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _run?.Dispose();

    private void Start(StartRequest start, byte[] checkpoint, CancellationToken cancellation)
    {
        _fold = _folds.Get(start.Fold);
        _rows[0] = _fold.Train;
        var trainer = catalog[start.Trainer];
        var numbers = start.Numbers.Select(v => new KeyValuePair<string, ParameterValue>(v.Key, double.Parse(v.Value, CultureInfo.InvariantCulture)));
        var choices = start.Choices.Select(v => new KeyValuePair<string, ParameterValue>(v.Key, v.Value));
        var request = new TrainingRequest(_fold, _rows[start.Rows], new Configuration(start.Trainer, [.. numbers, .. choices]), new Seed(start.Seed), share);
        if (checkpoint.Length == 0)
        {
            _run = trainer.Start(request, cancellation);
        }
        else
        {
            using var reader = new BinaryReader(new MemoryStream(checkpoint));
            _run = trainer.Resume(request, reader, cancellation);
        }
    }

    private ProgressAnswer Progress() => new(Current.Rounds, Current.CanAdvance, Current.ScoringRefits, Current is IOutOfBagRun);

    private byte[] Predict(int[] rows)
    {
        var values = new double[rows.Length * _fold!.Outputs];
        Current.Predict(rows, values);
        return Bytes<double>(values);
    }

    private (HostAnswer Answer, ReadOnlyMemory<byte> Payload) OutOfBag(CancellationToken cancellation)
        => ((IOutOfBagRun)Current).OutOfBag(cancellation) is { } unseen
            ? (new OutOfBagAnswer(unseen.Rows.Length), (byte[])[.. Bytes<int>(unseen.Rows), .. Bytes<double>(unseen.Values)])
            : (new OutOfBagAnswer(null), default);

    private void End()
    {
        _run?.Dispose();
        (_run, _fold) = (null, null);
        _rows.Clear();
    }

    private static byte[] Written(Action<BinaryWriter> write)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        write(writer);
        return stream.ToArray();
    }

    private static byte[] Bytes<T>(T[] values)
        where T : unmanaged
        => MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
}
