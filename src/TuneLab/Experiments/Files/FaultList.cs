using TuneLab.Errors;

namespace TuneLab.Experiments.Files;

/// <summary>Gathers every fault of a file, so that a person mends them in one go.</summary>
/// <param name="file">The file's name without its folder.</param>
public sealed class FaultList(string file)
{
    private readonly List<(int Line, string Text)> _faults = [];

    public string File { get; } = file;

    /// <summary>A fault at a node; the message begins with its place.</summary>
    public void Add(FileNode node, string text) => _faults.Add((node.Place.Line, node.Place.Text + ": " + text));

    /// <summary>A fault whose text says the place itself.</summary>
    public void AddPlaced(FileNode node, string text) => _faults.Add((node.Place.Line, text));

    /// <summary>The value is not what the key takes.</summary>
    public void AddWrong(FileNode node, string allowed) => Add(node, $"'{node.Path}' is {node.Kind}; allowed is {allowed}{(allowed.EndsWith('?') ? "" : ".")}");

    /// <exception cref="InputException">There are faults; they stand in the order of the file.</exception>
    public void ThrowIfAny()
    {
        if (_faults.Count > 0)
        {
            // a node that two checks look at can earn the same words twice
            var texts = _faults.OrderBy(f => f.Line).Select(f => f.Text).Distinct().ToList();
            throw new InputException($"{File} has {texts.Count} faults:", texts);
        }
    }
}
