using System.Diagnostics;
using System.Runtime.InteropServices;
using TuneLab.Training;

namespace TuneLab.Hosting.Tests.Host;

/// <summary>A run of <see cref="RogueTrainer"/>.</summary>
internal sealed class RogueRun : ITrainingRun
{
    private static readonly List<byte[]> Leaked = [];

    private readonly TrainingRequest _request;
    private readonly Misdeed _misdeed;

    public RogueRun(TrainingRequest request)
    {
        _request = request;
        _misdeed = Enum.Parse<Misdeed>(request.Configuration.Choice("misdeed", "None"));
        Forever(Misdeed.SleepAtStart);
    }

    public int Rounds { get; private set; }

    public bool CanAdvance => Rounds < 2;

    private double Mean => _request.Rows.Average(r => _request.Fold.Target[r]);

    public void Advance(int rounds, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        for (var i = 0; i < rounds && CanAdvance; i++, Rounds++)
        {
            Misbehave(cancellation);
        }
    }

    public void Predict(int[] rows, double[] values)
    {
        Forever(Misdeed.SleepAtPredict);
        Array.Fill(values, Mean);
    }

    public void Save(BinaryWriter writer) => throw new NotSupportedException();

    public ITrainedModel Complete()
    {
        Forever(Misdeed.SleepAtComplete);
        return new RogueTrainer.MeanModel(Mean);
    }

    public void Dispose() => Forever(Misdeed.SleepAtDispose);

    private void Misbehave(CancellationToken cancellation)
    {
        switch (_misdeed)
        {
            case Misdeed.Sleep:
                Forever(Misdeed.Sleep);
                break;
            case Misdeed.Spin:
                while (true)
                {
                    Thread.SpinWait(1000);
                }

            case Misdeed.Listen:
                while (true)
                {
                    Thread.SpinWait(1000);
                    cancellation.ThrowIfCancellationRequested();
                }

            case Misdeed.AwaitThreads:
                for (var before = _request.Threads.Current; Rounds == 0 && _request.Threads.Current == before;)
                {
                    Thread.Sleep(1);
                    cancellation.ThrowIfCancellationRequested();
                }

                break;
            case Misdeed.Hog:
                while (true)
                {
                    Leaked.Add(Touched(16 << 20));
                    Thread.Sleep(5);
                }

            case Misdeed.Leak:
                Leaked.Add(Touched(200 << 20));
                break;
            case Misdeed.LeakAndSleep:
                Leaked.Add(Touched(200 << 20));
                Forever(Misdeed.LeakAndSleep);
                break;
            case Misdeed.FailFast:
                Environment.FailFast("the trees fell over");
                break;
            case Misdeed.Exit:
                Environment.Exit(7);
                break;
            case Misdeed.ThrowElsewhere:
                new Thread(() => throw new InvalidOperationException("nobody catches this")).Start();
                Forever(Misdeed.ThrowElsewhere);
                break;
            case Misdeed.Throw:
                throw new InvalidOperationException("the matrix is singular");
            case Misdeed.GiveUp:
                throw new OperationCanceledException("no fun any more");
            case Misdeed.OutOfMemory:
#pragma warning disable CA2201 // what the runtime throws; taking all memory to see it is no test for a shared machine
                throw new OutOfMemoryException();
#pragma warning restore CA2201
            case Misdeed.Chat:
                Chat();
                break;
            default:
                break;
        }
    }

    private void Forever(Misdeed misdeed)
    {
        if (_misdeed == misdeed)
        {
            Thread.Sleep(Timeout.Infinite);
        }
    }

    private static byte[] Touched(int bytes)
    {
        var block = GC.AllocateUninitializedArray<byte>(bytes);
        Array.Fill(block, (byte)1);
        return block;
    }

    private static void Chat()
    {
        for (var i = 0; i < 5000; i++)
        {
            Console.WriteLine("""{"is":"done"}""");
            Console.Error.WriteLine("still at it");
        }

        using var other = Process.Start(new ProcessStartInfo(OperatingSystem.IsWindows() ? "hostname" : "uname"))!;
        other.WaitForExit();
        if (OperatingSystem.IsLinux())
        {
            _ = puts("printed by native code\0"u8.ToArray());
            _ = fflush(0);
        }
    }

    [DllImport("libc", EntryPoint = "puts")]
    private static extern int puts(byte[] text);

    [DllImport("libc", EntryPoint = "fflush")]
    private static extern int fflush(nint file);
}
