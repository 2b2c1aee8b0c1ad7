namespace TuneLab.Experiments.Files;

/// <summary>A kind of file that <see cref="YamlText"/> reads, in the words of its faults.</summary>
/// <param name="Article"><c>a</c> or <c>an</c>.</param>
/// <param name="Name"><c>experiment file</c>.</param>
/// <param name="Keys">Two of its keys: <c>'data:' and 'metric:'</c>.</param>
/// <param name="WhenEmpty">What to do where nothing stands in the file.</param>
public sealed record FileKind(string Article, string Name, string Keys, string WhenEmpty)
{
    /// <summary>The experiment file.</summary>
    public static FileKind Experiment { get; } = new("an", "experiment file", "'data:' and 'metric:'", "An experiment needs at least data.file and data.label; `tunelab init DATA --label L` writes one.");
}
