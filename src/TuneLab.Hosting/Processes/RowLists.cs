using System.Runtime.InteropServices;
using TuneLab.Hosting.Protocol;

namespace TuneLab.Hosting.Processes;

/// <summary>The lists of rows that one run's host knows: each goes over once and is named by its number afterwards.</summary>
internal sealed class RowLists
{
    private readonly Dictionary<int[], int> _numbers = new(ReferenceEqualityComparer.Instance);
    private readonly Host _host;

    /// <param name="host">The host of the run.</param>
    /// <param name="train">The fold's training rows, which came with the fold.</param>
    public RowLists(Host host, int[] train)
    {
        _host = host;
        _numbers.Add(train, 0);
    }

    /// <summary>The number of a list; a list that the host does not know is sent.</summary>
    public int NumberOf(int[] rows)
    {
        if (!_numbers.TryGetValue(rows, out var number))
        {
            number = _numbers.Count;
            _numbers.Add(rows, number);
            var bytes = MemoryMarshal.AsBytes(rows.AsSpan()).ToArray();
            _host.Tell(new RowsNote(number) { Bytes = bytes.Length }, bytes);
        }

        return number;
    }
}
