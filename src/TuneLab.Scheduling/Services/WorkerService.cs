using TuneLab.Errors;
using TuneLab.Experiments;

namespace TuneLab.Scheduling.Services;

/// <summary>A worker that the system starts by itself.</summary>
public sealed record WorkerService
{
    /// <summary>The program and its arguments, each a word that has to reach it as it is; paths absolute.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>Where it runs, absolute.</summary>
    public required string Folder { get; init; }

    /// <summary>How far it gives way to other programs, 0 (not at all) to 19: what it starts can't give way less. <value>19</value></summary>
    public int Nice { get; init; } = 19;

    /// <summary>The class of its disk access. <value>Only when nobody else reads or writes.</value></summary>
    public IoClass Io { get; init; }

    /// <summary>Variables that it needs. <value>None.</value></summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Every text in it, for checks.</summary>
    public IEnumerable<string> Texts => [.. Command, Folder, .. Environment.Keys, .. Environment.Values];

    /// <summary>Says that a text can't be written into a service's file.</summary>
    /// <exception cref="InputException">One has a line break or another control character.</exception>
    public void Check()
    {
        if (Texts.FirstOrDefault(t => t.Any(char.IsControl)) is { } text)
        {
            throw new InputException($"'{text}' has a line break or another control character, which no service's file can hold.", "Move the file, or give it another name.");
        }
    }
}

/// <summary>Where a person's files are.</summary>
/// <param name="Home">The home folder.</param>
/// <param name="Config">The folder of settings: <c>XDG_CONFIG_HOME</c> or <c>~/.config</c>.</param>
/// <param name="Data">The folder of data.</param>
/// <param name="User">The person's name for the system; on Windows with the domain.</param>
public sealed record PersonalFolders(string Home, string Config, string Data, string User);
