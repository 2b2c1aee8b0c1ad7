using TuneLab.Errors;
using TuneLab.Experiments.Files.Sections;
using TuneLab.Experiments.Files.Shapes;

namespace TuneLab.Experiments.Files;

/// <summary>
/// Reads the experiment file: YAML or JSON. Keys, types and ranges are described once, in <c>Sections/</c>, from which <see cref="PlanSchema"/> makes the
/// schema for editors and <see cref="PlanJson"/> the canonical text.
/// </summary>
public static class PlanReader
{
    private const long LargestFile = 4 << 20;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file; relative to the current folder.</param>
    /// <param name="overrides">Options like <c>budget.trials</c> = <c>20</c>, put over the file in this order.</param>
    /// <exception cref="InputException">There is no such file, it can't be read, it is not YAML, or it has faults: then all of them.</exception>
    public static ExperimentPlan ReadFile(string path, IReadOnlyList<KeyValuePair<string, string>>? overrides = null)
    {
        var full = Path.GetFullPath(path);
        if (Directory.Exists(full))
        {
            throw new InputException($"'{path}' is a folder, not an experiment file.", "Name a .yaml file in it.");
        }

        try
        {
            var file = new FileInfo(full);
            if (!file.Exists)
            {
                throw new InputException($"There is no experiment file '{path}'.", Neighbours(full));
            }

            if (file.Length > LargestFile)
            {
                throw new InputException($"'{path}' has {file.Length / 1024.0 / 1024:0.#} MB, which is no experiment file: those have a few kB.", "A table goes into the file's data.file; `tunelab init DATA --label L` writes an experiment for it.");
            }

            return Read(File.ReadAllText(full), full, overrides);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"'{path}' can't be read: {error.Message}", "Check its permissions.", error);
        }
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">YAML or JSON.</param>
    /// <param name="path">The file that it comes from or will go to: names the experiment, and its folder is what paths are relative to.</param>
    /// <param name="overrides">Options, put over the text in this order.</param>
    /// <exception cref="InputException">As in <see cref="ReadFile"/>.</exception>
    public static ExperimentPlan Read(string text, string path, IReadOnlyList<KeyValuePair<string, string>>? overrides = null)
    {
        var full = Path.GetFullPath(path);
        var file = Path.GetFileName(full);
        var root = YamlText.ReadFile(text, file);
        foreach (var (key, value) in overrides ?? [])
        {
            PlanOverrides.Apply(root, key, value);
        }

        var faults = new FaultList(file);
        var read = new ExperimentSection().TryRead(root, new ReadContext(faults, Path.GetDirectoryName(full) ?? full, Path.GetFileNameWithoutExtension(file)), out var plan);
        faults.ThrowIfAny();
        return read ? plan! with { File = full } : throw new InputException($"{file} can't be read.");
    }

    private static string Neighbours(string full)
    {
        var folder = Path.GetDirectoryName(full) ?? full;
        if (!Directory.Exists(folder))
        {
            return $"There is no folder '{folder}' either.";
        }

        var names = Directory.EnumerateFiles(folder).Select(f => Path.GetFileName(f)).Where(f => Path.GetExtension(f) is ".yaml" or ".yml" or ".json").Order(StringComparer.Ordinal).ToList();
        return names.Count == 0 ? "`tunelab init DATA --label L` writes one." : Nearest.Hint(Path.GetFileName(full), names, "files there");
    }
}
