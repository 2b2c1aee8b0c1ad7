using System.Diagnostics;
using System.Globalization;

namespace TuneLab.Benchmarks;

/// <summary>
/// How much processor time a process has had, by the clock: looked at every 100 ms while it lives. All its threads count, and children that have ended; children that live do not. Linux only: elsewhere it stays
/// empty. Read it after the process has ended.
/// </summary>
internal sealed class ProcessorLog : IDisposable
{
    private const double TicksPerSecond = 100; // USER_HZ, which is what /proc counts in whatever the kernel does

    private readonly Lock _gate = new();
    private readonly List<(double Seconds, double Processor)> _looks = [(0, 0)];
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Timer _timer;
    private readonly string _file;

    /// <param name="process">The process, just started: seconds count from now.</param>
    public ProcessorLog(Process process)
    {
        _file = string.Create(CultureInfo.InvariantCulture, $"/proc/{process.Id}/stat");
        _timer = new Timer(_ => Look(), null, 100, 100);
    }

    /// <summary>Every look so far: seconds, and processor seconds that it had then.</summary>
    public IReadOnlyList<(double Seconds, double Processor)> Looks
    {
        get
        {
            lock (_gate)
            {
                return [.. _looks];
            }
        }
    }

    /// <summary>The processor seconds that it had after so many seconds, straight between two looks; after the last look what it had then.</summary>
    /// <exception cref="InvalidOperationException">This machine does not tell.</exception>
    public double At(double seconds)
    {
        lock (_gate)
        {
            if (_looks.Count == 1)
            {
                throw new InvalidOperationException("There is no /proc that tells a process's processor time.");
            }

            var after = _looks.FindIndex(l => l.Seconds >= seconds);
            if (after <= 0)
            {
                return after < 0 ? _looks[^1].Processor : 0;
            }

            var (from, to) = (_looks[after - 1], _looks[after]);
            return from.Processor + ((to.Processor - from.Processor) * (seconds - from.Seconds) / (to.Seconds - from.Seconds));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        try
        {
            var text = File.ReadAllText(_file);
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' '); // the name before may have spaces in it; field 3 of proc(5) comes first
            var ticks = fields[11..15].Sum(f => double.Parse(f, CultureInfo.InvariantCulture)); // utime, stime, cutime, cstime
            lock (_gate)
            {
                var seconds = _clock.Elapsed.TotalSeconds;
                if (seconds > _looks[^1].Seconds && ticks / TicksPerSecond >= _looks[^1].Processor) // a zombie's figures may be gone
                {
                    _looks.Add((seconds, ticks / TicksPerSecond));
                }
            }
        }
        catch (IOException)
        {
            return; // the process ended between two looks: the last one stands
        }
    }
}
