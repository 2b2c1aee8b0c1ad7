using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using TuneLab.Errors;
using TuneLab.Experiments.Files;
using TuneLab.Experiments.Files.Shapes;
using TuneLab.Scheduling.Settings.Sections;

namespace TuneLab.Scheduling.Settings;

/// <summary>Reads the worker's file the way experiment files are read: YAML or JSON, all faults at once with their lines. Its schema is made from the same keys.</summary>
public static class WorkerSettingsReader
{
    private const long LargestFile = 1 << 20;

    private static readonly FileKind Kind = new("a", "worker file", "'windows:' and 'when:'", "Without a worker file every setting has its default; configs/worker/worker.yaml has them all.");
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file; relative to the current folder.</param>
    /// <param name="time">The machine's time zone, and the day from which windows are looked at.</param>
    /// <exception cref="InputException">There is no such file, it can't be read, it is not YAML, or it has faults: then all of them.</exception>
    public static WorkerSettings ReadFile(string path, TimeProvider time)
    {
        try
        {
            var file = new FileInfo(path);
            if (file.Directory is { Exists: false } folder)
            {
                throw new UnreachableException($"There is no worker file '{path}': its folder {folder.FullName} is not there.", "Without one every setting has its default; configs/worker/worker.yaml is one to begin with.");
            }

            if (!file.Exists)
            {
                throw new InputException(Directory.Exists(path) ? $"'{path}' is a folder, not a worker file." : $"There is no worker file '{path}'.", "Without one every setting has its default; configs/worker/worker.yaml is one to begin with.");
            }

            if (file.Length > LargestFile)
            {
                throw new InputException($"'{path}' has {file.Length / 1024.0 / 1024:0.#} MB, which is no worker file: those have a few kB.");
            }

            return Read(File.ReadAllText(path), path, time);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UnreachableException($"'{path}' can't be read: {error.Message}", "Check its permissions.", error);
        }
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">YAML or JSON.</param>
    /// <param name="path">The file that it comes from: its folder is what paths are relative to.</param>
    /// <param name="time">As in <see cref="ReadFile"/>.</param>
    /// <exception cref="InputException">As in <see cref="ReadFile"/>.</exception>
    public static WorkerSettings Read(string text, string path, TimeProvider time)
    {
        var full = Path.GetFullPath(path);
        var name = Path.GetFileName(full);
        var faults = new FaultList(name);
        var root = YamlText.ReadFile(text, name, Kind);
        var read = new WorkerSection(time).TryRead(root, new ReadContext(faults, Path.GetDirectoryName(full) ?? full, Path.GetFileNameWithoutExtension(name)), out var settings);
        faults.ThrowIfAny();
        return read ? settings! with { File = full } : throw new InputException($"{name} can't be read.");
    }

    /// <summary>The JSON Schema of the file (draft 7), indented, with a line feed at its end: the content of <c>configs/worker/worker.schema.json</c>.</summary>
    public static string Schema()
    {
        var schema = new JsonObject
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["title"] = "TuneLab worker",
            ["description"] = "When background work may run, how much of the machine it takes, and who is told.",
        };
        foreach (var (name, part) in new WorkerSection(TimeProvider.System).Schema())
        {
            schema[name] = part?.DeepClone();
        }

        return schema.ToJsonString(Options) + "\n";
    }
}
