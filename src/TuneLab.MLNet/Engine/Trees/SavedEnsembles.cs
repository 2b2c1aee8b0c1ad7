using System.IO.Compression;
using System.Text;

namespace TuneLab.MLNet.Engine.Trees;

/// <summary>
/// Reads the trees out of a model that ML.NET has saved: what its classes show of a tree does not say where missing values go. The format is that of ML.NET 5.0: in each
/// part's stream a header of 256 bytes, with the place of the body at 16 and a signature of eight letters at 64 (a zero for a space); the body of an ensemble is the size of a float, then the number of trees, then the trees.
/// </summary>
internal static class SavedEnsembles
{
    private const int HeaderBytes = 256;
    private const int BodyAt = 16;
    private const int SignatureAt = 64;
    private static readonly string[] Signatures = ["LGBBINCL", "LGBSIREG", "FTREE BC", "FTREE RE", "FTREE TW"];

    /// <summary>The ensembles of a model: one, or one for each class.</summary>
    /// <param name="zip">The model as ML.NET saved it.</param>
    /// <exception cref="InvalidDataException">There are none.</exception>
    public static IReadOnlyList<SavedTree[]> Read(byte[] zip)
    {
        using var archive = new ZipArchive(new MemoryStream(zip), ZipArchiveMode.Read);
        var ensembles = new List<SavedTree[]>();
        foreach (var entry in archive.Entries.OrderBy(e => e.FullName, StringComparer.Ordinal))
        {
            using var stream = new MemoryStream();
            using var from = entry.Open();
            from.CopyTo(stream);
            var bytes = stream.ToArray();
            if (bytes.Length > HeaderBytes && Signatures.Contains(Encoding.ASCII.GetString(bytes, SignatureAt, 8).Replace('\0', ' ')))
            {
                using var reader = new BinaryReader(stream);
                stream.Position = BitConverter.ToInt64(bytes, BodyAt) + sizeof(int);
                ensembles.Add(SavedTree.ReadAll(reader));
            }
        }

        return ensembles.Count > 0 ? ensembles : throw new InvalidDataException("There are no trees in this model of ML.NET's.");
    }
}
