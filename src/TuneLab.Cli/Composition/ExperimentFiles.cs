using System.Text;
using TuneLab.Cli.Commands;
using TuneLab.Cli.Output;
using TuneLab.Cli.Parsing;
using TuneLab.Data;
using TuneLab.Errors;

namespace TuneLab.Cli.Composition;

/// <summary>Experiment files that are written for a table.</summary>
internal static class ExperimentFiles
{
    private const int MostNames = 100;

    /// <summary>Whether a word names an experiment file by its extension.</summary>
    public static bool IsExperimentFile(string source) => Path.GetExtension(source).ToLowerInvariant() is ".yaml" or ".yml" or ".json";

    /// <summary>The file that <c>run</c> works on: the source itself, or for a table one in the current folder that asks the same.</summary>
    /// <returns>Absolute.</returns>
    /// <exception cref="InputException">The options don't fit the source, or the table is wrong.</exception>
    public static string ForRun(Invocation call, TableOptions options, string source)
    {
        if (IsExperimentFile(source))
        {
            return options.Given(call) is not { Count: > 0 } given ? call.Environment.Resolve(source)
                : throw new InputException($"{string.Join(" and ", given)} can't be given with an experiment file: '{source}' says that itself.", "Change the file, or use --set, for example --set metric=logloss.");
        }

        if (!File.Exists(call.Environment.Resolve(source)))
        {
            throw Directory.Exists(call.Environment.Resolve(source))
                ? new InputException($"'{source}' is a folder.", "Name an experiment file (.yaml) or a table in it.")
                : new InputException($"There is no file '{source}'.", "Name an experiment file (.yaml), or a table (CSV) together with --label.");
        }

        var request = options.Request(call, source);
        var data = CsvDatasetReader.Read(request.DataFile);
        var name = Path.GetFileNameWithoutExtension(request.DataFile);
        for (var number = 1; number <= MostNames; number++)
        {
            // a file that asks something else is somebody's work: the next name is taken
            var numbered = number == 1 ? name : name + "-" + number.ToString(CultureInfo.InvariantCulture);
            var path = call.Environment.Resolve(numbered + ".yaml");
            var text = ExperimentFileWriter.Write(data, request with { Name = numbered });
            if (!File.Exists(path))
            {
                Write(path, text);
                call.Note($"Wrote {numbered}.yaml; change it and run it again with: tunelab run {numbered}.yaml");
                call.Note("");
                return path;
            }

            if (File.ReadAllText(path) == text)
            {
                call.Note($"Found {numbered}.yaml, which asks the same.");
                call.Note("");
                return path;
            }
        }

        throw new InputException($"{name}.yaml and {MostNames - 1} more names are taken by other experiments.", "Write the file with 'tunelab init -o FILE' under a name of your own.");
    }

    /// <summary>Writes the text of an experiment file.</summary>
    public static void Write(string path, string text) => TargetFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
}
