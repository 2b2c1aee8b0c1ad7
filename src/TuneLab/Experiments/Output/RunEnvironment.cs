using System.Reflection;
using System.Runtime.InteropServices;

namespace TuneLab.Experiments.Output;

/// <summary>What a result was made with: versions, machine, git commit of the experiment's folder.</summary>
public static class RunEnvironment
{
    /// <summary>TuneLab's version.</summary>
    public static string Version { get; } = typeof(RunEnvironment).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>Name and value, in the order to show.</summary>
    /// <param name="folder">The experiment file's folder: its git commit is read from the repository's files, without running git.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> Read(string? folder) =>
    [
        new("tunelab", Version),
        new("runtime", RuntimeInformation.FrameworkDescription),
        new("os", RuntimeInformation.OSDescription),
        new("architecture", RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()),
        new("cores", Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture)),
        new("git_commit", GitCommit(folder) ?? "none"),
    ];

    private static string? GitCommit(string? folder)
    {
        try
        {
            for (var at = folder is null ? null : new DirectoryInfo(folder); at is not null; at = at.Parent)
            {
                var git = Path.Combine(at.FullName, ".git");
                if (!Directory.Exists(git))
                {
                    continue;
                }

                var head = File.ReadAllText(Path.Combine(git, "HEAD")).Trim();
                if (!head.StartsWith("ref: ", StringComparison.Ordinal))
                {
                    return head;
                }

                var reference = Path.Combine(git, head[5..]);
                return File.Exists(reference) ? File.ReadAllText(reference).Trim()
                    : File.ReadLines(Path.Combine(git, "packed-refs")).FirstOrDefault(l => l.EndsWith(" " + head[5..], StringComparison.Ordinal))?.Split(' ')[0];
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // a repository that can't be read says nothing; the result stands without it
        }

        return null;
    }
}
