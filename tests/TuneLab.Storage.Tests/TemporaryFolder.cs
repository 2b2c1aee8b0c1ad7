namespace TuneLab.Storage.Tests;

/// <summary>An empty folder that is removed with what is in it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tunelab-store-");

    /// <summary>The folder's path.</summary>
    public string Folder => _folder.FullName;

    /// <summary>The path of something in it.</summary>
    public string this[string name] => Path.Combine(Folder, name);

    public void Dispose() => _folder.Delete(recursive: true);
}
