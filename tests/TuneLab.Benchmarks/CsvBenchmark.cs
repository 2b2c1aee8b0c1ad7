using System.Diagnostics;
using System.Globalization;
using System.Text;
using TuneLab.Data;
using TuneLab.Randomness;

namespace TuneLab.Benchmarks;

/// <summary>Reads a made table of 1,000,000 rows and 20 columns (12 numbers, 4 whole numbers, 2 categories, a boolean, a date) and prints rows per second and memory.</summary>
public static class CsvBenchmark
{
    private const int Columns = 20;

    /// <summary>Runs it.</summary>
    /// <param name="args">The number of rows; 1,000,000 when left out.</param>
    /// <param name="output">Where the figures go.</param>
    public static void Run(string[] args, TextWriter output)
    {
        var rows = args.Length > 0 ? int.Parse(args[0], NumberStyles.AllowThousands, CultureInfo.InvariantCulture) : 1_000_000;
        var folder = Directory.CreateTempSubdirectory("tunelab-csv");
        try
        {
            var path = Path.Combine(folder.FullName, "table.csv");
            Make(path, rows);
            var before = PeakMebibytes();
            var started = TimeProvider.System.GetTimestamp();
            var allocatedBefore = GC.GetTotalAllocatedBytes(precise: true);
            var data = CsvDatasetReader.Read(path);
            var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
            var allocated = (GC.GetTotalAllocatedBytes(precise: true) - allocatedBefore) / 1048576.0;
            started = TimeProvider.System.GetTimestamp();
            var table = TaskTableBuilder.Build(data, new DataRoles { Label = "flag" });
            var build = TimeProvider.System.GetElapsedTime(started).TotalSeconds;

            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{data.RowCount:N0} rows x {data.Columns.Count} columns, {new FileInfo(path).Length / 1048576.0:N0} MiB, {Environment.ProcessorCount} cores"));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"read: {seconds:N2} s, {data.RowCount / seconds:N0} rows/s; {allocated:N0} MiB allocated; peak of the process {PeakMebibytes():N0} MiB ({before:N0} MiB before)"));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"roles and fingerprint: {build:N2} s ({table.Fingerprint[..8]})"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Make(string path, int rows)
    {
        var random = new Seed(1).Child("csv").Random();
        using var writer = new StreamWriter(path, append: false, new UTF8Encoding(false), 1 << 20);
        writer.Write(string.Join(',', Enumerable.Range(0, Columns - 4).Select(i => $"x{i}")) + ",city,plan,flag,day\n");
        for (var row = 0; row < rows; row++)
        {
            for (var i = 0; i < Columns - 8; i++)
            {
                writer.Write(random.NextNormal().ToString("G7", CultureInfo.InvariantCulture));
                writer.Write(',');
            }

            for (var i = 0; i < 4; i++)
            {
                writer.Write(random.NextInt(10_000));
                writer.Write(',');
            }

            var day = new DateTime(2015, 1, 1).AddDays(random.NextInt(3650));
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"city {random.NextInt(300)},{(char)('A' + random.NextInt(8))},{(random.NextInt(2) == 0 ? "no" : "yes")},{day:yyyy-MM-dd}\n"));
        }
    }

    // The system's own count: what the garbage collector has not given back is in it.
    private static double PeakMebibytes()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / 1048576.0;
    }
}
