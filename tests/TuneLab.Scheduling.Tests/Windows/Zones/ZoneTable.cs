using TuneLab.Testing;

namespace TuneLab.Scheduling.Tests.Windows.Zones;

/// <summary>windows.csv, which make_table.py made with Python's zoneinfo: when windows are open, minute by minute.</summary>
internal static class ZoneTable
{
    private const string Folder = "tests/TuneLab.Scheduling.Tests/Windows/Zones/";

    /// <summary>The first minute.</summary>
    public static readonly DateTimeOffset Start = new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>After the last minute.</summary>
    public static readonly DateTimeOffset End = new(2029, 1, 3, 0, 0, 0, TimeSpan.Zero);

    /// <summary>By zone and window: whether each minute from <see cref="Start"/> on is open.</summary>
    public static IReadOnlyDictionary<(string Zone, string Window), bool[]> All { get; } = Read();

    private static Dictionary<(string Zone, string Window), bool[]> Read()
    {
        var all = new Dictionary<(string Zone, string Window), bool[]>();
        foreach (var line in File.ReadLines(RepositoryFile.At(Folder + "windows.csv")).Skip(1))
        {
            var cells = line.Split(',');
            var open = new bool[(int)(End - Start).TotalMinutes];
            var (at, state) = (0, false);
            foreach (var part in cells[2].Split(';'))
            {
                var times = part.Split('*');
                for (var i = times.Length > 1 ? int.Parse(times[1], CultureInfo.InvariantCulture) : 1; i > 0; i--)
                {
                    foreach (var length in times[0].Split(' ').Select(l => int.Parse(l, CultureInfo.InvariantCulture)))
                    {
                        open.AsSpan(at, length).Fill(state);
                        (at, state) = (at + length, !state);
                    }
                }
            }

            Assert.Equal(open.Length, at);
            all.Add((cells[0], cells[1]), open);
        }

        return all;
    }
}
