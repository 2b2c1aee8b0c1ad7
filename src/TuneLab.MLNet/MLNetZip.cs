using System.IO.Compression;

namespace TuneLab.MLNet;

/// <summary>Tells what a model zip holds, by its entries: it needs none of ML.NET's packages.</summary>
public static class MLNetZip
{
    // what mlContext.Model.Save writes beside the transformers
    private const string Mark = "TrainingInfo/Version.txt";

    /// <summary>Whether <c>mlContext.Model.Load</c> can read it.</summary>
    /// <param name="zip">The bytes of a file; anything.</param>
    public static bool IsModel(byte[] zip)
    {
        try
        {
            using var archive = new ZipArchive(new MemoryStream(zip), ZipArchiveMode.Read);
            return archive.Entries.Any(e => e.FullName.Replace('\\', '/') == Mark);
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }
}
