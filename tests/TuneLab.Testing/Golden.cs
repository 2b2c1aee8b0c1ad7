namespace TuneLab.Testing;

/// <summary>
/// Compares what a person reads with a file of the repository. With TUNELAB_UPDATE_GOLDEN=1 the file is written instead, to be looked at in the diff.
/// </summary>
public static class Golden
{
    /// <summary>Fails where the text differs from the file.</summary>
    /// <param name="file">From the repository's root: <c>tests/TuneLab.Tests/Golden/x.txt</c>.</param>
    /// <param name="actual">The text; line ends do not matter.</param>
    public static void Matches(string file, string actual)
    {
        var path = RepositoryFile.At(file);
        actual = actual.ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable("TUNELAB_UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
            return;
        }

        Assert.True(File.Exists(path), $"{file} does not exist; TUNELAB_UPDATE_GOLDEN=1 dotnet test writes it.");
        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), actual);
    }
}
