namespace TuneLab.Scheduling.Tests.Presence;

/// <summary>A folder with the files of a Linux system; gone afterwards.</summary>
internal sealed class MadeMachine : IDisposable
{
    public MadeMachine()
    {
        Write("proc/uptime", "5000.25 9000.00\n");
        Write("proc/loadavg", "0.50 0.40 0.30 1/200 4321\n");
        Write("proc/meminfo", "MemTotal:       16000000 kB\nMemFree:         1000000 kB\nMemAvailable:    4000000 kB\n");
        Write("proc/pressure/cpu", "some avg10=3.25 avg60=1.00 avg300=0.50 total=12345\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=0\n");
        Cpu(0);
        Directory.CreateDirectory(At("sys/class/power_supply"));
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("tunelab-machine-").FullName;

    public string At(string path) => Path.Combine([Root, .. path.Split('/')]);

    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), text);
    }

    /// <summary>Two processors that have been busy for so many seconds in all.</summary>
    public void Cpu(double seconds)
        => Write("proc/stat", string.Create(CultureInfo.InvariantCulture, $"cpu  {seconds * 50:0} {seconds * 30:0} {seconds * 15:0} 777777 8888 {seconds * 3:0} {seconds * 2:0} 0 0 0\ncpu0 1 1 1 1 1 1 1 0 0 0\ncpu1 1 1 1 1 1 1 1 0 0 0\nintr 1\n"));

    /// <summary>A process that used so many processor seconds, its children that ended so many more, and has so many pages.</summary>
    public void Process(int id, int parent, double seconds, double ofChildren = 0, int pages = 0)
        => Write($"proc/{id}/stat", string.Create(CultureInfo.InvariantCulture, $"{id} (a (b) c) S {parent} 1 1 0 -1 4194304 1 2 3 4 {seconds * 80:0} {seconds * 20:0} {ofChildren * 60:0} {ofChildren * 40:0} 39 19 5 0 123456 900000 {pages} 18446744073709551615 0\n"));

    public void End(int id) => Directory.Delete(At($"proc/{id}"), recursive: true);

    public void Terminal(string name, DateTimeOffset used)
    {
        Write("dev/" + name, "");
        File.SetLastAccessTimeUtc(At("dev/" + name), used.UtcDateTime);
    }

    public void Supply(string name, string type, params (string File, string Text)[] more)
    {
        Write($"sys/class/power_supply/{name}/type", type + "\n");
        foreach (var (file, text) in more)
        {
            Write($"sys/class/power_supply/{name}/{file}", text + "\n");
        }
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
