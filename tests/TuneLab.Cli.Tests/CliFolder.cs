using System.Text;

namespace TuneLab.Cli.Tests;

/// <summary>A folder of its own to work in, with a store of its own; gone afterwards.</summary>
public sealed class CliFolder : IDisposable
{
    /// <summary>The folder, absolute.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("tunelab-cli-").FullName;

    /// <summary>The store that TUNELAB_STORE names.</summary>
    public string Store => At("store/tunelab.db");

    /// <summary>The outside world of a call; a test may replace parts.</summary>
    public CliEnvironment Environment => new()
    {
        WorkingDirectory = Folder,
        Variable = name => name == "TUNELAB_STORE" ? Store : null,
        Time = TimeProvider.System,
        UserData = At("user"),
    };

    /// <summary>A path in the folder.</summary>
    public string At(string relative) => Path.Combine([Folder, .. relative.Split('/')]);

    /// <summary>Writes a file; lines end with a line feed.</summary>
    public string Write(string name, string text)
    {
        var path = At(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text.ReplaceLineEndings("\n"), new UTF8Encoding(false));
        return path;
    }

    /// <summary>Runs one command line in this process.</summary>
    public CliResult Run(params string[] args) => Run(Environment, args);

    /// <summary>Runs one command line in this process.</summary>
    public static CliResult Run(CliEnvironment environment, params string[] args)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        using var error = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        var code = CliApp.Run(args, output, error, environment);
        return new CliResult(code, output.ToString(), error.ToString());
    }

    /// <summary>A text without what changes from call to call: this folder's name.</summary>
    public string Neutral(string text) => text.Replace(Folder, "FOLDER", StringComparison.Ordinal);

    /// <summary>Every file below the folder, relative, sorted; the store and its log left out.</summary>
    public IReadOnlyList<string> Files() =>
        [.. Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Folder, f).Replace('\\', '/')).Where(f => !f.StartsWith("store/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
