using System.IO.Compression;

namespace TuneLab.MLNet.Tests;

public class MLNetZipTests
{
    [Theory]
    [InlineData(true, "TrainingInfo/Version.txt", "Model.key")]
    [InlineData(true, "TrainingInfo\\Version.txt")]
    [InlineData(false, "model.json", "model.bin")]
    [InlineData(false)]
    public void IsModel_ByEntries(bool expected, params string[] entries)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Array.ForEach(entries, e => zip.CreateEntry(e));
        }

        Assert.Equal(expected, MLNetZip.IsModel(stream.ToArray()));
    }

    [Fact]
    public void IsModel_NoZip_IsFalse() => Assert.False(MLNetZip.IsModel([1, 2, 3]));
}
