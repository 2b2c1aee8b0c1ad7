using TuneLab.Hosting.Folds;
using TuneLab.Training;

namespace TuneLab.Hosting.Serving;

/// <summary>The folds that a host has read, the ones used last, with what its trainers made of them. Used by one thread.</summary>
internal sealed class FoldCache
{
    // what trainers derive from a fold is about as large as the fold; a tenth of the machine leaves room for the fits and for the other hosts
    private static readonly long MostBytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 20;

    private readonly List<(string Path, PreparedFold Fold, long Bytes)> _kept = [];

    /// <summary>The fold in a file.</summary>
    public PreparedFold Get(string path)
    {
        var at = _kept.FindIndex(f => f.Path == path);
        var entry = at >= 0 ? _kept[at] : Read(path);
        if (at >= 0)
        {
            _kept.RemoveAt(at);
        }

        _kept.Add(entry);
        return entry.Fold;
    }

    private (string Path, PreparedFold Fold, long Bytes) Read(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 16);
        while (_kept.Count > 0 && _kept.Sum(f => f.Bytes) + stream.Length > MostBytes)
        {
            _kept.RemoveAt(0);
        }

        return (path, FoldFormat.Read(stream), stream.Length);
    }
}
