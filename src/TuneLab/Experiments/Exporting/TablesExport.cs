using System.Text;
using TuneLab.Experiments.Output;
using TuneLab.Storage;

namespace TuneLab.Experiments.Exporting;

/// <summary>Writes an experiment as tables: <c>trials.csv</c>, <c>evaluations.csv</c> and, where it has an answer, <c>result.json</c>.</summary>
public static class TablesExport
{
    /// <summary>Writes them.</summary>
    /// <param name="store">The store.</param>
    /// <param name="record">The experiment.</param>
    /// <param name="folder">Made when it is not there.</param>
    /// <returns>The files.</returns>
    public static IReadOnlyList<string> Write(ITrialStore store, ExperimentRecord record, string folder)
    {
        Directory.CreateDirectory(folder);
        var trials = store.Trials(record.Id);
        List<string> files = [Write(folder, "trials.csv", writer => TrialsCsvWriter.Write(trials, writer)), Write(folder, "evaluations.csv", writer => EvaluationsCsv.Write(store, trials, writer))];
        if (FinishedRun.Of(record) is { Result: var result })
        {
            files.Add(Write(folder, "result.json", writer => writer.WriteLine(ResultJson.Write(result))));
        }

        return files;
    }

    private static string Write(string folder, string name, Action<TextWriter> write)
    {
        var path = Path.Combine(folder, name);
        AtomicFile.Write(path, stream =>
        {
            using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
            write(writer);
        });
        return path;
    }
}
