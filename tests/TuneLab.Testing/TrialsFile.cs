namespace TuneLab.Testing;

/// <summary>trials.csv without the columns that say how long something took and whether it was computed.</summary>
public static class TrialsFile
{
    private static readonly string[] Passing = ["cached", "started_s", "finished_s", "fit_s", "reason"];

    /// <summary>Its lines without those columns, the header first.</summary>
    public static string[] Lasting(string path)
    {
        var lines = File.ReadAllLines(path);
        var headers = lines[0].Split(',');
        Assert.All(Passing, p => Assert.Contains(p, headers));
        int[] kept = [.. Enumerable.Range(0, headers.Length).Where(i => !Passing.Contains(headers[i]))];
        return [.. lines.Select(line => string.Join(',', kept.Select(i => line.Split(',')[i])))];
    }
}
